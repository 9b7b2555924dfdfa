"""Several people deciding about one deadline at the same moment: one decision holds, and the others are told so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from tests.actions.test_shown_and_reviewed import REPORT, SCAN, agreed
from tests.support.office import Office
from tracker.actions.actor import Actor
from tracker.actions.adjust import Wish, adjust
from tracker.actions.complete import Done, Shown, add_evidence, complete, undo
from tracker.actions.errors import Refused
from tracker.actions.review import approve, reject
from tracker.records.contracts import Contract
from tracker.records.deadlines import Review, State
from tracker.rules.adjustments import Adjusting

Deed = Callable[[Session, Actor, int], object]
ROUNDS = 5


def at_once(office: Office, *deeds: tuple[str, Deed]) -> list[str]:
    """Let each of these people do that at the same moment; whose deed held."""
    found, gate = office.deadline("R-1", REPORT).id, Barrier(len(deeds))
    actors = {who: office.actor(who) for who, _deed in deeds}

    def do(who: str, deed: Deed) -> str:
        gate.wait()
        try:
            with office.tracker.transaction() as session:
                deed(session, actors[who], found)
        except Refused:
            return ""
        return who

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [who for who in pool.map(lambda one: do(*one), deeds) if who]


def to_review(office: Office) -> None:
    office.register(agreed(reviewer="ben@acme.example"))


@pytest.fixture
def deeds(office: Office) -> dict[str, Deed]:
    now, files = office.now, office.tracker.files
    done = Done(done_on=date(2026, 3, 1))
    return {
        "approve": lambda session, actor, found: approve(session, actor, found, now=now),
        "reject": lambda session, actor, found: reject(session, actor, found, reason="no date", now=now),
        "undo": lambda session, actor, found: undo(session, actor, found, reason="a slip", now=now),
        "complete": lambda session, actor, found: complete(session, actor, found, done, files=files, now=now),
        "evidence": lambda session, actor, found: add_evidence(
            session, actor, found, Shown(uploads=[SCAN]), files=files, now=now
        ),
    }


def test_of_two_reviewers_one_decides(office: Office, deeds: dict[str, Deed]) -> None:
    to_review(office)
    for _ in range(ROUNDS):
        office.complete("R-1", REPORT, "2026-03-01")
        held = at_once(office, ("Ben", deeds["approve"]), ("Ada", deeds["reject"]))
        row = office.deadline("R-1", REPORT)
        assert len(held) == 1
        assert (row.state, row.completions[-1].review) == {
            "Ben": (State.DONE, Review.APPROVED),
            "Ada": (State.OPEN, Review.REJECTED),
        }[held[0]]
        if row.state is State.DONE:
            at_once(office, ("Ana", deeds["undo"]))


def test_what_is_taken_back_while_it_is_accepted_is_open_or_was_accepted_before(
    office: Office, deeds: dict[str, Deed]
) -> None:
    """Never done without a completion that holds, and never open with one."""
    to_review(office)
    for _ in range(ROUNDS):
        office.complete("R-1", REPORT, "2026-03-01")
        at_once(office, ("Ben", deeds["approve"]), ("Ana", deeds["undo"]))
        row = office.deadline("R-1", REPORT)
        assert row.state is State.OPEN, "taken back before or after it was accepted"
        assert all(item.undone_at for item in row.completions)


def test_of_two_who_log_it_one_does(office: Office, deeds: dict[str, Deed]) -> None:
    to_review(office)
    for _ in range(ROUNDS):
        assert len(at_once(office, ("Ana", deeds["complete"]), ("Ben", deeds["complete"]))) == 1
        row = office.deadline("R-1", REPORT)
        assert [item.undone_at for item in row.completions].count(None) == 1
        at_once(office, ("Ana", deeds["undo"]))


def test_evidence_of_two_people_is_all_kept(office: Office, deeds: dict[str, Deed]) -> None:
    office.register(agreed(proof="required"))
    office.complete("R-1", REPORT, "2026-03-01")
    assert len(at_once(office, ("Ana", deeds["evidence"]), ("Ben", deeds["evidence"]))) == 2
    row = office.deadline("R-1", REPORT)
    assert (row.state, len(row.completions[0].evidence)) == (State.DONE, 2)


def test_two_pauses_at_once_are_both_kept_under_names_of_their_own(office: Office) -> None:
    to_review(office)
    number, now = office.contract("R-1").id, office.now

    def pause(session: Session, actor: Actor, _found: int) -> None:
        wish = Wish(action=Adjusting.PAUSE, of="report", day=date(2026, 3, 1), reason="by mail")
        adjust(session, actor, number, wish, now=now, confirmed=True)

    assert len(at_once(office, ("Ana", pause), ("Ben", pause))) == 2
    with office.tracker.reading() as session:
        kept = {row.key for row in session.get_one(Contract, number).adjustments}
    assert kept == {"pause-1", "pause-2"}
