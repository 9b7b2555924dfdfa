"""Related contracts and third parties on a contract's page."""

from typing import Any

from tests.web.conftest import LEASE, SECRET, Office, send, text_of

THIRD = {
    "number": "T-1",
    "title": "Cleaning by Fuda",
    "kind": "third-party",
    "parties": [{"role": "A", "name": "Acme", "us": True}, {"role": "C", "name": "Fuda Cleaning"}],
    "obligations": [
        {"code": "third-party-notice", "side": "us", "due": "15 days before third_party_start"},
        {"code": "third-party-agreement", "side": "us", "due": "10 days after third_party_engaged"},
    ],
}


def third(office: Office, *facts: dict[str, Any], **more: Any) -> int:
    return office.record({**LEASE, **THIRD}, facts=[*LEASE["facts"], *facts], **more)


def told(kind: str, day: str) -> dict[str, Any]:
    return {"kind": kind, "day": day, "subject": "Fuda Cleaning"}


def test_parent_and_child_lead_to_each_other(office: Office, lease: int) -> None:
    child = third(office)
    ben = office.sit("Ben")
    assert "It belongs to no other, and none belongs to it." in text_of(ben.get(f"/contracts/{child}"))
    assert "L-7" in text_of(ben.get(f"/contracts/{child}/parent")), "contracts are offered by their numbers"
    assert send(ben, f"/contracts/{child}/parent", parent="L-7").status_code == 303
    assert f'href="/contracts/{lease}">' in text_of(ben.get(f"/contracts/{child}"))
    above = text_of(ben.get(f"/contracts/{lease}"))
    assert "Belonging to it" in above
    assert "Cleaning by Fuda" in above
    assert 'value="L-7"' in text_of(ben.get(f"/contracts/{child}/parent"))
    assert "put the contract under another, or under none" in text_of(ben.get(f"/contracts/{child}"))
    assert send(ben, f"/contracts/{child}/parent", parent="").status_code == 303
    assert "It belongs to no other" in text_of(ben.get(f"/contracts/{child}"))


def test_what_cannot_be_is_told_at_the_field_and_what_was_typed_stays(office: Office, lease: int) -> None:
    child = third(office, parent="L-7")
    ben = office.sit("Ben")
    circle = send(ben, f"/contracts/{lease}/parent", parent="T-1")
    assert circle.status_code == 422
    assert "This would make the contract belong to itself." in text_of(circle)
    unknown = send(ben, f"/contracts/{child}/parent", parent="X-9")
    assert unknown.status_code == 422
    assert "There is no contract with the number or id X-9, or none that may be seen here." in text_of(unknown)
    assert 'value="X-9"' in text_of(unknown)
    assert send(ben, f"/contracts/{child}/parent", parent="9" * 101).status_code == 422


def test_a_parent_that_is_closed_to_somebody_is_not_there_for_them(office: Office, secret: int) -> None:
    child = third(office, parent="Hush-1-of-2026")
    for who, there in (("Ben", True), ("Cleo", False), ("Vera", False)):
        browser = office.sit(who)
        assert ("Quiet takeover" in text_of(browser.get(f"/contracts/{child}"))) is there, who
    cleo = office.sit("Cleo")
    assert "Hush-1-of-2026" not in text_of(cleo.get(f"/contracts/{child}/parent"))
    assert "none that may be seen here" in text_of(send(cleo, f"/contracts/{child}/parent", parent="Hush-1-of-2026"))
    assert send(cleo, f"/contracts/{child}/parent", parent="").status_code == 303
    assert "Quiet takeover" in text_of(office.sit("Ben").get(f"/contracts/{child}"))


def test_a_child_that_is_closed_to_somebody_is_missing_from_its_parent(office: Office, lease: int) -> None:
    office.record(SECRET, access={"only": ["ben@acme.example"]}, parent="L-7")
    assert "Quiet takeover" in text_of(office.sit("Ben").get(f"/contracts/{lease}"))
    page = text_of(office.sit("Cleo").get(f"/contracts/{lease}"))
    assert "Quiet takeover" not in page
    assert "Belonging to it" not in page


def test_somebody_who_only_reads_is_offered_no_change(office: Office, lease: int) -> None:
    child = third(office, told("third_party_proposed", "2026-11-20"), parent="L-7")
    vera = office.sit("Vera")
    page = text_of(vera.get(f"/contracts/{child}"))
    assert "Office lease" in page
    assert "/parent" not in page
    assert "Consent to third party</a>" not in page
    assert vera.get(f"/contracts/{child}/parent").status_code == 403
    assert send(vera, f"/contracts/{child}/parent", parent="").status_code == 403


def test_a_new_agreement_is_begun_under_the_contract_it_belongs_to(office: Office, lease: int) -> None:
    ben = office.sit("Ben")
    link = "/contracts/new/third-party?parent=L-7"
    assert link in text_of(ben.get(f"/contracts/{lease}"))
    assert 'name="parent" type="text" value="L-7"' in text_of(ben.get(link))
    fields = {"id": "abc", "number": "T-7", "title": "Fuda", "parent": "L-7", "us": "0", "access": "organisation"}
    names = {f"parties[{n}].name": name for n, name in enumerate(("Acme", "Harbour Estates", "Fuda Cleaning"))}
    names |= {f"parties[{n}].role": role for n, role in enumerate("ABC")}
    law = {"law.counting": "plain", "law.calendar": "NONE", "law.zone": "Asia/Shanghai", "language": "en"}
    sent = send(ben, "/contracts/new/third-party", **fields, **names, **law, owner="ben@acme.example")
    assert sent.status_code == 303, text_of(sent)
    assert "Office lease" in text_of(ben.get(sent.location))


# -------------------------------------------------------------------- third parties


def test_a_third_party_shows_what_it_lacks_and_what_may_be_recorded_next(office: Office) -> None:
    proposed = {**told("third_party_proposed", "2026-11-20"), "until": "2026-12-20"}
    contract_id = third(office, proposed)
    ben = office.sit("Ben")
    page = text_of(ben.get(f"/contracts/{contract_id}"))
    assert "Fuda Cleaning" in page
    assert "to step in 20 Dec 2026" in page
    assert "Consent before it steps in" in page
    assert 'aria-label="missing"' in page
    link = f"/contracts/{contract_id}?kind=third_party_consented&amp;subject=Fuda+Cleaning"
    assert link in page
    form = text_of(ben.get(link.replace("&amp;", "&")))
    assert '<option value="third_party_consented" selected>' in form
    assert 'value="Fuda Cleaning"' in form


def test_whoever_stepped_in_without_consent_is_marked(office: Office) -> None:
    contract_id = third(office, told("third_party_engaged", "2026-11-20"))
    assert "stepped in without consent" in text_of(office.sit("Ben").get(f"/contracts/{contract_id}"))


def test_a_contract_that_asks_for_it_says_how_to_begin(office: Office, lease: int) -> None:
    ben = office.sit("Ben")
    assert "Record that a third party is proposed" in text_of(ben.get(f"/contracts/{third(office)}"))
    assert 'id="third-parties"' not in text_of(ben.get(f"/contracts/{lease}"))
