// A comfort, not needed: the answer follows what is typed, and the address can be shared.
"use strict";

for (const form of document.querySelectorAll("form[data-live]")) {
  const target = document.getElementById(form.dataset.live);
  let waiting = 0;
  let asked = 0;
  const refresh = async () => {
    const turn = ++asked;
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    const answer = await fetch(address);
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    target.replaceChildren(...page.getElementById(target.id).childNodes);
    history.replaceState(null, "", address);
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(() => refresh().catch(() => {}), 400); };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}
