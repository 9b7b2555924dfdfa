// Two comforts, neither of them needed: the preview follows what is typed, and leaving asks first.
"use strict";

for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

for (const form of document.querySelectorAll("form[data-preview]")) {
  const target = document.getElementById("preview");
  let waiting = 0;
  let asked = 0;
  const refresh = async () => {
    const turn = ++asked;
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.ok && turn === asked) target.innerHTML = await answer.text();
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(() => refresh().catch(() => {}), 600); };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  soon();
}
