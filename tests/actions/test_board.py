"""Lists of deadlines and contracts: right, and as quick for many contracts as for few."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.support.asked import asked_of
from tests.support.cast import LEASE, contract
from tests.support.office import Office
from tracker.actions.actor import Actor
from tracker.actions.board import BANDS, Wanted, band_counts, contracts, counterparty, deadlines, stands
from tracker.records.deadlines import Deadline, State
from tracker.rules.facts import Side
from tracker.rules.standing import Standing

TODAY = date(2026, 3, 2)
EVERY_DAY = {"counting": "plain", "calendar": "NONE"}


def one_day(number: str, day: str, **more: Any) -> dict[str, Any]:
    """A contract with a single duty, on a day."""
    duty = {"code": "report", "side": "us", "due": f"on {day}", **more}
    return contract(number=number, effect=None, term=None, renewal=None, obligations=[duty], law=EVERY_DAY)


def found(office: Office, **wanted: Any) -> list[str]:
    with office.tracker.reading() as session:
        page = deadlines(session, office.actor(), Wanted(**wanted), TODAY)
        return [f"{row.contract.number} {row.key}" for row in page.rows]


def counts(office: Office) -> dict[str, int]:
    with office.tracker.reading() as session:
        return band_counts(session, office.actor(), TODAY)


def stand(office: Office, number: str, key: str = "report/1") -> Standing:
    return stands(office.deadline(number, key), TODAY)


# ------------------------------------------------------------------ standing


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2026-03-01", Standing.OVERDUE),
        ("2026-03-02", Standing.UPCOMING),
        ("2026-03-20", Standing.UPCOMING),
    ],
)
def test_a_deadline_is_overdue_only_after_its_legal_day(office: Office, day: str, standing: Standing) -> None:
    office.register(one_day("A", day))
    assert stand(office, "A") is standing


@pytest.mark.parametrize(("grace", "standing"), [("4 days", Standing.AT_RISK), ("3 days", Standing.OVERDUE)])
def test_in_its_time_of_grace_it_is_not_overdue_yet(office: Office, grace: str, standing: Standing) -> None:
    office.register(one_day("A", "2026-02-26", grace=grace))
    assert stand(office, "A") is standing
    overdue, soon = (1, 0) if standing is Standing.OVERDUE else (0, 1)
    assert (counts(office)["overdue"], counts(office)["30"]) == (overdue, soon)
    assert found(office, band="overdue") == ["A report/1"] * overdue


def test_between_the_safe_day_and_the_legal_day_it_is_at_risk(office: Office) -> None:
    """Sunday 1 March moves on to Monday by law; whoever waits for that takes the risk since Saturday 28 February, the
    last working day before it."""
    office.register(contract(obligations=[{"code": "report", "side": "us", "due": "on 2026-03-01"}]))
    row = office.deadline("L-1", "report/1")
    assert (str(row.act_by), str(row.legal)) == ("2026-02-28", "2026-03-02")
    assert stand(office, "L-1") is Standing.AT_RISK


def test_an_aim_of_our_own_is_missed_the_day_after_it(office: Office) -> None:
    aim = {"code": "service-response", "side": "us", "due": "promptly after service_requested", "target": "2 days"}
    office.register(
        contract(
            law=EVERY_DAY,
            obligations=[aim],
            facts=[
                {"kind": "service_requested", "day": "2026-02-27"},
                {"kind": "service_requested", "day": "2026-02-28"},
            ],
        )
    )
    assert stand(office, "L-1", "service-response/service_requested-1") is Standing.OVERDUE
    assert stand(office, "L-1", "service-response/service_requested-2") is Standing.UPCOMING


def test_what_the_other_side_may_leave_is_never_overdue(office: Office) -> None:
    windows = [{"side": "them", "at_least": "60 days"}]
    office.register(contract(effect={"when": "2024-04-01"}, renewal={"mode": "automatic", "notice": windows}))
    assert stand(office, "L-1", "renewal-intention.them/1") is Standing.PASSED


def test_a_term_that_is_over_has_passed(office: Office) -> None:
    office.register(contract(effect={"when": "2024-01-01"}))
    assert stand(office, "L-1", "term-end/1") is Standing.PASSED


def test_what_waits_for_an_event_has_no_standing_yet(office: Office) -> None:
    office.register(contract(term=None, renewal=None, obligations=[{"code": "report", "due": "5 days after ended"}]))
    assert stand(office, "L-1") is Standing.WAITING


# --------------------------------------------------------------------- lists


def test_the_nearest_comes_first_and_what_has_no_day_last(office: Office) -> None:
    office.register(one_day("B", "2026-05-01"))
    office.register(one_day("A", "2026-03-20"))
    office.register(
        contract(number="C", term=None, renewal=None, obligations=[{"code": "report", "due": "1 day after ended"}])
    )
    assert found(office, code="report") == ["A report/1", "B report/1", "C report/1"]


def test_every_open_deadline_of_the_next_ninety_days_is_counted_in_one_band(office: Office) -> None:
    days = {
        "O": "2026-03-01",
        "A": "2026-03-02",
        "B": "2026-04-01",
        "C": "2026-04-02",
        "D": "2026-05-01",
        "E": "2026-05-02",
        "F": "2026-05-31",
        "G": "2026-06-01",
    }
    for number, day in days.items():
        office.register(one_day(number, day))
    assert counts(office) == {"overdue": 1, "30": 2, "60": 2, "90": 2}
    for band, numbers in {"overdue": "O", "30": "AB", "60": "CD", "90": "EF"}.items():
        assert found(office, band=band) == [f"{number} report/1" for number in numbers]
    assert set(BANDS) == set(counts(office))


def test_what_is_done_is_not_counted_and_what_is_withdrawn_not_listed(office: Office) -> None:
    office.register(one_day("A", "2026-03-20"))
    office.register(one_day("B", "2026-03-21"))
    office.complete("A", "report/1", "2026-03-01")
    office.amend("B", contract(number="B", obligations=None, term=None, renewal=None))
    assert sum(counts(office).values()) == 0
    assert found(office) == ["A report/1"]
    assert found(office, state=State.DONE) == ["A report/1"]


def test_lists_are_narrowed_by_everything_people_ask_for(office: Office) -> None:
    office.register(contract(kind="consulting"))
    office.register(one_day("A", "2026-03-20", side="them", title="Tell the auditors"), by="Ben")
    assert found(office, side=Side.THEM) == ["A report/1"]
    assert found(office, text="auditors") == ["A report/1"]
    assert found(office, owner_id=office.actor("Ben").person_id) == ["A report/1"]
    assert found(office, kind="consulting", code="term-end") == ["L-1 term-end/1"]
    assert found(office, start=date(2026, 3, 20), end=date(2026, 3, 20)) == ["A report/1"]
    assert len(found(office, text="hualong")) == len(found(office)), "the other party's name"
    assert found(office, text="100%") == []
    assert found(office, text="_") == []


def test_lists_come_in_pages_that_say_how_many_there_are(office: Office) -> None:
    office.register(LEASE)
    with office.tracker.reading() as session:
        everything = deadlines(session, office.actor(), Wanted(), TODAY, limit=None)
        pages = [deadlines(session, office.actor(), Wanted(), TODAY, limit=4, offset=at) for at in (0, 4, 8)]
    assert [page.total for page in pages] == [everything.total] * 3
    assert [row.key for page in pages for row in page.rows] == [row.key for row in everything.rows]


def test_contracts_are_listed_by_what_is_next(office: Office) -> None:
    office.register(one_day("B", "2026-05-01"))
    office.register(one_day("A", "2026-03-20"))
    office.register(contract(number="C", term=None, renewal=None, obligations=None))
    with office.tracker.reading() as session:
        rows, total = contracts(session, office.actor())
        assert total == 3
        assert [(row.contract.number, row.next_day, row.open_deadlines) for row in rows] == [
            ("A", date(2026, 3, 20), 1),
            ("B", date(2026, 5, 1), 1),
            ("C", None, 0),
        ]
        assert counterparty(rows[0].contract) == "Hualong Trading"


# --------------------------------------------------------------------- speed


def whole_page(office: Office, ana: Actor) -> None:
    with office.tracker.reading() as session:
        for row in deadlines(session, ana, Wanted(), TODAY).rows:
            _ = (row.contract.title, row.contract.owner and row.contract.owner.name, counterparty(row.contract))
            stands(row, TODAY)


def whole_list(office: Office, ana: Actor) -> None:
    with office.tracker.reading() as session:
        for row in contracts(session, ana)[0]:
            _ = (row.contract.title, row.contract.owner and row.contract.owner.name, counterparty(row.contract))


def whole_tally(office: Office, ana: Actor) -> None:
    with office.tracker.reading() as session:
        band_counts(session, ana, TODAY)


@pytest.mark.parametrize("look", [whole_page, whole_list, whole_tally])
def test_the_number_of_statements_does_not_grow_with_the_number_of_contracts(
    office: Office, look: Callable[[Office, Actor], None]
) -> None:
    ana = office.actor()
    office.register(one_day("A-0", "2026-03-20"))

    def statements() -> int:
        with asked_of(office.tracker.database.engine) as asked:
            look(office, ana)
        return len([question for question in asked if question.statement.lstrip().upper().startswith("SELECT")])

    few = statements()
    for number in range(1, 30):
        office.register(one_day(f"A-{number}", "2026-03-21"), by="Ben" if number % 2 else "Ana")
    assert statements() == few
    assert few <= 5


def test_deadlines_are_values_once_read(office: Office) -> None:
    """What a door was handed can be shown after the database was left."""
    office.register(LEASE)
    with office.tracker.reading() as session:
        rows: list[Deadline] = list(deadlines(session, office.actor(), Wanted(), TODAY).rows)
    assert {row.contract.number for row in rows} == {"L-1"}
    assert all(counterparty(row.contract) for row in rows)
