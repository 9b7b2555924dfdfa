"""Letters about work that waits for evidence or review, and about proof that was sent back."""

from collections import Counter
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.cast import LEASE
from tests.support.office import Office
from tracker.actions.answers import snooze
from tracker.actions.complete import Shown, add_evidence, undo
from tracker.actions.evidence import Upload
from tracker.actions.last_look import reason_to_suppress
from tracker.actions.letter_writing import envelope_of
from tracker.actions.letterhead import Letterhead
from tracker.actions.proof_letters import plan_proof_letters
from tracker.actions.proof_rounds import EVIDENCE_WANTED, REJECTED, REVIEW_WANTED
from tracker.actions.remind import plan_reminders
from tracker.actions.review import approve, reject
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person

HEAD = Letterhead("desk@acme.example", "https://tracker.example", "a secret")
DUTY = LEASE["obligations"][0]
FILE = [Upload("receipt.txt", b"paid")]


def furnish(office: Office, **duty: Any) -> str:
    """A lease with one payment duty that wants this; the key of the deadline logged in these tests."""
    office.register({**LEASE, "backup": "cleo@acme.example", "obligations": [{**DUTY, **duty}]})
    return next(key for key, row in office.deadlines("L-1").items() if row.code == "payment")


def told(office: Office) -> list[tuple[str, str, str]]:
    """Purpose, reader and state of every letter about proof, after planning."""
    with office.tracker.transaction() as session:
        plan_proof_letters(session, domain="acme.example", now=office.now)
    with office.tracker.reading() as session:
        query = select(Letter).where(Letter.due_revision == 0).order_by(Letter.id)
        return [(one.purpose, one.recipient.partition("@")[0], one.state.value) for one in session.scalars(query)]


def sent(office: Office) -> list[tuple[str, str]]:
    """As delivery would have it: those that still have something to say go, the others do not."""
    with office.tracker.transaction() as session:
        for letter in session.scalars(select(Letter).where(Letter.state == LetterState.QUEUED).order_by(Letter.id)):
            reason = reason_to_suppress(session, letter)
            letter.state, letter.reason = (LetterState.SUPPRESSED if reason else LetterState.SENT), reason
    with office.tracker.reading() as session:
        letters = session.scalars(select(Letter).where(Letter.due_revision == 0).order_by(Letter.id))
        return [(one.purpose, one.reason or one.state.value) for one in letters]


def written(office: Office, purpose: str) -> tuple[str, str, str]:
    """Subject, text and page of the last letter of a purpose."""
    with office.tracker.transaction() as session:
        query = select(Letter).where(Letter.purpose == purpose).order_by(Letter.id.desc())
        letter = session.scalars(query).first()
        assert letter is not None
        message = message_from_bytes(envelope_of(session, letter, HEAD, office.now).message, policy=default)
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    return str(message["Subject"]), text.get_content(), page.get_content()


def test_whoever_logged_it_hears_once_and_then_weekly_until_there_is_evidence(office: Office) -> None:
    key = furnish(office, proof="required")
    assert told(office) == []
    office.complete("L-1", key, "2026-03-01", by="Ben", note="By bank")
    first = (EVIDENCE_WANTED, "ben", "queued")
    assert told(office) == [first]
    assert told(office) == [first]
    sent(office)
    office.wait(days=6, hours=23)
    assert Counter(told(office)) == {(EVIDENCE_WANTED, "ben", "sent"): 1}
    office.wait(hours=1)
    assert told(office)[1:] == [first]
    sent(office)
    office.wait(days=40)  # a machine that slept says it once
    assert told(office)[2:] == [first]
    with office.tracker.transaction() as session:
        number = office.deadline("L-1", key).id
        add_evidence(
            session, office.actor("Ana"), number, Shown(uploads=FILE), files=office.tracker.files, now=office.now
        )
    assert sent(office)[2] == (EVIDENCE_WANTED, "settled meanwhile")
    office.wait(days=8)
    assert len(told(office)) == 3


def test_the_letter_says_what_is_wanted_and_leads_there(office: Office) -> None:
    key = furnish(office, proof="required")
    office.complete("L-1", key, "2026-03-01", by="Ben", note="By bank\nin two parts")
    told(office)
    subject, text, page = written(office, EVIDENCE_WANTED)
    assert subject == "Office lease: evidence is wanted of: Payment"
    number = office.deadline("L-1", key).id
    for part in ("Logged by: Ben", "Note: By bank in two parts", f"https://tracker.example/obligations/{number}"):
        assert part in text
    assert f'href="https://tracker.example/obligations/{number}"' in page
    with office.tracker.transaction() as session:
        person = session.scalars(select(Person).where(Person.name == "Ben")).one()
        person.language = "zh-Hans"
        letter = session.scalars(select(Letter).where(Letter.purpose == EVIDENCE_WANTED)).one()
        letter.message = None
    subject, text, page = written(office, EVIDENCE_WANTED)
    assert subject == "Office lease：待补凭证：付款"
    assert 'lang="zh-Hans"' in page


@pytest.mark.parametrize(
    ("who", "gone", "reader"),
    [
        ("Ben", "", "ben"),
        ("Ben", "Ben", "ana"),
        ("Rex", "", "ana"),  # cannot sign in, so cannot bring it
        ("Rex", "Ana", "cleo"),
        ("Vic", "", "ana"),
    ],
)
def test_evidence_is_asked_of_somebody_who_can_bring_it(office: Office, who: str, gone: str, reader: str) -> None:
    key = furnish(office, proof="required")
    office.amend(
        "L-1",
        {
            **LEASE,
            "backup": "cleo@acme.example",
            "obligations": [{**DUTY, "proof": "required"}],
            "told": ["rex@acme.example"],
        },
    )
    completion = office.complete("L-1", key, "2026-03-01")
    with office.tracker.transaction() as session:
        session.merge(completion).by_id = office.actor(who, "letter").person_id
    if gone:
        office.disable(gone)
    assert told(office) == [(EVIDENCE_WANTED, reader, "queued")]


def test_a_letter_that_reached_nobody_is_written_to_the_next_at_once(office: Office) -> None:
    key = furnish(office, proof="required")
    office.complete("L-1", key, "2026-03-01", by="Ben")
    told(office)
    office.disable("Ben")
    assert sent(office) == [(EVIDENCE_WANTED, "recipient disabled")]
    assert told(office)[1:] == [(EVIDENCE_WANTED, "ana", "queued")]


def test_what_came_by_a_file_is_not_asked_for_by_mail(office: Office) -> None:
    document = {**LEASE, "obligations": [{**DUTY, "proof": "required"}]}
    key = furnish(office, proof="required")
    office.import_document({**document, "completions": [{"deadline": key, "done_on": "2026-03-01"}]}, by="Ana")
    assert office.deadline("L-1", key).state == "evidence_pending"
    assert told(office) == []


def test_the_reviewer_hears_once_a_round_and_weekly_and_never_of_what_is_accepted(office: Office) -> None:
    key = furnish(office, reviewer="ben@acme.example", proof="required")
    office.complete("L-1", key, "2026-03-01")
    assert told(office) == [(EVIDENCE_WANTED, "ana", "queued")]
    sent(office)
    number = office.deadline("L-1", key).id
    with office.tracker.transaction() as session:
        add_evidence(session, office.actor(), number, Shown(uploads=FILE), files=office.tracker.files, now=office.now)
    assert told(office)[1:] == [(REVIEW_WANTED, "ben", "queued")]
    subject, text, _page = written(office, REVIEW_WANTED)
    assert subject == "Office lease: waits for your review: Payment"
    assert "Look at the proof" in text
    sent(office)
    office.wait(days=7)
    assert told(office)[2:] == [(REVIEW_WANTED, "ben", "queued")]
    with office.tracker.transaction() as session:
        approve(session, office.actor("Ben"), number, now=office.now)
    assert sent(office)[2] == (REVIEW_WANTED, "settled meanwhile")
    office.wait(days=7)
    assert len(told(office)) == 3


def test_where_the_reviewer_did_it_an_administrator_is_asked(office: Office) -> None:
    key = furnish(office, reviewer="ben@acme.example")
    office.complete("L-1", key, "2026-03-01", by="Ben")
    assert told(office) == [(REVIEW_WANTED, "ada", "queued")]


def test_where_nobody_can_be_asked_that_is_a_letter_which_failed(office: Office) -> None:
    key = furnish(office, reviewer="ben@acme.example")
    office.complete("L-1", key, "2026-03-01")
    for name in ("Ana", "Ben", "Ada"):
        office.disable(name)
    assert told(office) == [(REVIEW_WANTED, "", "failed")]
    assert len(told(office)) == 1


def test_whoever_did_it_hears_that_it_was_not_accepted_beside_the_reminders_and_once(office: Office) -> None:
    key = furnish(office, reviewer="ben@acme.example")
    office.complete("L-1", key, "2026-03-01")
    told(office)
    number = office.deadline("L-1", key).id
    with office.tracker.transaction() as session:
        reject(session, office.actor("Ben"), number, reason="The amount is wrong.", now=office.now)
    assert told(office)[1:] == [(REJECTED, "ana", "queued")]
    with office.tracker.transaction() as session:
        plan_reminders(session, domain="acme.example", now=office.now)
    subject, text, _page = written(office, REJECTED)
    assert subject == "Office lease: not accepted: Payment"
    for part in ("Not accepted by: Ben", "What is missing: The amount is wrong.", "because you logged it"):
        assert part in text
    assert sent(office) == [(REVIEW_WANTED, "settled meanwhile"), (REJECTED, "sent")]
    office.wait(days=8)
    assert len(told(office)) == 2
    office.complete("L-1", key, "2026-03-02")
    assert told(office)[2:] == [(REVIEW_WANTED, "ben", "queued")]
    with office.tracker.transaction() as session:
        undo(session, office.actor(), number, reason="Wrong one", now=office.now)
    assert sent(office)[2] == (REVIEW_WANTED, "settled meanwhile")


def test_putting_the_reminders_off_keeps_no_letter_about_proof_back(office: Office) -> None:
    furnish(office, reviewer="ben@acme.example")
    coming = [row for row in office.deadlines("L-1").values() if row.action_day and row.action_day > office.now.date()]
    row = next(row for row in coming if row.code == "payment")
    office.complete("L-1", row.key, "2026-03-01")
    with office.tracker.transaction() as session:
        reject(session, office.actor("Ben"), row.id, reason="No.", now=office.now)
    told(office)
    with office.tracker.transaction() as session:
        assert row.action_day is not None
        snooze(session, office.actor(), row.id, row.action_day, now=office.now)
    assert told(office) == [(REJECTED, "ana", "queued")]


def test_a_letter_about_proof_counts_as_no_reminder(office: Office) -> None:
    """Reminders of the reopened day are all still to be said, also the one of today."""
    key = furnish(office, reviewer="ben@acme.example")
    office.complete("L-1", key, "2026-03-01")
    told(office)
    number = office.deadline("L-1", key).id
    with office.tracker.transaction() as session:
        reject(session, office.actor("Ben"), number, reason="No.", now=office.now)
    told(office)
    with office.tracker.transaction() as session:
        plan_reminders(session, domain="acme.example", now=office.now)
    with office.tracker.reading() as session:
        query = select(Letter.recipient).where(Letter.deadline_id == number, Letter.purpose == "reminder")
        assert sorted(session.scalars(query.where(Letter.state == LetterState.QUEUED))) == [
            "ana@acme.example",
            "cleo@acme.example",
        ]
