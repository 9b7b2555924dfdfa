"""The same answers as by a letter's link, from the deadline's own page."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.web.conftest import Office, send, text_of
from tracker.records.contracts import Access
from tracker.records.deadlines import Deadline
from tracker.records.letters import Answer, Answering


@pytest.fixture
def duty(office: Office, lease: int) -> int:
    """An open duty of Ana's; Ben stands in for her."""
    number = office.deadline(lease, "insurance")
    with office.tracker.transaction() as session:
        session.get_one(Deadline, number).contract.backup_id = office.people["Ben"]
    return number


def page(office: Office, who: str, duty: int) -> str:
    return text_of(office.sit(who).get(f"/obligations/{duty}"))


def answers(office: Office) -> list[tuple[int, Answering, date | None]]:
    with office.tracker.reading() as session:
        return [(one.person_id, one.answer, one.until) for one in session.scalars(select(Answer))]


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("Ana", {"in-hand", "later", "not-mine"}),
        ("Ben", {"in-hand", "later", "not-mine"}),
        ("Cleo", {"in-hand"}),  # who is not told of it
        ("Vera", set()),
    ],
)
def test_only_what_would_make_a_difference_is_offered(office: Office, duty: int, who: str, offered: set[str]) -> None:
    shown = page(office, who, duty)
    assert {way for way in ("in-hand", "later", "not-mine") if f'value="{way}"' in shown} == offered


def test_that_it_is_in_hand_is_shown_to_everybody(office: Office, duty: int) -> None:
    assert send(office.sit("Ben"), f"/obligations/{duty}/answer", answer="in-hand").status_code == 303
    for who in ("Ana", "Ben", "Vera"):
        shown = page(office, who, duty)
        assert "Ben has it in hand." in shown
        assert 'value="in-hand"' not in shown


def test_an_answer_is_ones_own(office: Office, duty: int) -> None:
    assert send(office.sit("Ana"), f"/obligations/{duty}/answer", answer="later", until="2026-12-01").status_code == 303
    assert answers(office) == [(office.people["Ana"], Answering.SNOOZED, date(2026, 12, 1))]
    assert "You will be reminded again on 1 Dec 2026." in page(office, "Ana", duty)
    assert "You will be reminded again" not in page(office, "Ben", duty)
    assert send(office.sit("Ana"), f"/obligations/{duty}/answer", answer="not-mine").status_code == 303
    assert answers(office) == [(office.people["Ana"], Answering.NOT_MINE, None)]
    assert "You said that it is not yours" in page(office, "Ana", duty)


@pytest.mark.parametrize(
    "fields", [{"answer": "later", "until": "2026-12-16"}, {"answer": "later"}, {"answer": "done"}, {"answer": "x"}, {}]
)
def test_what_cannot_be_said_is_told(office: Office, duty: int, fields: dict[str, str]) -> None:
    sent = send(office.sit("Ana"), f"/obligations/{duty}/answer", **fields)
    assert sent.status_code == 422
    assert fields.get("until", "") in text_of(sent)
    assert answers(office) == []


def test_the_last_who_hears_of_a_notice_is_told_why_not(office: Office, lease: int) -> None:
    notice = office.deadline(lease, "renewal-intention")
    sent = send(office.sit("Ana"), f"/obligations/{notice}/answer", answer="not-mine")
    assert sent.status_code == 422
    assert "Nobody else would hear of this notice" in text_of(sent)


def test_an_outsider_answers_nothing(office: Office, duty: int) -> None:
    with office.tracker.transaction() as session:
        session.get_one(Deadline, duty).contract.access = Access.NAMED
    assert send(office.sit("Cleo"), f"/obligations/{duty}/answer", answer="in-hand").status_code == 404
    with office.tracker.reading() as session:
        assert session.get_one(Deadline, duty).acknowledged_at is None
