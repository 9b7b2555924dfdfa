"""Greetings: lunar and fixed holidays by name, birthdays, customer classes as of the day.

Festival days as printed calendars have them: the fifteenth day of the eighth lunar month was 6 October in 2025 and is
25 September in 2026; the lunar year begins on 17 February in 2026 and on 6 February in 2027; the fifth day of the
fifth month is 31 May in 2025, 19 June in 2026, 9 June in 2027.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.cast import agreed, bare, deadlines, drafted, fact, legal_days
from tracker.rules.agreement import Earlier
from tracker.rules.contract_file import read_contract
from tracker.rules.customers import class_named
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Fact, FactKind
from tracker.rules.festivals import festival_names, festivals
from tracker.rules.greeting_form import unknown_holidays
from tracker.rules.oddities import oddities
from tracker.rules.readings import Nature
from tracker.rules.schedule import schedule
from tracker.rules.versions import with_earlier

WANG = {"name": "王芳", "birthday": "1992-02-29", "customer_class": "VIP"}
LI = {"name": "Li Wei", "birthday": "1985-07-05"}


def care(
    *contacts: dict[str, Any], calendar: str = "CN", customer_class: str = "", today: str = "2026-01-10", **more: Any
) -> dict[str, Any]:
    """A contract of three years from mid-2025 with one greeting in it."""
    obligation = {"key": "care", "code": "customer-care", "side": "us", "due": "on greeting", **more}
    customer: dict[str, Any] = {"role": "B", "name": "Hualong Trading", "contacts": list(contacts)}
    if customer_class:
        customer["customer_class"] = customer_class
    return bare(
        parties=[{"role": "A", "name": "Acme", "us": True}, customer],
        law={"counting": "prc-civil-code", "calendar": calendar, "zone": "Asia/Shanghai"},
        effect={"when": "2025-09-01"},
        term={"length": "3 years", "first_day_counts": True},
        obligations=[obligation],
    )


def greeted(document: dict[str, Any], today: str, *facts: Any) -> dict[str, str]:
    """The days by occurrence."""
    days = legal_days(deadlines(document, today, *facts))
    return {key.removeprefix("care/"): day for key, day in days.items() if key.startswith("care/")}


def test_lunar_festivals_fall_on_another_day_every_year() -> None:
    found = greeted(care(holidays=["mid-autumn", "spring-festival", "dragon-boat"]), "2026-06-01")
    assert found == {
        "2025-mid-autumn": "2025-10-06",
        "2026-spring-festival": "2026-02-17",
        "2026-dragon-boat": "2026-06-19",
        "2026-mid-autumn": "2026-09-25",
        "2027-spring-festival": "2027-02-06",
        "2027-dragon-boat": "2027-06-09",
    }


def test_a_greeting_stays_on_its_day_although_nobody_works_then() -> None:
    found = deadlines(care(holidays=["spring-festival"]), "2026-01-10")["care/2026-spring-festival"]
    assert (found.legal, found.act_by, found.nature) == (date(2026, 2, 17), date(2026, 2, 17), Nature.BY)
    assert found.provisional == ()


def test_a_greeting_due_some_days_before_is_an_act_like_any_other() -> None:
    """Three days before 17 February 2026 is the 14th, a Saturday that is worked; with clear days it is the 13th."""
    found = deadlines(care(holidays=["spring-festival"], due="3 days before greeting"), "2026-01-10")
    one = found["care/2026-spring-festival"]
    assert (one.legal, one.act_by) == (date(2026, 2, 14), date(2026, 2, 13))


def test_hong_kong_keeps_the_festival_itself_and_not_the_day_off_after_it() -> None:
    names = ["mid-autumn", "dragon-boat", "spring-festival", "double-ninth", "christmas"]
    found = greeted(care(calendar="HK", holidays=names), "2026-01-10")
    assert found["2026-mid-autumn"] == "2026-09-25"
    assert found["2026-dragon-boat"] == "2026-06-19"
    assert found["2026-spring-festival"] == "2026-02-17"
    assert found["2026-double-ninth"] == "2026-10-18"
    assert found["2025-christmas"] == "2025-12-25"


def test_hong_kong_has_a_lunar_new_year_also_where_it_falls_on_a_sunday() -> None:
    """12 February 2040 is a Sunday, for which Hong Kong gives the fourth day off."""
    assert {one.name: one.day for one in festivals("HK", 2040)}["spring-festival"] == date(2040, 2, 12)


def test_singapore_greets_for_its_own_holidays() -> None:
    found = greeted(care(calendar="SG", holidays=["spring-festival", "deepavali", "hari-raya-puasa"]), "2026-01-10")
    assert found["2026-spring-festival"] == "2026-02-17"
    assert found["2026-deepavali"] == "2026-11-08"
    assert found["2026-hari-raya-puasa"] == "2026-03-21"
    assert "mid-autumn" not in festival_names("SG")


def test_a_feast_whose_day_is_only_estimated_is_provisional() -> None:
    found = deadlines(care(calendar="SG", holidays=["hari-raya-puasa", "christmas"]), "2028-01-10")
    assert found["care/2028-hari-raya-puasa"].provisional == (2028,)
    assert found["care/2027-christmas"].provisional == ()


def test_a_joint_calendar_knows_the_holidays_of_both() -> None:
    assert {"dragon-boat", "christmas"} <= set(festival_names("CN+HK"))
    assert "christmas" not in festival_names("CN")


def test_the_organisations_own_days_change_no_festival() -> None:
    assert festival_names("CN+OWN") == festival_names("CN")


def test_where_every_day_is_open_there_is_no_holiday() -> None:
    assert festival_names("NONE") == ()


def test_a_holiday_of_several_days_is_greeted_once_on_its_first() -> None:
    found = greeted(care(holidays=["national-day", "labour-day"]), "2026-01-10")
    assert found["2026-national-day"] == "2026-10-01"
    assert found["2026-labour-day"] == "2026-05-01"


def test_a_lunar_year_that_begins_twice_in_a_year_is_greeted_twice() -> None:
    """Eid al-Fitr 2033 falls about 2 January and 23 December."""
    days = [one.day.month for one in festivals("SG", 2033) if one.name == "hari-raya-puasa"]
    assert days == [1, 12]


def test_a_festival_that_comes_twice_in_a_year_is_two_greetings() -> None:
    document = care(calendar="SG", holidays=["hari-raya-puasa"]) | {"effect": {"when": "2032-09-01"}}
    found = greeted(document, "2032-12-01")
    assert {key: day[:7] for key, day in found.items()} == {
        "2033-hari-raya-puasa": "2033-01",
        "2033-hari-raya-puasa-2": "2033-12",
    }


def test_a_greeting_tells_for_what_it_is() -> None:
    found = deadlines(care(LI, birthdays=True, holidays=["mid-autumn"]), "2026-01-10")
    assert found["care/2026-mid-autumn"].subject == "Mid-Autumn Festival"
    assert found["care/2026-birthday-Li-Wei"].subject == "Li Wei"


def test_a_vietnamese_national_day_is_not_the_day_off_beside_it() -> None:
    found = {one.name: one.day for one in festivals("VN", 2026)}
    assert found["national-day"] == date(2026, 9, 2)


def test_who_was_born_on_29_february_is_greeted_on_the_28th_in_common_years() -> None:
    found = greeted(care(WANG, birthdays=True), "2027-06-01")
    assert found == {
        "2026-birthday-王芳": "2026-02-28",
        "2027-birthday-王芳": "2027-02-28",
        "2028-birthday-王芳": "2028-02-29",
    }


def test_who_has_told_no_birthday_hides_nobody_elses() -> None:
    assert list(greeted(care({"name": "Zhao"}, LI, birthdays=True), "2026-01-10")) == ["2026-birthday-Li-Wei"]


def test_a_birthday_needs_no_year() -> None:
    found = greeted(care({"name": "Li Wei", "birthday": "07-05"}, birthdays=True), "2026-01-10")
    assert found == {"2026-birthday-Li-Wei": "2026-07-05"}


def test_a_birthday_tells_whose_it_is_and_no_year_of_birth() -> None:
    found = deadlines(care(LI, birthdays=True), "2026-01-10")["care/2026-birthday-Li-Wei"]
    assert found.subject == "Li Wei"
    assert "1985" not in str(found)


def test_two_people_of_one_name_are_told_apart() -> None:
    found = greeted(care(LI, {"name": "Li Wei", "birthday": "08-08"}, birthdays=True), "2026-01-10")
    assert found == {"2026-birthday-Li-Wei": "2026-07-05", "2026-birthday-Li-Wei-2": "2026-08-08"}


def test_a_key_outlasts_a_new_name() -> None:
    renamed = {"key": "Li-Wei", "name": "Li Wei-Chen", "birthday": "07-05"}
    assert list(greeted(care(renamed, birthdays=True), "2026-01-10")) == ["2026-birthday-Li-Wei"]


def test_our_own_people_are_nobodys_customers() -> None:
    document = care(birthdays=True)
    document["parties"][0]["contacts"] = [LI]
    assert greeted(document, "2026-01-10") == {}


# ------------------------------------------------------------------------ classes


def test_only_customers_of_the_class_are_greeted() -> None:
    document = care(WANG, LI, birthdays=True, classes=["vip"])
    assert list(greeted(document, "2026-01-10")) == ["2026-birthday-王芳"]


@pytest.mark.parametrize("written", ["老", "老客户", "老客戶", "returning", "Returning"])
def test_a_class_is_the_same_in_whatever_words(written: str) -> None:
    document = care(customer_class=written, holidays=["mid-autumn"], classes=["老客户"])
    assert "2026-mid-autumn" in greeted(document, "2026-01-10")


def test_a_class_of_the_teams_own_stands_for_itself() -> None:
    assert greeted(care(customer_class="Gold", holidays=["mid-autumn"], classes=["gold"]), "2026-01-10")
    assert not greeted(care(customer_class="Gold", holidays=["mid-autumn"], classes=["silver"]), "2026-01-10")


def test_without_a_class_nobody_is_greeted_who_would_need_one() -> None:
    assert greeted(care(LI, birthdays=True, holidays=["mid-autumn"], classes=["vip"]), "2026-01-10") == {}


def test_a_class_changed_half_way_counts_from_its_day() -> None:
    """Raised to VIP on 1 May 2026: the festivals before it pass without, those from that day on are greeted."""
    document = care(holidays=["spring-festival", "labour-day", "mid-autumn"], classes=["vip"], customer_class="new")
    raised = fact("customer_class_changed", "2026-05-01", how="VIP")
    assert list(greeted(document, "2026-06-01", raised)) == [
        "2026-labour-day",
        "2026-mid-autumn",
        "2027-labour-day",
        "2027-spring-festival",
    ]


def test_of_two_changes_of_a_class_the_last_counts() -> None:
    document = care(holidays=["spring-festival", "labour-day", "mid-autumn"], classes=["vip"], customer_class="new")
    changes = (
        fact("customer_class_changed", day, how=how) for day, how in (("2026-04-01", "VIP"), ("2026-06-01", "老"))
    )
    assert list(greeted(document, "2026-06-10", *changes)) == ["2026-labour-day"]


def test_a_class_that_is_lost_takes_later_greetings_along() -> None:
    document = care(holidays=["spring-festival", "mid-autumn"], classes=["vip"], customer_class="vip")
    lost = fact("customer_class_changed", "2026-05-01", how="老", subject="Hualong Trading")
    assert list(greeted(document, "2026-06-01", lost)) == ["2025-mid-autumn", "2026-spring-festival"]


def test_a_change_of_one_person_leaves_the_others_in_their_class() -> None:
    document = care(WANG, {**LI, "customer_class": "vip"}, birthdays=True, classes=["vip"])
    lost = fact("customer_class_changed", "2026-01-15", how="老", subject="王芳")
    assert list(greeted(document, "2026-02-01", lost)) == ["2026-birthday-Li-Wei"]


def test_people_without_a_class_stand_in_that_of_their_party() -> None:
    document = care(LI, birthdays=True, classes=["vip"])
    raised = fact("customer_class_changed", "2026-03-01", how="vip", subject="B")
    assert list(greeted(document, "2026-04-01", raised)) == ["2026-birthday-Li-Wei"]


# -------------------------------------------------------------------------- while


def test_greetings_stop_with_the_contract() -> None:
    document = care(holidays=["spring-festival", "mid-autumn"])
    ended = fact("ended", "2026-03-31", how="agreement")
    assert list(greeted(document, "2026-04-10", ended)) == ["2025-mid-autumn", "2026-spring-festival"]


def test_greetings_after_the_end_begin_the_day_after_it() -> None:
    document = care(holidays=["labour-day", "mid-autumn"], **{"while": "after_end"})
    ended = fact("ended", "2026-05-01", how="agreement")
    assert list(greeted(document, "2026-06-01", ended)) == ["2026-mid-autumn", "2027-labour-day"]


def test_the_first_day_and_the_last_are_days_of_the_contract() -> None:
    """In force from 25 September, a Mid-Autumn Festival, and ended on 6 February, a Spring Festival."""
    document = care(holidays=["spring-festival", "mid-autumn"]) | {"effect": {"when": "2026-09-25"}}
    over = fact("ended", "2027-02-06", how="agreement")
    assert greeted(document, "2027-03-01", over) == {
        "2026-mid-autumn": "2026-09-25",
        "2027-spring-festival": "2027-02-06",
    }


def test_greetings_always_go_on_past_the_end() -> None:
    document = care(holidays=["mid-autumn"], **{"while": "always"})
    ended = fact("ended", "2026-05-01", how="agreement")
    assert list(greeted(document, "2026-06-01", ended)) == ["2025-mid-autumn", "2026-mid-autumn"]


def test_greetings_are_known_some_four_hundred_days_ahead() -> None:
    found = greeted(care(holidays=["mid-autumn"]), "2026-01-10")
    assert found == {"2025-mid-autumn": "2025-10-06", "2026-mid-autumn": "2026-09-25"}
    assert "2027-mid-autumn" in greeted(care(holidays=["mid-autumn"]), "2026-10-01")


def test_greetings_of_a_contract_that_is_not_yet_in_force_wait() -> None:
    document = care(holidays=["mid-autumn"]) | {"effect": {"conditions": ["installed"]}}
    (found,) = deadlines(document, "2026-01-10").values()
    assert (found.legal, found.waits_for, found.certainty) == (None, "effective", Certainty.PROJECTED)


def test_a_greeting_is_as_certain_as_the_period_of_the_term_that_it_falls_in() -> None:
    """Nobody has told whether it was renewed in silence at the end of 2024."""
    year = {"effect": {"when": "2024-01-01"}, "term": {"length": "1 year", "first_day_counts": True}}
    found = deadlines({**care(holidays=["mid-autumn"]), **year, "renewal": {"mode": "automatic"}}, "2026-06-01")
    certainty = {key: one.certainty for key, one in found.items() if key.startswith("care/")}
    assert certainty == {
        "care/2024-mid-autumn": Certainty.CONFIRMED,
        "care/2025-mid-autumn": Certainty.UNCONFIRMED,
        "care/2026-mid-autumn": Certainty.UNCONFIRMED,
    }


def test_an_amendment_changes_the_greetings_from_its_day_on() -> None:
    """Until 1 June 2026 Spring Festival and Mid-Autumn three days ahead, from then on Mid-Autumn on the day alone."""
    before = agreed(drafted(care(holidays=["spring-festival", "mid-autumn"], due="3 days before greeting")))
    now = agreed(drafted(care(holidays=["mid-autumn"])))
    earlier = Earlier("amendment-1", date(2026, 6, 1), before.effect, before.clauses, before.counting)
    found = schedule(with_earlier(now, [earlier]), (), date(2026, 7, 1))
    assert legal_days({one.key: one for one in found if one.clause == "care"}) == {
        "care/2025-mid-autumn": "2025-10-03",
        "care/2026-spring-festival": "2026-02-14",
        "care/2026-mid-autumn": "2026-09-25",
    }


# ------------------------------------------------------------------------- faults


def faults(document: dict[str, Any]) -> dict[str, str]:
    _draft, problems = read_contract(document)
    return {problem.place: str(problem) for problem in problems}


def test_a_greeting_says_for_what() -> None:
    assert faults(care()) == {"obligations[0].due": "Say for which holidays, or that birthdays are greeted."}


def test_a_holiday_that_the_calendar_does_not_have_is_told_with_those_it_has() -> None:
    document = care(holidays=["mid-autumn", "deepavali", "carnival"])
    report = {"code": "report", "due": "on 2026-05-08"}
    hungry = {**document["obligations"][0], "key": "hungry", "holidays": ["thanksgiving"]}
    clauses = drafted({**document, "obligations": [*document["obligations"], report, hungry]}).clauses
    known = "Its holidays: new-year, spring-festival-eve, spring-festival, tomb-sweeping, labour-day, dragon-boat, "
    assert [(problem.place, str(problem)) for problem in unknown_holidays(clauses, "CN")] == [
        (place, f"“{name}” is no public holiday of the calendar CN. {known}mid-autumn, national-day.")
        for place, name in (
            ("obligations[0].holidays", "carnival"),
            ("obligations[0].holidays", "deepavali"),
            ("obligations[2].holidays", "thanksgiving"),
        )
    ]
    assert "deepavali" in str(next(unknown_holidays(clauses, "SG")))
    assert list(unknown_holidays(drafted(care(holidays=["mid-autumn"])).clauses, "CN")) == []


def test_a_calendar_without_holidays_says_that_it_has_none() -> None:
    clauses = drafted(care(holidays=["mid-autumn"])).clauses
    assert [str(problem) for problem in unknown_holidays(clauses, "NONE")] == [
        "“mid-autumn” is no public holiday of the calendar NONE. Its holidays: –."
    ]


@pytest.mark.parametrize("extra", [{"holidays": ["mid-autumn"]}, {"birthdays": True}, {"classes": ["vip"]}])
def test_what_belongs_to_greetings_is_refused_elsewhere(extra: dict[str, Any]) -> None:
    told = faults(care(due="10 days after signed", **extra))
    assert told == {f"obligations[0].{next(iter(extra))}": "This goes with a due day counted from “greeting”."}


def test_a_greeting_comes_round_by_itself() -> None:
    told = faults(care(holidays=["mid-autumn"], every="1 year"))
    assert told == {"obligations[0]": "what comes round is counted from period_start or period_end"}


@pytest.mark.parametrize("written", ["1990-02-29", "02-30", "13-01", "5 July", "1990-7"])
def test_a_birthday_that_is_no_day_is_refused_without_repeating_it(written: str) -> None:
    told = faults(care({"name": "Li Wei", "birthday": written}, birthdays=True))
    assert told == {
        "parties[1].contacts[0].birthday": "Write a birthday such as 1990-02-28 or, without the year, 02-28."
    }


@pytest.mark.parametrize("written", ["02-29", "2-29", "--02-29", "2月29日", "1992年2月29日", "1992/2/29"])
def test_a_birthday_is_read_as_people_write_it(written: str) -> None:
    found = greeted(care({"name": "Wang", "birthday": written}, birthdays=True), "2027-06-01")
    assert found["2028-birthday-Wang"] == "2028-02-29"


def test_two_contacts_cannot_have_the_same_key() -> None:
    told = faults(care({"key": "a", "name": "One"}, {"key": "a", "name": "Two"}, birthdays=True))
    assert told == {"parties[1].contacts[1].key": "Two contacts have the key “a”."}


def test_a_contact_has_a_name() -> None:
    assert faults(care({"phone": "123"}, birthdays=True)) == {"parties[1].contacts[0].name": "This is needed."}


# ------------------------------------------------------------------------ oddities


def odd(document: dict[str, Any], *facts: Fact) -> dict[str, str]:
    draft = drafted(document)
    return {problem.place: str(problem) for problem in oddities(agreed(draft), facts, date(2026, 6, 1))}


def test_a_class_nobody_is_in_is_told() -> None:
    found = odd(care(customer_class="new", holidays=["mid-autumn"], classes=["vpi"]))
    assert found == {"obligations[0].classes": "No customer is in one of these classes today, so nobody is greeted."}
    assert odd(care(customer_class="new", holidays=["mid-autumn"], classes=["新"])) == {}


def test_birthdays_that_nobody_wrote_down_are_told() -> None:
    nameless = {"name": "Li Wei"}
    assert odd(care(nameless, birthdays=True)) == {
        "obligations[0].birthdays": "No birthday of a customer is written down yet."
    }
    assert odd(care(WANG, nameless, birthdays=True)) == {}


def test_a_change_that_does_not_say_to_which_class_is_told_where_classes_matter() -> None:
    changed = Fact("c", FactKind.CUSTOMER_CLASS_CHANGED, date(2026, 5, 1))
    matters = care(customer_class="vip", holidays=["mid-autumn"], classes=["vip"])
    assert odd(matters, changed) == {"facts[0].how": "The new customer class is not said, so no greeting changes."}
    assert odd(care(customer_class="vip", holidays=["mid-autumn"]), changed) == {}
    assert "2026-mid-autumn" in greeted(matters, "2026-06-01", changed)


# --------------------------------------------------------------------------- laws

DAYS = st.dates(date(2025, 9, 1), date(2028, 8, 31))
NAMES = st.lists(st.sampled_from(festival_names("CN")), min_size=1, max_size=4, unique=True)
CHANGES = st.lists(
    st.tuples(DAYS, st.sampled_from(["vip", "new", "老"]), st.sampled_from(["", "B", "王芳", "Li Wei"])), max_size=4
)


@given(NAMES, st.booleans(), CHANGES, DAYS, st.integers(0, 500), st.randoms(use_true_random=False))
def test_later_days_and_another_order_change_no_greeting(
    names: list[str], birthdays: bool, changes: list[tuple[date, str, str]], today: date, more: int, dice: Random
) -> None:
    document = care(WANG, LI, holidays=names, birthdays=birthdays, classes=["vip"])
    facts = [
        Fact(f"change-{number}", FactKind.CUSTOMER_CLASS_CHANGED, day, subject=subject, how=how)
        for number, (day, how, subject) in enumerate(changes)
    ]
    found = greeted(document, today.isoformat(), *facts)
    dice.shuffle(facts)
    document["parties"][1]["contacts"].reverse()
    assert greeted(document, today.isoformat(), *facts) == found
    later = greeted(document, (today + timedelta(days=more)).isoformat(), *facts)
    assert found.items() <= later.items()


@given(DAYS, NAMES)
def test_every_greeting_falls_into_the_year_it_is_named_by(today: date, names: list[str]) -> None:
    found = greeted(care(WANG, LI, holidays=names, birthdays=True), today.isoformat())
    assert all(day.startswith(name[:4]) for name, day in found.items())


# --------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("prospective", "prospective 潜在 潛在 潜在客户 潛在客戶"),
        ("new", "new New 新 新客户 新客戶"),
        ("returning", "returning old existing 老 老客户 老客戶"),
        ("vip", "vip VIP 重点 重點 贵宾 貴賓 重点客户 貴賓客戶"),
        ("gold", "gold Gold GOLD gold客户"),
    ],
)
def test_a_customer_class_is_known_by_all_its_words(name: str, words: str) -> None:
    assert {class_named(word) for word in words.split()} == {name}
