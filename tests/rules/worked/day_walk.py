"""An independent walk over the days, to check the product's dates: it imports nothing from the product.

It is slow and simple on purpose: one day after the other, counted on fingers. Every function takes and gives days.

The days off and the make-up days are those of the State Council's yearly arrangements for 2023 to 2026; days off that
fall on a Saturday or Sunday need no mention. Nothing is known beyond 2026: there the walk has only the week.
"""

from collections.abc import Callable
from datetime import date, timedelta

ONE = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


def _days(year: int, text: str) -> set[date]:
    return {date(year, int(part[:2]), int(part[3:])) for part in text.split()}


OFF = (
    _days(2023, "01-02 01-23 01-24 01-25 01-26 01-27 04-05 05-01 05-02 05-03 06-22 06-23 09-29")
    | _days(2023, "10-02 10-03 10-04 10-05 10-06")
    | _days(2024, "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17")
    | _days(2024, "10-01 10-02 10-03 10-04 10-07")
    | _days(2025, "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02")
    | _days(2025, "10-01 10-02 10-03 10-06 10-07 10-08")
    | _days(2026, "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25")
    | _days(2026, "10-01 10-02 10-05 10-06 10-07")
)
MAKE_UP = (
    _days(2023, "01-28 01-29 04-23 05-06 06-25 10-07 10-08")
    | _days(2024, "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12")
    | _days(2025, "01-26 02-08 04-27 09-28 10-11")
    | _days(2026, "01-04 02-14 02-28 05-09 09-20 10-10")
)


def is_worked(day: date) -> bool:
    """A working day in China, as far as is known."""
    if day in MAKE_UP:
        return True
    return day not in OFF and day.weekday() not in (SATURDAY, SUNDAY)


def day_of(text: str) -> date:
    return date.fromisoformat(text)


def days_after(event: date, n: int) -> date:
    """The day of the event is not counted; the next day is the first."""
    day = event
    for _ in range(n):
        day += ONE
    return day


def days_before(end: date, n: int) -> date:
    day = end
    for _ in range(n):
        day -= ONE
    return day


def working_days_after(event: date, n: int) -> date:
    day, counted = event, 0
    while counted < n:
        day += ONE
        counted += is_worked(day)
    return day


def months_after(event: date, n: int) -> date:
    """The date of the event's day n months on; where that month has none, the month's last day."""
    day = event
    for _ in range(n):
        day = _first_of_next_month(day)
    while day.day < event.day and (day + ONE).month == day.month:
        day += ONE
    return day


def _first_of_next_month(day: date) -> date:
    month = day.month
    while day.month == month:
        day += ONE
    return day


def last_day_of_term(first: date, months: int) -> date:
    """The last day of so many months whose first day counts: the day before the date of the first day comes round;
    where it does not come round, the month's last day."""
    round_again = months_after(first, months)
    return round_again - ONE if round_again.day == first.day else round_again


def moved_on(day: date) -> date:
    while not is_worked(day):
        day += ONE
    return day


def moved_back(day: date) -> date:
    while not is_worked(day):
        day -= ONE
    return day


def sent_by(act_by: date, on_the_way: int) -> date:
    """The latest working day from which so many days, moved on to a working day, end no later than `act_by`."""
    day = act_by
    while not (is_worked(day) and moved_on(days_after(day, on_the_way)) <= act_by):
        day -= ONE
    return day


# What a row of a worked table says of itself: the legal day and the safe one.
Walked = Callable[[], tuple[date, date]]


def act_after(event: str, n: int, unit: Callable[[date, int], date] = days_after, foreseen: bool = False) -> Walked:
    """A last day to act, counted on: moved on by law, moved back out of prudence, though not past the event."""

    def walk() -> tuple[date, date]:
        day = unit(day_of(event), n)
        back = moved_back(day)
        return moved_on(day), back if foreseen or back >= day_of(event) else moved_on(day)

    return walk


def act_at_end(first: str, months: int) -> Walked:
    """A last day to act that is known in advance: the end of a period, counted from the first day of the first."""
    return act_after(last_day_of_term(day_of(first), months).isoformat(), 0, foreseen=True)


def act_before(end: str, n: int) -> Walked:
    """A last day to act, counted back: never moved on; safe with one day more, moved back."""
    return lambda: (days_before(day_of(end), n), moved_back(days_before(day_of(end), n + 1)))


def opens_before(end: str, n: int) -> Walked:
    """A first day to act, counted back: safe on the next working day."""
    return lambda: (days_before(day_of(end), n), moved_on(days_before(day_of(end), n)))


def lasts(event: str, n: int, unit: Callable[[date, int], date] = months_after, later: str | None = None) -> Walked:
    """A duty that goes on, or a right that ends: nothing moves. `later` is the other day the event may have been."""
    return lambda: (unit(day_of(event), n), unit(day_of(later or event), n))


def term(first: str, months: int) -> Walked:
    """The end of a term whose first day counts."""
    return lambda: (last_day_of_term(day_of(first), months), last_day_of_term(day_of(first), months))
