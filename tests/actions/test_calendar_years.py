"""Working days that become known: entered years, own days, a newer package, and what they move."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.actions.test_amendments import written
from tests.support.asked import asked_of
from tests.support.cast import contract
from tests.support.office import Office
from tracker.actions.calendars import check_year, drop_own_day, enter_year, own_days, set_own_day
from tracker.actions.coverage import Coverage, coverage, mark_what_became_known, running_out, tell_once
from tracker.actions.errors import Forbidden, Refused
from tracker.actions.on_calendar import resting_on
from tracker.actions.recount import due_marked, recount_each
from tracker.actions.working_days import if_entered, moved_by
from tracker.chores import Chores
from tracker.records.contracts import Contract
from tracker.records.history import Pulse
from tracker.rules.places import working_calendar

ARRANGEMENT_2027 = """一、元旦：1月1日（周五）放假。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月5日（周一）放假。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。"""
"""An arrangement made up for tests: the real one is not announced yet."""

REPORT = {"code": "report", "side": "us", "due": "on 2027-02-10"}
"""A Wednesday in the made-up Spring Festival of 2027."""
SUPPLY: dict[str, Any] = contract(
    number="S-1", title="Supply", effect={"when": "2026-01-01"}, term=None, renewal=None, obligations=[REPORT]
)


def enter(office: Office, by: str = "Ada", text: str = ARRANGEMENT_2027, place: str = "CN", year: int = 2027) -> int:
    """Enter a year and recount what rests on it; the event under which history keeps it."""
    with office.tracker.transaction() as session:
        event = enter_year(session, office.actor(by), place, year, text, now=office.now).event_id
        marked = due_marked(session)
    recount_each(office.tracker.transaction, marked, now=office.now, actor=office.actor(by))
    return event


def covered(office: Office, by: str = "Ada") -> Mapping[str, Coverage]:
    with office.tracker.reading() as session:
        return {one.place: one for one in coverage(session, office.actor(by))}


def test_a_deadline_beyond_the_announced_years_is_provisional_and_settles_when_the_year_is_entered(
    office: Office,
) -> None:
    office.register(SUPPLY)
    before = office.deadline("S-1", "report/1")
    assert (before.act_by, before.provisional, before.revision) == (date(2027, 2, 10), [2027], 1)
    event = enter(office)
    after = office.deadline("S-1", "report/1")
    assert (after.act_by, after.provisional) == (date(2027, 2, 4), [])
    assert after.revision == 2, "a moved deadline is announced again"
    assert after.remind_on is not None
    with office.tracker.reading() as session:
        (moved,) = moved_by(session, office.actor(), event)
        assert (moved.contract.number, moved.deadline.key) == ("S-1", "report/1")
        assert (moved.old, moved.new) == (date(2027, 2, 10), date(2027, 2, 4))


def test_a_time_of_grace_is_counted_anew_when_its_year_is_entered(office: Office) -> None:
    """Found by hand: only a due day beyond the known years had a contract recounted, so grace ended too soon."""
    office.register({**SUPPLY, "obligations": [{**REPORT, "due": "on 2026-12-31", "grace": "40 days"}]})
    before = office.deadline("S-1", "report/1")
    assert (before.legal, before.grace_until) == (date(2026, 12, 31), date(2027, 2, 9))
    enter(office)
    after = office.deadline("S-1", "report/1")
    assert (after.grace_until, after.provisional) == (date(2027, 2, 12), [])


def test_the_dry_run_tells_what_entering_does_and_stores_nothing(office: Office) -> None:
    office.register(SUPPLY)
    with office.tracker.reading() as session:
        found, problems = check_year(session, "CN", 2027, ARRANGEMENT_2027)
        assert problems == []
        (one,) = if_entered(session, office.actor(), "CN", found, now=office.now)
    (move,) = one.changes.move
    assert (one.contract.number, move.key, move.old, move.new) == (
        "S-1",
        "report/1",
        date(2027, 2, 10),
        date(2027, 2, 4),
    )
    assert covered(office)["CN"].last == 2026
    assert office.deadline("S-1", "report/1").act_by == date(2027, 2, 10)


def test_a_contract_that_may_not_be_seen_is_recounted_but_not_shown(office: Office) -> None:
    office.register({**SUPPLY, "access": {"only": ["ben@acme.example"]}})
    with office.tracker.reading() as session:
        found, _problems = check_year(session, "CN", 2027, ARRANGEMENT_2027)
        assert if_entered(session, office.actor("Ada"), "CN", found, now=office.now) == []
    event = enter(office, "Ada")
    assert office.deadline("S-1", "report/1").act_by == date(2027, 2, 4)
    with office.tracker.reading() as session:
        assert moved_by(session, office.actor("Ada"), event) == []
        assert len(moved_by(session, office.actor("Ben"), event)) == 1


def test_what_was_marked_is_recounted_by_the_chore_where_the_request_died(office: Office) -> None:
    office.register(SUPPLY)
    with office.tracker.transaction() as session:
        enter_year(session, office.actor("Ada"), "CN", 2027, ARRANGEMENT_2027, now=office.now)
    with office.tracker.reading() as session:
        assert due_marked(session) == [office.contract("S-1").id]


def test_only_contracts_that_wait_for_the_year_are_recounted(office: Office) -> None:
    office.register(SUPPLY)
    office.register({**SUPPLY, "number": "S-2", "obligations": [{**REPORT, "due": "on 2026-06-01"}]})
    office.register({**SUPPLY, "number": "S-3", "law": {"counting": "plain", "calendar": "NONE"}})
    with office.tracker.reading() as session:
        assert resting_on(session, "CN", 2027) == [office.contract("S-1").id]
        assert len(resting_on(session, "CN")) == 2


def test_a_year_entered_wrongly_is_entered_again(office: Office) -> None:
    office.register(SUPPLY)
    enter(office)
    enter(office, text="一、元旦：1月1日（周五）放假。\n二、春节：2月6日（周六）至8日（周一）放假。")
    assert office.deadline("S-1", "report/1").act_by == date(2027, 2, 10)


@pytest.mark.parametrize(
    ("place", "year", "text", "said"),
    [
        ("CN", 2026, ARRANGEMENT_2027, "known already"),
        ("CN", 2028, "2028-01-01,off,New Year", "the year before it first"),
        ("CN", 2027, "nothing here", "No days off were found"),
        ("CN", 2027, "一、元旦：1月1日（周六）放假。", "another year's announcement"),
    ],
)
def test_a_year_that_cannot_be_right_is_refused(office: Office, place: str, year: int, text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        enter(office, place=place, year=year, text=text)
    assert covered(office)["CN"].last == 2026


def test_only_administrators_change_calendars(office: Office) -> None:
    for who in ("Ana", "Vic"):
        with pytest.raises(Forbidden):
            enter(office, who)
        with pytest.raises(Forbidden), office.tracker.transaction() as session:
            set_own_day(session, office.actor(who), date(2026, 3, 5), is_open=False, now=office.now)
        with pytest.raises(Forbidden), office.tracker.transaction() as session:
            drop_own_day(session, office.actor(who), date(2026, 3, 5), now=office.now)


def test_own_days_move_the_contracts_counted_on_them_and_no_others(office: Office) -> None:
    due = [{**REPORT, "due": "on 2026-03-27"}]
    own = {"counting": "prc-civil-code", "calendar": "CN+OWN"}
    office.register({**SUPPLY, "number": "S-1", "obligations": due})
    office.register({**SUPPLY, "number": "S-2", "obligations": due, "law": own})
    ada = office.actor("Ada")
    with office.tracker.transaction() as session:
        set_own_day(session, ada, date(2026, 3, 27), is_open=False, name="Founders' day", now=office.now)
        marked = due_marked(session)
    recount_each(office.tracker.transaction, marked, now=office.now, actor=ada)
    assert [office.deadline(number, "report/1").act_by for number in ("S-1", "S-2")] == [
        date(2026, 3, 27),
        date(2026, 3, 26),
    ]
    with office.tracker.transaction() as session:
        assert [(row.day, row.name) for row in own_days(session)] == [(date(2026, 3, 27), "Founders' day")]
        drop_own_day(session, ada, date(2026, 3, 27), now=office.now)
        marked = due_marked(session)
    recount_each(office.tracker.transaction, marked, now=office.now, actor=ada)
    assert office.deadline("S-2", "report/1").act_by == date(2026, 3, 27)


def test_days_off_where_a_notice_arrives_are_told_and_counted_anew(office: Office) -> None:
    """Here every day counts; the other side's working days of 2027 are not known yet."""
    every_day = {"counting": "plain", "calendar": "NONE", "zone": "Asia/Shanghai"}
    report = [{**REPORT, "arrives": True}]
    courier = [{"method": "courier", "allowance": "2 days", "calendar": "CN"}]
    office.register({**SUPPLY, "number": "S-1", "law": every_day, "obligations": report, "delivery": courier})
    office.register({**SUPPLY, "number": "S-2", "law": every_day, "obligations": report})
    assert office.deadline("S-1", "report/1").send_by == date(2027, 2, 8)
    china = covered(office)["CN"]
    assert (china.contracts, china.provisional, china.nearest) == (1, 1, date(2027, 2, 8))
    enter(office)
    assert office.deadline("S-1", "report/1").send_by == date(2027, 2, 2), "from the 5th to the 11th nothing arrives"
    assert not office.deadline("S-1", "report/1").provisional


def test_days_off_where_notices_arrived_before_an_amendment_are_heeded(office: Office) -> None:
    law = {"counting": "plain", "calendar": "NONE", "zone": "Asia/Shanghai"}
    office.register({**SUPPLY, "number": "L-1", "law": law})
    before = [{"method": "courier", "allowance": "2 days", "calendar": "HK"}]
    document = {**written(office), "amendments": []}
    terms = {name: document[name] for name in ("effect", "obligations")} | {"delivery": before}
    amendment = {"title": "By e-mail", "signed": "2026-02-01", "effective": "2026-03-01", "before": terms}
    office.import_document({**document, "amendments": [amendment]})
    with office.tracker.reading() as session:
        assert resting_on(session, "HK") == [office.contract("L-1").id]
        assert resting_on(session, "SG") == []


def test_coverage_tells_what_is_known_and_what_rests_on_years_beyond(office: Office) -> None:
    office.register(SUPPLY)
    office.register({**SUPPLY, "number": "S-2", "law": {"counting": "prc-civil-code", "calendar": "CN+HK"}})
    found = covered(office)
    assert sorted(found) == ["CN", "HK"]
    china = found["CN"]
    assert (china.last, china.next_year, china.entered) == (2026, 2027, ())
    assert (china.contracts, china.provisional, china.nearest) == (2, 2, date(2027, 2, 10))
    assert (found["HK"].contracts, found["HK"].provisional) == (1, 0), "Hong Kong knows 2027: China is what is missing"
    enter(office)
    assert (covered(office)["CN"].last, covered(office)["CN"].entered) == (2027, (2027,))
    assert covered(office)["CN"].provisional == 0


def test_somebody_who_may_not_see_a_contract_does_not_see_it_counted(office: Office) -> None:
    office.register({**SUPPLY, "access": {"only": ["ben@acme.example"]}})
    assert covered(office, "Ben")["CN"].contracts == 1
    assert covered(office, "Cleo")["CN"].contracts == 0
    assert covered(office, "Ada")["CN"].contracts == 1


@pytest.mark.parametrize(
    ("today", "due", "warned"),
    [
        ("2026-03-02", None, False),
        ("2026-10-31", None, False),
        ("2026-11-01", None, True),
        ("2026-02-09", "2027-02-10", False),
        ("2026-02-10", "2027-02-10", True),
    ],
)
def test_it_is_said_sixty_days_ahead_or_when_a_deadline_within_the_year_waits(
    office: Office, today: str, due: str | None, warned: bool
) -> None:
    office.turn_to(today)
    office.register({**SUPPLY, "obligations": [{**REPORT, "due": f"on {due or '2026-02-02'}"}]})
    with office.tracker.reading() as session:
        assert bool(running_out(session, date.fromisoformat(today))) is warned


def test_it_is_told_once_for_every_last_year(office: Office) -> None:
    office.register(SUPPLY)
    told = []
    for _ in range(2):
        with office.tracker.transaction() as session:
            told.append([(one.place, one.last) for one in tell_once(session, date(2026, 11, 2), now=office.now)])
    assert told == [[("CN", 2026)], []]
    assert [event.event for event in office.events()].count("calendar-runs-out") == 1


def test_a_newer_package_recounts_the_calendars_it_knows_otherwise(office: Office) -> None:
    office.register(SUPPLY)
    office.register({**SUPPLY, "number": "S-2", "law": {"counting": "prc-civil-code", "calendar": "HK"}})
    with office.tracker.transaction() as session:
        mark_what_became_known(session, now=office.now)
    _clear_marks(office)
    with asked_of(office.tracker.database.engine) as asked, office.tracker.transaction() as session:
        assert mark_what_became_known(session, now=office.now) == 0
    assert not [question for question in asked if "FROM contract" in question.statement], "nothing was looked at"
    with office.tracker.transaction() as session:
        known = session.get_one(Pulse, "calendar days")
        known.details = {"package": "holidays 0.1", "days": {**known.details["days"], "CN": "what an older one knew"}}
    with office.tracker.transaction() as session:
        assert mark_what_became_known(session, now=office.now) == 1
        assert due_marked(session) == [office.contract("S-1").id]


def _clear_marks(office: Office) -> None:
    with office.tracker.transaction() as session:
        for row in session.query(Contract):
            row.scheduled_to = date(2026, 5, 1)


def test_the_package_does_not_know_the_year_of_these_tests_yet() -> None:
    """When this fails, China's year 2027 was announced: let these tests enter the year after it."""
    assert working_calendar("CN").coverage == (2001, 2026)


def test_the_chore_warns_once_and_has_recounted_what_changed(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.turn_to("2026-11-02")
    office.register(SUPPLY)
    chores = Chores(office.tracker, "")
    with caplog.at_level("INFO"):
        chores.coverage()
        chores.coverage()
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "calendar_runs_out place=CN last=2026 deadlines=1"
    ]
    chores.plan()
    with office.tracker.reading() as session:
        assert due_marked(session) == []


def test_what_runs_under_the_working_days_of_earlier_terms_is_recounted_too(office: Office) -> None:
    """Found by hand: once an amendment had put a contract on another calendar, a year entered for the earlier one left
    what had begun before it where it was."""
    before = {"law": SUPPLY["law"], "effect": SUPPLY["effect"], "obligations": [REPORT | {"due": "on 2027-02-10"}]}
    amendment = {"title": "Supplement", "signed": "2026-02-01", "effective": "2027-03-01", "before": before}
    office.register({**SUPPLY, "law": {"counting": "prc-civil-code", "calendar": "HK"}, "amendments": [amendment]})
    assert office.deadline("S-1", "report/1").provisional == [2027]
    enter(office)
    after = office.deadline("S-1", "report/1")
    assert (after.act_by, after.provisional) == (date(2027, 2, 4), [])
