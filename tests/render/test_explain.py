"""A count in words: what a lawyer reads to check it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.counted import AFTER, BEFORE, counted
from tests.support.cast import bare, deadlines, fact
from tracker.render.citations import LAWS, citation
from tracker.render.days_off import days_off
from tracker.render.explain import full_list, sentence, step_lines
from tracker.render.holiday_names import NAMES
from tracker.render.periods import period_words
from tracker.render.texts import texts
from tracker.rules.calendars import NONE, DayOff, Reason
from tracker.rules.conventions import Articles, Convention, Direction
from tracker.rules.counting import FirstDay, Nature, Reading, ReadingName, Step, StepKind
from tracker.rules.periods import Period, Unit
from tracker.rules.places import working_calendar
from tracker.rules.presets import PRESETS

ENGLISH, CHINESE = texts("en"), texts("zh-Hans")


def test_a_count_that_moves_is_told_in_one_sentence() -> None:
    assert sentence(counted("2026-09-01", "30 days"), ENGLISH) == (
        "30 days after 1 Sept 2026: 1 Oct 2026, which is off (National Day) and moves to 8 Oct 2026; "
        "to be safe, act by 30 Sept 2026."
    )


def test_the_full_list_gives_every_step_its_article_and_every_reading_its_day() -> None:
    assert full_list(counted("2026-09-01", "30 days"), ENGLISH) == (
        "1 Sept 2026, the day of the event, is not counted (PRC Civil Code, art. 201).",
        "Counting 30 days from 2 Sept 2026 leads to 1 Oct 2026 (PRC Civil Code, art. 200).",
        "1 Oct 2026 is off (National Day), so it moves on to the next working day, 8 Oct 2026 "
        "(PRC Civil Code, art. 203).",
        "If a day off does not move the last day: 1 Oct 2026.",
        "The safe day, under every reading: 30 Sept 2026.",
        "1 Oct 2026 is off (National Day), so it moves back to the working day before, 30 Sept 2026.",
    )


def test_the_same_is_told_in_chinese_as_chinese_lawyers_write_it() -> None:
    result = counted("2026-09-01", "30 days")
    assert sentence(result, CHINESE) == (
        "2026年9月1日之后30日：2026年10月1日，该日为休息日（国庆节），调整至2026年10月8日；"
        "为稳妥起见，应不迟于2026年9月30日办理。"
    )
    assert full_list(result, CHINESE)[:3] == (
        "开始的当日2026年9月1日不计入（《民法典》第201条）。",
        "自2026年9月2日起算30日，至2026年10月1日（《民法典》第200条）。",
        "2026年10月1日为休息日（国庆节），顺延至其后第一个工作日2026年10月8日（《民法典》第203条）。",
    )


@pytest.mark.parametrize(
    ("day", "period", "direction", "nature", "first_day", "said"),
    [
        ("2026-12-31", "60 days", BEFORE, Nature.BY, None, "60 days before 31 Dec 2026: 1 Nov 2026; "
         "to be safe, act by 30 Oct 2026."),
        ("2024-01-01", "3 years", AFTER, Nature.STATE, FirstDay.COUNTED,
         "3 years from 1 Jan 2024, counting that day: 31 Dec 2026."),
        ("2026-12-31", "1 month", BEFORE, Nature.STATE, FirstDay.COUNTED,
         "1 month back from 31 Dec 2026, counting that day: 1 Dec 2026."),
        ("2026-01-30", "30 days", AFTER, Nature.NOT_BEFORE, None,
         "30 days after 30 Jan 2026: 1 Mar 2026; to be safe, not before 2 Mar 2026."),
        ("2027-02-28", "1 month", BEFORE, Nature.UNTIL, None,
         "1 month before 28 Feb 2027: 28 Jan 2027; to be safe, until the end of 31 Jan 2027."),
        ("2026-12-20", "30 days", AFTER, Nature.BY, None, "30 days after 20 Dec 2026: 19 Jan 2027; "
         "provisional, because the working days of 2027 are not known yet."),
        ("2026-03-02", "0 days", AFTER, Nature.BY, None, "On the day itself: 2 Mar 2026."),
        ("2026-03-02", "及时", AFTER, Nature.BY, None, "No number is given, so no day can be known."),
    ],
)  # fmt: skip
def test_each_kind_of_count_has_its_sentence(
    day: str, period: str, direction: Direction, nature: Nature, first_day: FirstDay | None, said: str
) -> None:
    assert sentence(counted(day, period, direction, nature=nature, first_day=first_day), ENGLISH) == said


def test_the_list_ends_by_saying_what_is_not_settled() -> None:
    last = full_list(counted("2026-12-20", "30 days"), ENGLISH)[-1]
    assert last == "Provisional, because the working days of 2027 are not known yet."


def test_without_a_number_the_list_says_just_that() -> None:
    result = counted("2026-03-02", "promptly")
    assert full_list(result, ENGLISH) == (sentence(result, ENGLISH),)


def test_nothing_is_said_about_a_safe_day_that_is_the_legal_day() -> None:
    lines = full_list(counted("2026-02-07", "7 days"), ENGLISH)
    assert lines[-1] == "14 Feb 2026 is on a weekend but worked in exchange for another day, and stays."


def test_days_left_out_are_named_and_plain_weekends_counted() -> None:
    step = counted("2026-02-12", "10 working days").steps[1]
    assert step_lines([step], ENGLISH) == (
        "Counting 10 working days from 13 Feb 2026 leads to 4 Mar 2026, leaving out 15 Feb 2026 to 23 Feb 2026 "
        "(Chinese New Year's Eve, Chinese New Year (Spring Festival), day off in exchange for a working day), "
        "1 weekend day.",
    )


def test_days_off_are_told_in_the_order_of_the_calendar_whatever_way_they_were_passed() -> None:
    days = [
        DayOff(date(2026, 5, 3), Reason.WEEKEND),
        DayOff(date(2026, 5, 1), Reason.HOLIDAY, "Labor Day; Fair"),
        DayOff(date(2026, 5, 2), Reason.HOLIDAY),
        DayOff(date(2026, 4, 25), Reason.WEEKEND),
        DayOff(date(2026, 4, 26), Reason.WEEKEND),
        DayOff(date(2026, 6, 19), Reason.HOLIDAY, "Dragon Boat Festival"),
    ]
    told = "1 May 2026 to 3 May 2026 (Labor Day, Fair, holiday), 19 Jun 2026 (Dragon Boat Festival), 2 weekend days"
    assert days_off(days, ENGLISH) == told
    assert days_off(days[::-1], ENGLISH) == told


def test_a_weekend_is_told_by_its_day() -> None:
    lines = full_list(counted("2026-05-15", "15 days"), ENGLISH)
    assert any(line.startswith("30 May 2026 is off (Saturday), so it moves on") for line in lines)


def test_a_rule_of_the_contract_itself_is_cited_by_its_clause() -> None:
    own = Convention(articles=Articles(excluded="clause/12.2"))
    first = counted("2026-03-02", "1 day", rules=own, calendar=NONE).steps[0]
    assert step_lines([first], ENGLISH) == (
        "2 Mar 2026, the day of the event, is not counted (clause 12.2 of the contract).",
    )


def test_an_unknown_law_is_cited_as_it_stands() -> None:
    assert citation("Lex Rhodia, 3", ENGLISH) == "Lex Rhodia, 3"


def test_every_article_of_every_preset_belongs_to_a_law_with_a_name() -> None:
    for preset in PRESETS.values():
        for convention in (preset.after, preset.before, preset.before_months or preset.after):
            articles = convention.articles
            cited = [getattr(articles, field) for field in Articles.__dataclass_fields__]
            assert {article.partition("/")[0] for article in cited if article} <= LAWS.keys()


@pytest.mark.parametrize("kind", list(StepKind))
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("end", [date(2026, 3, 9), date(2026, 2, 27)])
def test_every_kind_of_step_has_words_in_every_language(kind: StepKind, language: str, end: date) -> None:
    off = (DayOff(date(2026, 3, 2), Reason.HOLIDAY, "Fair"),)
    (line,) = step_lines([Step(kind, date(2026, 3, 2), end, "", Period(7, Unit.DAY), off)], texts(language))
    assert any(texts(language).date(day) in line for day in (end, date(2026, 3, 2)))
    assert "%" not in line
    assert line.endswith("." if language == "en" else "。")


@pytest.mark.parametrize("name", list(ReadingName))
def test_every_reading_has_words(name: ReadingName) -> None:
    result = counted("2026-12-31", "60 days", BEFORE)
    other = Reading(name, date(2026, 3, 4), ())
    lines = full_list(replace(result, readings=(result.readings[0], other)), ENGLISH)
    assert any(line.endswith(": 4 Mar 2026.") for line in lines)


@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_has_its_words(unit: Unit) -> None:
    name = unit.replace("_", "-" if unit is Unit.HALF_YEAR else " ")
    assert [period_words(Period(n, unit), ENGLISH) for n in (1, 2)] == [f"1 {name}", f"2 {name}s"]


def test_words_without_a_number_are_quoted() -> None:
    assert period_words(Period.unspecified("及时"), ENGLISH) == "“及时”"


@pytest.mark.parametrize("place", ["CN", "HK"])
def test_the_holidays_of_china_and_hong_kong_can_be_translated(place: str) -> None:
    recent = {name for day, name in working_calendar(place).holidays.items() if 2016 <= day.year <= 2045}
    assert {part for name in recent for part in name.split("; ")} <= set(NAMES)


# ------------------------------------------------------ days that are not counted


def told(document: dict[str, Any], key: str, language: str) -> tuple[str, str]:
    """The sentence about a deadline, and the line of its list that tells why it is another day."""
    words, found = texts(language), deadlines(document, "2026-06-01")[key]
    line = next(step for step in found.steps if step.kind in EVENTS)
    return sentence(found, words), step_lines([line], words)[0]


EVENTS = (StepKind.MOVED_BY_HAND, StepKind.PUT_OFF, StepKind.INTERRUPTED)
RENT = bare(
    obligations=[{"code": "payment", "due": "10 days after signed"}],
    facts=[fact("signed", "2026-01-12")],
    adjustments=[{"action": "move", "of": "payment/1", "day": "2026-02-03", "reason": "Agreed on the phone."}],
)
COMPLAINT = bare(
    obligations=[{"code": "complaint-answer", "due": "5 working days after complaint_received"}],
    facts=[fact("complaint_received", "2026-03-02"), fact("complaint_extended", "2026-03-06", until="2026-03-16")],
)
CLAIM = bare(
    obligations=[{"code": "limitation", "due": "3 years after overdue_payment"}],
    facts=[fact("overdue_payment", "2025-03-10"), fact("notice_served", "2026-05-20", about="overdue_payment-1")],
)


@pytest.mark.parametrize(
    ("document", "key", "language", "said", "line"),
    [
        (RENT, "payment/1", "en", "10 days after 12 Jan 2026: 22 Jan 2026, set by hand to 3 Feb 2026.",
         "Somebody set this one date by hand: 3 Feb 2026 instead of 22 Jan 2026."),
        (RENT, "payment/1", "zh-Hans", "2026年1月12日之后10日：2026年1月22日，人工调整为2026年2月3日。",
         "此日期经人工调整：由2026年1月22日改为2026年2月3日。"),
        (RENT, "payment/1", "zh-Hant", "2026年1月12日之後10日：2026年1月22日，人工調整為2026年2月3日。",
         "此日期經人工調整：由2026年1月22日改為2026年2月3日。"),
        (COMPLAINT, "complaint-answer/complaint_received-1", "en",
         "5 working days after 2 Mar 2026: 9 Mar 2026, put off in time to 16 Mar 2026.",
         "Word came by 9 Mar 2026, in time, that it would be 16 Mar 2026."),
        (COMPLAINT, "complaint-answer/complaint_received-1", "zh-Hans",
         "2026年3月2日之后5个工作日：2026年3月9日，经按期通知延至2026年3月16日。",
         "已于2026年3月9日或之前按期通知，延至2026年3月16日。"),
        (CLAIM, "limitation/overdue_payment-1", "en",
         "3 years after 20 May 2026: 20 May 2029, which is off (Sunday) and moves to 21 May 2029; to be safe, act by "
         "18 May 2029; provisional, because the working days of 2029 are not known yet.",
         "What had run since 10 Mar 2025 was interrupted on 20 May 2026 and is counted anew "
         "(PRC Civil Code, art. 195)."),
        (CLAIM, "limitation/overdue_payment-1", "zh-Hans",
         "2026年5月20日之后3年：2029年5月20日，该日为休息日（星期日），调整至2029年5月21日；为稳妥起见，应不迟于"
         "2029年5月18日办理；暂定，因2029年的工作日安排尚未公布或收录。",
         "自2025年3月10日起进行的期间于2026年5月20日中断，重新起算（《民法典》第195条）。"),
    ],
)  # fmt: skip
def test_a_day_that_follows_from_an_event_says_so_in_every_language(
    document: dict[str, Any], key: str, language: str, said: str, line: str
) -> None:
    assert told(document, key, language) == (said, line)


def test_a_day_set_by_hand_is_told_beside_a_last_day_that_has_no_count() -> None:
    """Within the last days before the end the last lawful day is the end itself; there is nothing to count."""
    document = bare(
        effect={"when": "2026-01-01"},
        term={"length": "1 year", "first_day_counts": True},
        obligations=[{"code": "unfinished-business", "due": "within 30 days before term_end"}],
        adjustments=[{"action": "move", "of": "unfinished-business/1", "day": "2026-12-15", "reason": "Agreed."}],
    )
    found = deadlines(document, "2026-06-01")["unfinished-business/1"]
    assert sentence(found, ENGLISH) == "31 Dec 2026, set by hand to 15 Dec 2026."
