"""Greetings and late fees in kinds: what the blanks bring, and what a kind file may say."""

import tomllib
from typing import Any

import pytest

from tests.rules.kind_desk import KINDS, days, deadlines, filled, paper
from tracker.rules.kind_file import read_kind
from tracker.rules.kind_fill import fill, values_of

KIND = """
format = "kind/1"
code = "care"
language = "en"
name = { en = "Care", zh-Hans = "关怀" }

[law]
calendar = "CN"

[[parties]]
role = "A"
name = { en = "Us", zh-Hans = "我方" }

[[parties]]
role = "B"
name = { en = "Customer", zh-Hans = "客户" }

[[obligations]]
code = "customer-care"
side = "A"
due = "on greeting"
holidays = ["spring-festival", "中秋节"]
classes = ["vip"]
grace = "3 days"
priority = "high"
"""


def care(**blanks: str) -> dict[str, str]:
    """The greetings of a strategy contract with one VIP on whose birthday it depends, as known on 1 June 2026."""
    kind = KINDS["customer-strategy"]
    document = paper(kind, facts={"signed": "2026-01-05"})
    document["parties"][0]["contacts"] = [{"name": "王芳", "birthday": "07-05", "customer_class": "VIP"}]
    contract = filled(kind, document, **blanks)
    found = deadlines(contract, "2026-06-01")
    return days(found, *(key for key in found if "greeting" in key))


def test_the_usual_holidays_are_greeted_on_their_days() -> None:
    """From 5 January 2026 for the usual year: Spring Festival 17 February, Mid-Autumn 25 September."""
    assert care() == {
        "holiday-greeting/2026-mid-autumn": "2026-09-25",
        "holiday-greeting/2026-spring-festival": "2026-02-17",
    }


def test_the_blanks_choose_holidays_lead_classes_and_birthdays() -> None:
    found = care(
        greeting_days="端午节\n国庆节",
        greeting_when="3 days before greeting",
        greeted_classes="VIP",
        greet_birthdays="yes",
    )
    assert found == {
        "birthday-greeting/2026-birthday-王芳": "2026-07-05",
        "holiday-greeting/2026-dragon-boat": "2026-06-16",
        "holiday-greeting/2026-national-day": "2026-09-28",
    }


def test_greetings_for_a_class_nobody_is_in_bring_none() -> None:
    assert care(greeted_classes="潜在", greet_birthdays="yes") == {}


def test_an_empty_list_of_holidays_leaves_the_greeting_out() -> None:
    assert care(greeting_days="") == {}


@pytest.mark.parametrize(
    "code", ["customer-strategy", "customer-maintenance", "crm-implementation", "business-transfer"]
)
def test_what_was_filled_in_is_read_back(code: str) -> None:
    kind = KINDS[code]
    values = {**kind.usual(), "greeting_days": "元旦\nspring-festival", "greet_birthdays": "yes"}
    document, problems = fill(kind, values, paper(kind))
    assert document is not None, problems
    answers = values_of(kind, document)
    assert {name: answers.values[name] for name in ("greeting_days", "greeting_when", "greet_birthdays")} == {
        "greeting_days": "元旦\nspring-festival",
        "greeting_when": "on greeting",
        "greet_birthdays": "yes",
    }


def test_after_a_transfer_the_customers_are_still_greeted() -> None:
    kind = KINDS["business-transfer"]
    document = paper(kind, facts={"signed": "2024-01-05", "ended": "2026-05-31"})
    found = deadlines(filled(kind, document), "2026-06-01")
    assert days(found, *(key for key in found if "greeting" in key)) == {
        "holiday-greeting-after-end/2026-mid-autumn": "2026-09-25",
        "holiday-greeting-after-end/2027-spring-festival": "2027-02-06",
    }


def test_overdue_payments_are_pursued_in_an_implementation_contract() -> None:
    """Ten days after 10 March 2026 is Friday the 20th."""
    kind = KINDS["crm-implementation"]
    document = paper(kind, facts={"signed": "2026-01-05", "overdue_payment": "2026-03-10"})
    found = deadlines(filled(kind, document), "2026-03-12")
    assert days(found, "late-payment/overdue_payment-1") == {"late-payment/overdue_payment-1": "2026-03-20"}


@pytest.mark.parametrize("rate", ["2%", "0.05% per day", "每日万分之五"])
def test_a_late_fee_is_written_as_contracts_word_it(rate: str) -> None:
    kind = KINDS["crm-implementation"]
    document, problems = fill(kind, {**kind.usual(), "late_rate": rate}, paper(kind))
    assert document is not None, problems
    (payment,) = (body for body in document["obligations"] if body["code"] == "payment")
    assert payment["late_rate"] in ("2%", "0.05% per day")


# ------------------------------------------------------------------- kind files


def told(text: str) -> dict[str, str]:
    data: dict[str, Any] = tomllib.loads(text)
    _kind, problems = read_kind(data)
    return {problem.place: str(problem) for problem in problems}


def test_a_kind_may_write_its_greetings_out() -> None:
    assert told(KIND) == {}


def test_a_holiday_that_the_kinds_calendar_does_not_have_is_told() -> None:
    found = told(KIND.replace("中秋节", "mid-autum"))
    assert list(found) == ["obligations.customer-care.holidays"]
    assert "“mid-autum” is no public holiday of the calendar CN. Its holidays: new-year," in str(found)


def test_holidays_that_a_kind_suggests_are_those_of_its_calendar() -> None:
    listed = KIND.replace('["spring-festival", "中秋节"]', '"{days}"').replace(
        "[[obligations]]",
        """
[sections]
all = { en = "All", zh-Hans = "全部" }
[blanks.days]
section = "all"
type = "list"
label = { en = "Days", zh-Hans = "日子" }
usual = ["spring-festival", "中秋节"]
[[obligations]]""",
    )
    assert told(listed) == {}
    found = told(listed.replace("中秋节", "mid-autum"))
    assert list(found) == ["obligations.customer-care.holidays"]
    assert found["obligations.customer-care.holidays"].startswith(
        "“mid-autum” is no public holiday of the calendar CN."
    )


def test_a_kind_that_names_no_calendar_leaves_its_holidays_to_the_contract() -> None:
    assert told(KIND.replace('calendar = "CN"', 'counting = "plain"').replace("中秋节", "mid-autum")) == {}
    assert told(KIND.replace('calendar = "CN"', 'calendar = "NONE"').replace(', "中秋节"', "")) == {
        "obligations.customer-care.holidays": "“spring-festival” is no public holiday of the calendar NONE. "
        "Its holidays: –."
    }


def test_a_greeting_of_a_kind_says_for_what() -> None:
    found = told(KIND.replace('holidays = ["spring-festival", "中秋节"]\n', ""))
    assert found == {"obligations.customer-care.due": "Say for which holidays, or that birthdays are greeted."}
