"""Laws of counting that hold whatever the contract: what a lawyer would call obvious."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.strategies import calendars, conventions, days, directions, periods, presets
from tracker.rules.calendars import NONE, WorkingCalendar
from tracker.rules.conventions import Convention, Direction, MonthRule, Preset, Roll
from tracker.rules.counting import Counted, FirstDay, Nature, ReadingName, Step, StepKind, count, reckon
from tracker.rules.periods import Period, Unit

ONE = timedelta(days=1)
MOVES = {StepKind.MOVED_ON, StepKind.MOVED_BACK, StepKind.OPEN_DAY, StepKind.MAKE_UP_DAY}
CALENDAR_UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR)
first_days = st.none() | st.sampled_from(list(FirstDay))


def legal(counted: Counted) -> date:
    assert counted.legal is not None
    return counted.legal


def act_by(counted: Counted) -> date:
    assert counted.act_by is not None
    return counted.act_by


@given(days, st.integers(0, 60), periods(), directions, conventions, calendars)
def test_a_later_trigger_never_gives_an_earlier_day(
    trigger: date, later: int, period: Period, direction: Direction, convention: Convention, calendar: WorkingCalendar
) -> None:
    first = reckon(trigger, period, direction, convention, calendar).day
    assert first <= reckon(trigger + later * ONE, period, direction, convention, calendar).day


@given(days, periods(), directions, presets, calendars, first_days)
def test_the_day_to_act_by_is_in_time_and_on_a_working_day(
    trigger: date, period: Period, direction: Direction, preset: Preset, calendar: WorkingCalendar, first: FirstDay
) -> None:
    counted = count(trigger, period, direction, preset, calendar, Nature.BY, first)
    assert act_by(counted) <= legal(counted)
    assert act_by(counted) <= min(reading.day for reading in counted.readings) or not calendar.is_open(trigger)
    if direction is Direction.AFTER:
        assert act_by(counted) >= trigger
    possible = [trigger + at * ONE for at in range((legal(counted) - trigger).days + 1)]
    if direction is Direction.BEFORE or any(map(calendar.is_open, possible)):
        assert calendar.is_open(act_by(counted))


@given(days, periods(), directions, presets, calendars, first_days)
def test_the_day_known_in_advance_leaves_every_reading_in_time(
    trigger: date, period: Period, direction: Direction, preset: Preset, calendar: WorkingCalendar, first: FirstDay
) -> None:
    counted = count(trigger, period, direction, preset, calendar, Nature.BY, first, foreseen=True)
    assert calendar.is_open(act_by(counted))
    assert act_by(counted) <= min(reading.day for reading in counted.readings)


@given(days, periods(), directions, presets, calendars, first_days)
def test_a_window_opens_no_earlier_than_any_reading_allows(
    trigger: date, period: Period, direction: Direction, preset: Preset, calendar: WorkingCalendar, first: FirstDay
) -> None:
    counted = count(trigger, period, direction, preset, calendar, Nature.NOT_BEFORE, first)
    assert act_by(counted) >= max(reading.day for reading in counted.readings) >= legal(counted)
    if direction is Direction.AFTER:
        assert calendar.is_open(act_by(counted))
    else:
        assert act_by(counted) <= trigger


@given(days, periods(), directions, presets, calendars, first_days, st.sampled_from([Nature.STATE, Nature.UNTIL]))
def test_the_end_of_a_term_or_duty_never_moves(
    trigger: date,
    period: Period,
    direction: Direction,
    preset: Preset,
    calendar: WorkingCalendar,
    first: FirstDay,
    nature: Nature,
) -> None:
    counted = count(trigger, period, direction, preset, calendar, nature, first)
    steps = [*counted.steps, *counted.safe_steps, *(step for reading in counted.readings for step in reading.steps)]
    assert not MOVES.intersection(step.kind for step in steps)
    assert counted.legal == counted.nominal
    assert act_by(counted) == (legal(counted) if nature is Nature.STATE else max(r.day for r in counted.readings))


@given(days, periods(), presets, calendars, first_days, st.sampled_from(list(Nature)))
def test_a_period_counted_back_never_moves_forward(
    trigger: date, period: Period, preset: Preset, calendar: WorkingCalendar, first: FirstDay, nature: Nature
) -> None:
    counted = count(trigger, period, Direction.BEFORE, preset, calendar, nature, first)
    assert StepKind.MOVED_ON not in {step.kind for reading in counted.readings for step in reading.steps}
    assert legal(counted) <= (counted.nominal or date.min)


@given(days, periods(), directions, presets, calendars, first_days, st.sampled_from(list(Nature)))
def test_the_steps_lead_from_the_trigger_to_the_day_without_a_gap(
    trigger: date,
    period: Period,
    direction: Direction,
    preset: Preset,
    calendar: WorkingCalendar,
    first: FirstDay,
    nature: Nature,
) -> None:
    counted = count(trigger, period, direction, preset, calendar, nature, first)
    for steps, end in ((counted.steps, counted.legal), (counted.safe_steps, counted.act_by)):
        assert steps[0].start == trigger
        assert steps[-1].end == end
        assert all(_joins(one, two, trigger) for one, two in pairwise(steps))
    assert counted.readings[0].name is ReadingName.LEGAL
    assert counted.readings[0].day == counted.legal
    assert len({reading.day for reading in counted.readings}) == len(counted.readings)


def _joins(one: Step, two: Step, trigger: date) -> bool:
    """Months are counted from the trigger itself, everything else from where the step before came to."""
    return two.start in (one.end, trigger)


@given(days, periods(), directions, presets, calendars, first_days, st.sampled_from(list(Nature)))
def test_steps_survive_being_written_as_json(
    trigger: date,
    period: Period,
    direction: Direction,
    preset: Preset,
    calendar: WorkingCalendar,
    first: FirstDay,
    nature: Nature,
) -> None:
    counted = count(trigger, period, direction, preset, calendar, nature, first)
    for step in (*counted.steps, *counted.safe_steps):
        assert Step.from_data(step.to_data()) == step
    for reading in counted.readings:
        assert type(reading).from_data(reading.to_data()) == reading


@given(days, periods(*CALENDAR_UNITS), st.booleans(), st.sampled_from(list(MonthRule)))
def test_the_latest_day_before_is_the_last_from_which_the_period_ends_in_time(
    end: date, period: Period, counted: bool, rule: MonthRule
) -> None:
    convention = Convention(count_trigger_day=counted, month_rule=rule, solve_latest=True)
    day = reckon(end, period, Direction.BEFORE, convention, NONE).day
    assert reckon(day, period, Direction.AFTER, convention, NONE).day <= end
    assert reckon(day + ONE, period, Direction.AFTER, convention, NONE).day > end


@given(days, periods(Unit.DAY, Unit.WEEK, Unit.WORKING_DAY), calendars)
def test_days_counted_on_and_back_come_home(trigger: date, period: Period, calendar: WorkingCalendar) -> None:
    assume(period.unit is not Unit.WORKING_DAY or calendar.is_open(trigger))
    there = reckon(trigger, period, Direction.AFTER, Convention(), calendar).day
    assert reckon(there, period, Direction.BEFORE, Convention(), calendar).day == trigger


@given(days, st.integers(1, 40), st.sampled_from([1, 3, 6, 12]))
def test_periods_counted_from_their_anchor_never_drift(anchor: date, k: int, months: int) -> None:
    ends = [
        reckon(anchor, Period(months * at, Unit.MONTH), Direction.AFTER, Convention(), NONE).day
        for at in range(1, k + 1)
    ]
    lasts = [(day + ONE).month != day.month for day in ends]
    assert all(day.day == anchor.day or last for day, last in zip(ends, lasts, strict=True))
    assert ends == sorted(set(ends))


@given(days, periods(), directions, presets, calendars)
def test_a_count_depends_on_the_unknown_years_it_names_and_on_no_others(
    trigger: date, period: Period, direction: Direction, preset: Preset, calendar: WorkingCalendar
) -> None:
    assume(calendar.coverage)
    counted = count(trigger, period, direction, preset, calendar)
    for year in counted.provisional:
        assert not calendar.covers(date(year, 1, 1))
    unknown = {date(2027, month, day): "announced" for month in range(1, 13) for day in range(1, 29)}
    changed = calendar.with_days(unknown)
    if 2027 not in counted.provisional and not calendar.covers(date(2027, 1, 1)):
        assert count(trigger, period, direction, preset, changed).legal == counted.legal
        assert count(trigger, period, direction, preset, changed).act_by == counted.act_by


@given(days, periods(*CALENDAR_UNITS), st.sampled_from([Direction.AFTER]))
def test_without_days_off_nothing_moves_whatever_the_roll(trigger: date, period: Period, direction: Direction) -> None:
    days_ = {reckon(trigger, period, direction, Convention(roll=roll), NONE).day for roll in Roll}
    assert len(days_) == 1
