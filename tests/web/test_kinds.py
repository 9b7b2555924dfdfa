"""The page of kinds: what is known, what is wrong with a file, and a kind of the team's own from copy to contract."""

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import LEASE, Office, send, text_of
from tests.web.test_contract_form import submit
from tests.web.test_kind_form import FILLED, documented


def folder(office: Office) -> Path:
    made = office.tracker.settings.own_kinds
    made.mkdir(parents=True, exist_ok=True)
    return made


@pytest.fixture
def showroom(office: Office) -> Path:
    """The file of the documentation's kind, in the folder."""
    file = folder(office) / "showroom.toml"
    file.write_text(documented(), encoding="utf-8")
    return file


def typed(answer: TestResponse) -> dict[str, str]:
    """What stands in the form for a kind's text."""
    page = text_of(answer)
    (text,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    (seen,) = re.findall(r'name="seen" value="([^"]*)"', page)
    return {"text": html.unescape(text), "seen": seen}


def save(client: FlaskClient, path: str, text: str, **more: str) -> TestResponse:
    """Open the form at a path, put the text into it as browsers send it, and save."""
    fields = {**typed(client.get(path)), "text": text.replace("\n", "\r\n"), "do": "save", **more}
    return send(client, path.partition("?")[0], **fields)


# ------------------------------------------------------------------------ looking


def test_every_kind_is_listed_and_so_is_everything_wrong_with_a_file(office: Office, showroom: Path) -> None:
    (folder(office) / "bad.toml").write_text('format = "kind/1"\ncode = "bad"\nname = "Bad"\nlanguage = "fr"\n')
    page = html.unescape(text_of(office.sit("Vera").get("/kinds/")))
    own, product = page.split("Our own</h2>")[1].split("Those that came with it</h2>")
    assert "Showroom lease" in own
    assert "Showroom lease" not in product
    assert product.count("<li>") == 10
    assert "bad.toml" in page
    for told in ("language", "Write one of: en, zh-Hans, zh-Hant.", "parties", "A contract has at least two parties."):
        assert told in page


def test_the_pages_lead_to_one_another(office: Office, showroom: Path) -> None:
    ana = office.sit("Ana")
    assert 'href="/kinds/"' in text_of(ana.get("/"))
    assert 'href="/kinds/"' in text_of(ana.get("/contracts/new"))
    assert 'href="/kinds/showroom-lease"' in text_of(ana.get("/kinds/"))
    page = text_of(ana.get("/kinds/showroom-lease"))
    for link in (
        "/contracts/new/showroom-lease",
        "/kind-files/own/showroom.toml",
        "/kind-files/new?from=showroom-lease",
        "/kinds/showroom-lease/file",
    ):
        assert f'href="{link}"' in page, link


def test_a_kind_is_shown_with_its_terms_its_obligations_and_its_blanks(office: Office, showroom: Path) -> None:
    page = " ".join(html.unescape(text_of(office.sit("Vera").get("/kinds/showroom-lease"))).split())
    for told in (
        "<dt>Length</dt><dd>[Length of the lease]</dd>",
        "<dt>Length</dt><dd>1 year</dd>",
        "<dt>Only if</dt><dd>[When the lease runs out]: it is renewed if both agree, it goes on unless",
        "<h3>Payment</h3>",
        "<dt>Owed by</dt><dd>Tenant (B)</dd>",
        "<dt>Due</dt><dd>[It is paid by]</dd>",
        "<dt>Due</dt><dd>[The deposit is returned after the end within] after: end of the contract</dd>",
        "<dt>Due</dt><dd>[Days for a repair after it was asked for] working days after: service requested</dd>",
        "<dt>Due</dt><dd>10 days before: end of the contract</dd>",
        "<dt>Due</dt><dd>no day: a standing duty</dd>",
        "Rent is paid quarterly in advance",
        "Usually: 3 years. From 1 month to 20 years.",
        "it ends · it is renewed if both agree",
    ):
        assert told.casefold() in page.casefold(), told
    assert "{" not in page, "no blank shows its inner name"


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_kind_of_the_product_can_be_read_in_every_language(office: Office, language: str) -> None:
    vera = office.sit("Vera")
    send(vera, "/preferences", language=language)
    codes = re.findall(r'href="/kinds/([a-z-]+)"', text_of(vera.get("/kinds/")))
    assert len(codes) == 10
    for code in codes:
        answer = vera.get(f"/kinds/{code}")
        assert (answer.status_code, "{" in text_of(answer)) == (200, False), code


def test_a_kind_is_downloaded_as_it_is(office: Office, showroom: Path) -> None:
    answer = office.sit("Vera").get("/kinds/showroom-lease/file")
    assert text_of(answer) == documented()
    assert answer.headers["Content-Disposition"] == "attachment; filename=showroom-lease.toml"
    assert 'code = "consulting"' in text_of(office.sit("Vera").get("/kinds/consulting/file"))


@pytest.mark.parametrize(
    "path", ["/kinds/nonesuch", "/kinds/nonesuch/file", "/kind-files/new?from=nonesuch", "/kind-files/own/x.toml"]
)
def test_what_is_not_known_is_not_here(office: Office, path: str) -> None:
    assert office.sit("Ana").get(path).status_code == 404


# ------------------------------------------------------------------------ changing


def test_a_kind_is_copied_changed_saved_and_used_without_touching_the_machine(office: Office) -> None:
    ben = office.sit("Ben")
    copied = typed(ben.get("/kind-files/new?from=customer-service"))["text"]
    mine = copied.replace("Customer service contract", "Key account service").replace(
        'code = "customer-service"', 'code = "key-accounts"'
    )
    saved = save(ben, "/kind-files/new?from=customer-service", mine)
    assert saved.location == "/kinds/key-accounts"
    assert (folder(office) / "key-accounts.toml").read_text(encoding="utf-8") == mine, "lines end as files have them"
    page = text_of(ben.get(saved.location))
    assert "Key account service" in page
    assert "Ben" in page
    assert "saved the kind" in page
    filled = {
        "number": "K-1",
        "title": "Key",
        "parties[0].name": "Hengtai",
        "parties[1].name": "Acme",
        "blanks.term_length": "1 year",
    }
    assert submit(ben, "/contracts/new/key-accounts", **filled).status_code == 303


def test_a_kind_written_from_the_documentation_is_pasted_and_used(office: Office) -> None:
    ana = office.sit("Ana")
    assert save(ana, "/kind-files/new", documented()).location == "/kinds/showroom-lease"
    assert submit(ana, "/contracts/new/showroom-lease", **FILLED).status_code == 303


BAD = documented().replace('type = "money"', 'type = "gold"').replace('side = "A"\ndue', 'side = "Q"\ndue')


def test_every_problem_is_told_with_its_line_and_nothing_typed_is_lost(office: Office) -> None:
    answer = save(office.sit("Ana"), "/kind-files/new", BAD)
    assert answer.status_code == 422
    page = html.unescape(text_of(answer))
    for line in ('type = "gold"', 'side = "Q"'):
        assert f"Line {BAD.splitlines().index(line) + 1}" in page
    assert "<code>blanks.rent.type</code>" in page
    assert "<code>obligations.deposit.side</code>" in page
    assert typed(answer)["text"].replace("\r\n", "\n") == BAD
    assert not office.tracker.settings.own_kinds.exists()


def test_a_check_saves_nothing_and_says_what_it_would_be(office: Office) -> None:
    ana = office.sit("Ana")
    page = text_of(send(ana, "/kind-files/new", text=documented(), do="check"))
    assert "no problem found" in page
    assert "Showroom lease" in page
    assert "Line" in text_of(send(ana, "/kind-files/new", text=BAD, do="check"))
    fragment = text_of(send(ana, "/kind-files/check", text=documented(), name=""))
    assert "no problem found" in fragment
    assert "<html" not in fragment
    assert not office.tracker.settings.own_kinds.exists()


def test_a_text_that_is_too_large_is_refused_and_kept_on_the_page(office: Office) -> None:
    large = documented() + "# long\n" * 80_000
    answer = save(office.sit("Ana"), "/kind-files/new", large)
    assert answer.status_code == 422
    assert "This file is larger than 512 kB." in text_of(answer)
    assert typed(answer)["text"].replace("\r\n", "\n") == large


def test_a_faulty_file_is_put_right_in_its_place(office: Office) -> None:
    (folder(office) / "our lease.toml").write_text(BAD, encoding="utf-8")
    ana, path = office.sit("Ana"), "/kind-files/own/our%20lease.toml"
    assert path in text_of(ana.get("/kinds/"))
    shown = ana.get(path)
    assert "obligations.deposit.side" in text_of(shown), "what is wrong is told as soon as it is opened"
    assert save(ana, path, documented()).location == "/kinds/showroom-lease"
    assert [file.name for file in folder(office).iterdir()] == ["our lease.toml"]


def test_two_people_at_once_do_not_overwrite_each_other(office: Office, showroom: Path) -> None:
    ana, ben, path = office.sit("Ana"), office.sit("Ben"), "/kind-files/own/showroom.toml"
    stale = typed(ben.get(path))
    hers, his = documented().replace("Showroom lease", "Hers"), documented().replace("Showroom lease", "His")
    assert save(ana, path, hers).status_code == 303
    answer = send(ben, path, do="save", seen=stale["seen"], text=his)
    assert answer.status_code == 409
    assert typed(answer)["text"] == his
    assert showroom.read_text(encoding="utf-8") == hers
    assert send(ben, path, do="save", **{**typed(answer), "anyway": "1"}).status_code == 303
    assert showroom.read_text(encoding="utf-8") == his


def test_a_kind_is_removed_after_a_question_unless_contracts_are_of_it(office: Office, showroom: Path) -> None:
    ana, path = office.sit("Ana"), "/kind-files/own/showroom.toml/remove"
    number = office.record({**LEASE, "kind": "showroom-lease"})
    assert "so it cannot be removed" in text_of(ana.get("/kinds/showroom-lease"))
    refused = send(ana, path)
    assert refused.status_code == 409
    assert "There are contracts of the kind “showroom-lease”, so it cannot be removed." in text_of(refused)
    assert submit(ana, f"/contracts/{number}/edit", kind="general").status_code == 303
    assert "Remove showroom.toml?" in text_of(ana.get(path))
    assert showroom.exists(), "a question removes nothing"
    assert send(ana, path).location == "/kinds/"
    assert not showroom.exists()


def test_a_file_that_cannot_be_read_can_only_be_removed(office: Office) -> None:
    (folder(office) / "odd.toml").write_bytes(b"\xff\xfe")
    ana = office.sit("Ana")
    page = text_of(ana.get("/kind-files/own/odd.toml"))
    assert "This file is not written in UTF-8." in page
    assert "<textarea" not in page
    assert send(ana, "/kind-files/own/odd.toml", do="save", text=documented(), seen="").status_code == 422
    assert (folder(office) / "odd.toml").read_bytes() == b"\xff\xfe"
    assert send(ana, "/kind-files/own/odd.toml/remove").status_code == 303


def test_somebody_who_only_reads_changes_no_kind(office: Office, showroom: Path) -> None:
    vera = office.sit("Vera")
    for path in ("/kind-files/new", "/kind-files/own/showroom.toml", "/kind-files/own/showroom.toml/remove"):
        assert vera.get(path).status_code == 403, path
        assert send(vera, path, text="x", do="save").status_code == 403, path
    assert send(vera, "/kind-files/check", text="x").status_code == 403
    page = text_of(vera.get("/kinds/showroom-lease")) + text_of(vera.get("/kinds/"))
    assert "/kind-files/" not in page
    assert showroom.exists()


def test_no_name_leads_out_of_the_folder(office: Office) -> None:
    folder(office)
    secret = office.tracker.settings.instance / "secret.toml"
    secret.write_text(documented(), encoding="utf-8")
    ana = office.sit("Ana")
    for name in ("..%2Fsecret.toml", "%2e%2e%2fsecret.toml", ".secret.toml", "secret.txt"):
        path = f"/kind-files/own/{name}"
        assert ana.get(path).status_code == 404, name
        assert send(ana, path, text="x", do="save", seen="").status_code == 404, name
        assert send(ana, f"{path}/remove").status_code == 404, name
    assert secret.read_text(encoding="utf-8") == documented()
