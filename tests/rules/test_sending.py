"""When to send so that notice arrives in time."""

from datetime import date

import pytest

from tests.support.cast import bare, contract, deadlines
from tracker.rules.steps import StepKind

# Two years from New Year 2025 with 30 days' notice: by 1 December 2026, safely by Monday 30 November.
NOTICE = {"mode": "agreement", "notice": [{"side": "us", "at_least": "30 days"}], "formalities": "15 days"}


def send_by(*delivery: dict[str, str]) -> date | None:
    found = deadlines(contract(renewal=NOTICE, delivery=list(delivery)), "2026-06-01")
    assert found["renewal-formalities/1"].send_by is None, "formalities are not sent"
    return found["renewal-intention.us/1"].send_by


def test_without_an_allowance_there_is_no_day_to_send() -> None:
    assert send_by() is None


@pytest.mark.parametrize(
    ("allowance", "sent"),
    [
        ("3 days", "2026-11-27"),  # a Friday: it arrives on Monday 30
        ("5 days", "2026-11-25"),
        ("2 days", "2026-11-27"),  # Saturday 28 would do, but nobody sends then
        ("3 working days", "2026-11-25"),  # Thu 26, Fri 27, Mon 30
        ("0 days", "2026-11-30"),
        ("1 month", "2026-10-30"),
        ("24 hours", "2026-11-27"),  # sent on Sunday 29 it would do, but nobody sends then
        ("72 hours", "2026-11-27"),
        ("73 hours", "2026-11-26"),  # sent on Friday afternoon it arrives on Tuesday
        ("1 hour", "2026-11-27"),  # sent late on Monday 30 it arrives on Tuesday
        ("0 hours", "2026-11-30"),
    ],
)
def test_notice_is_sent_in_time_to_arrive_on_a_working_day(allowance: str, sent: str) -> None:
    assert send_by({"method": "courier", "allowance": allowance}) == date.fromisoformat(sent)


def test_where_sending_counts_the_way_takes_no_time() -> None:
    assert send_by({"method": "registered letter", "allowance": "5 days", "counts_on": "sending"}) is None


@pytest.mark.parametrize("ways", [("5 days", "1 week"), ("1 week", "5 days"), ("3 days", "1 week")])
def test_sent_in_time_for_the_slowest_way_it_is_in_time_for_all(ways: tuple[str, ...]) -> None:
    """Found by hand: five days were taken for slower than one week."""
    assert send_by(*({"method": way, "allowance": way} for way in ways)) == date(2026, 11, 23)


def test_a_way_without_a_number_cannot_be_reckoned_with() -> None:
    """Found by hand: no schedule could be made at all."""
    assert send_by({"method": "letter", "allowance": "promptly"}) is None
    slow = {"method": "courier", "allowance": "3 days"}
    assert send_by({"method": "letter", "allowance": "promptly"}, slow) == date(2026, 11, 27)


def test_the_day_to_send_is_the_day_to_act_on_and_says_how_it_came_about() -> None:
    delivery = [{"method": "courier", "allowance": "5 days"}]
    found = deadlines(contract(renewal=NOTICE, delivery=delivery), "2026-06-01")["renewal-intention.us/1"]
    assert found.action_day == found.send_by
    step = found.send_steps[0]
    assert (step.kind, step.start, step.end, step.article) == (
        StepKind.SENT,
        date(2026, 11, 30),
        date(2026, 11, 25),
        "prc-civil-code/137",
    )


# Where it arrives, days are off that are worked here, the day begins earlier, and offices close.


@pytest.mark.parametrize(
    ("there", "allowance", "sent"),
    [
        ({}, "0 days", "2026-12-25"),
        ({"calendar": "HK"}, "0 days", "2026-12-24"),  # Christmas and the day after it are off there
        ({"calendar": "HK"}, "2 days", "2026-12-22"),  # what is sent on the 23rd counts on Monday 28
        ({"zone": "Pacific/Auckland"}, "0 days", "2026-12-24"),  # in the evening here it is the next day there
        ({"zone": "Europe/London"}, "0 days", "2026-12-25"),
        ({"zone": "Asia/Singapore"}, "0 days", "2026-12-25"),
        ({"cut_off": "17:00"}, "0 days", "2026-12-24"),
        ({"cut_off": "17:00"}, "3 days", "2026-12-21"),  # Thursday 24 after five counts on Friday 25
        ({"cut_off": "17:00", "calendar": "HK"}, "0 days", "2026-12-23"),
        ({"cut_off": "17:00", "calendar": "HK", "zone": "Pacific/Auckland"}, "0 days", "2026-12-22"),
    ],
)
def test_receipt_goes_by_the_place_where_it_arrives(there: dict[str, str], allowance: str, sent: str) -> None:
    """By Friday 25 December 2026, a working day in China."""
    report = {"code": "report", "due": "on 2026-12-25", "arrives": True}
    document = bare(obligations=[report], delivery=[{"method": "courier", "allowance": allowance, **there}])
    found = deadlines(document, "2026-06-01")["report/1"]
    assert (found.act_by, found.send_by) == (date(2026, 12, 25), date.fromisoformat(sent))


def test_the_day_to_send_tells_of_the_place_where_it_arrives() -> None:
    report = {"code": "report", "due": "on 2026-12-25", "arrives": True}
    there = {"calendar": "HK", "zone": "Pacific/Auckland", "cut_off": "5:00"}
    document = bare(obligations=[report], delivery=[{"method": "e-mail", "allowance": "0 days", **there}])
    steps = deadlines(document, "2026-06-01")["report/1"].send_steps
    assert [(step.kind, step.start.day, step.end.day) for step in steps] == [
        (StepKind.SENT, 25, 22),
        (StepKind.NEXT_DAY_THERE, 22, 23),
        (StepKind.ON_THE_DAY, 23, 23),
        (StepKind.OPEN_DAY, 23, 23),
        (StepKind.AFTER_HOURS, 23, 24),
    ]


@pytest.mark.parametrize(
    "delivery",
    [{"allowance": "0 days", "zone": "Europe/London"}, {"allowance": "1 hour"}, {"allowance": "1 hour", "zone": ""}],
)
def test_where_the_day_begins_no_earlier_nothing_is_said_of_it(delivery: dict[str, str]) -> None:
    report = {"code": "report", "due": "on 2026-12-25", "arrives": True}
    document = bare(obligations=[report], delivery=[{"method": "e-mail", **delivery}])
    steps = deadlines(document, "2026-06-01")["report/1"].send_steps
    assert steps
    assert StepKind.NEXT_DAY_THERE not in {step.kind for step in steps}


@pytest.mark.parametrize("nature", ["not_before", "until", "state"])
def test_what_is_no_last_day_to_act_has_no_last_day_to_send(nature: str) -> None:
    """Found by hand: the first day for notice was told with a day to send before it, so that it came too early."""
    duty = {"code": "renewal-window-opens", "due": "30 days after effective", "nature": nature, "arrives": True}
    document = bare(effect={"when": "2026-01-05"}, delivery=[{"method": "post", "allowance": "5 days"}])
    (found,) = deadlines({**document, "obligations": [duty]}, "2026-01-06").values()
    assert found.send_by is None
    assert found.action_day == found.act_by


@pytest.mark.parametrize(
    ("allowance", "sent"),
    [("200 years", "1826-11-30"), ("73000 days", "1827-01-18"), ("1752000 hours", "1827-01-18")],
)
def test_a_way_of_centuries_takes_no_longer_to_reckon_with_than_one_of_days(allowance: str, sent: str) -> None:
    """Found by hand: a slip of the pen in the allowance kept the whole schedule waiting for minutes."""
    assert send_by({"method": "letter", "allowance": allowance}) == date.fromisoformat(sent)
