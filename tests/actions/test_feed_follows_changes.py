"""E1 and E3 through the product's own actions: events keep their identity, and every visible change is marked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.feeds import NOW, Shown, World, shown
from tracker.actions.actor import OPERATOR
from tracker.actions.complete import Done, complete, undo, waive
from tracker.actions.contracts import import_document
from tracker.actions.facts import Happened, record_fact
from tracker.actions.feed_filter import FeedFilter
from tracker.actions.feeds import NewFeed
from tracker.ports.files import Files
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.rules.facts import Ending, FactKind

DOCUMENT: dict[str, Any] = {
    "format": "contract/1",
    "number": "C-9",
    "title": "Customer care",
    "kind": "customer-maintenance",
    "language": "en",
    "owner": "ana@acme.example",
    "parties": [{"role": "A", "name": "Acme", "us": True}, {"role": "B", "name": "Hualong"}],
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "term": {"start": "2026-01-01", "length": "2 years"},
    "renewal": {"mode": "agreement", "notice": [{"side": "both", "at_least": "60 days"}]},
    "obligations": [{"code": "return-or-destroy", "side": "us", "due": "10 working days after ended"}],
    "facts": [{"kind": "signed", "day": "2025-12-20"}],
}


@dataclass
class Diary:
    """Ana's feed of one contract, and a clock that goes on at every change."""

    world: World
    files: Files
    token: str = ""
    now: datetime = NOW

    def keep(self, **changes: Any) -> None:
        self.later()
        with self.world.database.transaction() as session:
            import_document(session, OPERATOR, {**DOCUMENT, **changes}, now=self.now, confirmed=True)

    def later(self) -> None:
        self.now += timedelta(minutes=1)

    def read(self) -> dict[str, Shown]:
        return {found.uid: found for found in shown(self.world.read(self.token, self.now).body)}

    def number_of(self, code: str) -> int:
        with self.world.database.reading() as session:
            return (
                session.query(Deadline)
                .join(Deadline.contract)
                .filter(Deadline.code == code, Contract.number == "C-9")
                .one()
                .id
            )


@pytest.fixture
def diary(feed_world: World, tmp_path: Path) -> Diary:
    diary = Diary(feed_world, Files(tmp_path))
    diary.keep()
    with feed_world.database.reading() as session:
        uid = session.query(Contract).filter_by(number="C-9").one().uid
    wanted = NewFeed(label="C-9", filters=FeedFilter(contracts=(uid,)))
    diary.token = feed_world.subscribe("Ana", wanted).token
    return diary


def test_e1_importing_the_same_file_again_changes_no_byte(diary: Diary) -> None:
    before = diary.world.read(diary.token, diary.now).body
    diary.keep()
    assert diary.world.read(diary.token, diary.now).body == before


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Customer care, north"},
        {"parties": [DOCUMENT["parties"][0], {"role": "B", "name": "Hualong Group"}]},
        {"owner": "ben@acme.example"},
    ],
)
def test_e3_renaming_the_contract_a_party_or_the_owner_marks_every_event(diary: Diary, changes: dict[str, Any]) -> None:
    before = diary.read()
    diary.keep(**changes)
    after = diary.read()
    assert after.keys() == before.keys()
    assert len(after) >= 2
    for uid, found in after.items():
        assert found.sequence == before[uid].sequence + 1
        assert found.modified > before[uid].modified


def test_e3_what_no_calendar_shows_marks_nothing(diary: Diary) -> None:
    before = diary.world.read(diary.token, diary.now).body
    diary.keep(tags=["north"], fields={"shelf": "12"})
    assert diary.world.read(diary.token, diary.now).body == before


def test_e3_a_longer_term_moves_its_events_under_their_names(diary: Diary) -> None:
    before = diary.read()
    diary.keep(term={"start": "2026-01-01", "length": "3 years"})
    after = diary.read()
    assert after.keys() == before.keys()
    moved = {uid for uid in after if after[uid].day != before[uid].day}
    assert moved
    assert all(after[uid].sequence > before[uid].sequence for uid in moved)


def test_e5_done_undone_and_waived_are_each_seen_as_such(diary: Diary) -> None:
    number = diary.number_of("renewal-intention")
    steps: list[tuple[Callable[..., object], dict[str, Any], str]] = [
        (complete, {"done": Done(done_on=date(2026, 6, 1)), "files": diary.files}, "✓CONFIRMED"),
        (undo, {"reason": "wrong one"}, "CONFIRMED"),
        (waive, {"reason": "agreed by mail"}, "CANCELLED"),
    ]
    sequence = -1
    for act, values, seen in steps:
        diary.later()
        with diary.world.database.transaction() as session:
            act(session, OPERATOR, number, now=diary.now, **values)
        (found,) = [found for found in diary.read().values() if found.url.endswith(f"/{number}")]
        assert ("✓" if found.title.startswith("✓ ") else "") + found.status == seen
        assert found.sequence > sequence
        sequence = found.sequence


def test_e1_the_end_of_a_contract_adds_what_follows_and_keeps_the_rest(diary: Diary) -> None:
    before = diary.read()
    diary.later()
    with diary.world.database.transaction() as session:
        contract = session.query(Contract).filter_by(number="C-9").one()
        ended = Happened(kind=FactKind.ENDED, day=date(2026, 5, 29), how=Ending.AGREEMENT)
        record_fact(session, OPERATOR, contract.id, ended, now=diary.now, confirmed=True)
    after = diary.read()
    assert before.keys() <= after.keys()
    (returned,) = [found for found in after.values() if "Return or destroy" in found.title]
    assert returned.day == date(2026, 6, 12)
    assert "How the date was worked out:" in returned.description
