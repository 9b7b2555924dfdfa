"""Reading a year's official arrangement, in the words in which it is announced."""

from datetime import date, timedelta

import pytest

from tracker.rules.arrangement import read_arrangement
from tracker.rules.places import working_calendar

ANNOUNCED_2026 = """
根据规定，现将2026年元旦等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班。
"""


def test_the_announcement_of_2026_gives_the_same_working_days_as_the_known_calendar() -> None:
    found, problems = read_arrangement(ANNOUNCED_2026, 2026)
    assert problems == []
    known = working_calendar("CN")
    learned = known.with_year(2026, found.off, found.on)
    days = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
    assert [day for day in days if learned.is_open(day) != known.is_open(day)] == []
    assert sorted(found.on) == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]


def test_a_table_is_read_as_well() -> None:
    found, problems = read_arrangement("2027-01-01,off,元旦\n2027/1/3\ton\n", 2027)
    assert problems == []
    assert (found.off, found.on) == ({date(2027, 1, 1): "元旦"}, {date(2027, 1, 3)})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一、元旦：1月1日（周四）至3日（周六）放假，共3天。", "is not a 周四"),
        ("一、元旦：1月1日至3日放假，共4天。", "3 days read, but the text says 4"),
        ("一、元旦：1月3日至1日放假。", "run backwards"),
        ("一、元旦：2月30日放假。", "There is no such day"),
        ("一、元旦：2026年1月1日放假。", "is not a day of 2027"),
        ("一、元旦：1月1日至3日放假。1月3日上班。", "both off and worked"),
        ("2027-01-01,closed", "off or on"),
        ("nothing of use", "No days off"),
    ],
)
def test_a_doubtful_text_is_refused_with_its_reason(text: str, said: str) -> None:
    _, problems = read_arrangement(text, 2027)
    assert any(said in str(problem) for problem in problems), [str(problem) for problem in problems]
