"""Public holidays by names that last: the same word for the same holiday, whatever a place calls it.

Days as the places have announced them, lunar ones as printed calendars have them.
"""

from datetime import date

import pytest

from tracker.rules.festivals import LONGEST, festival_named, festival_names, festival_title, festivals

COMMON = {
    "new-year": "New Year's Day",
    "spring-festival-eve": "Chinese New Year's Eve",
    "spring-festival": "Chinese New Year (Spring Festival)",
    "tomb-sweeping": "Tomb-Sweeping Day",
    "labour-day": "Labor Day",
    "dragon-boat": "Dragon Boat Festival",
    "mid-autumn": "Mid-Autumn Festival",
    "double-ninth": "Chung Yeung Festival",
    "national-day": "National Day",
    "christmas": "Christmas Day",
    "vesak": "The Birthday of the Buddha",
}
"""What each is called wherever it is kept."""


@pytest.mark.parametrize(
    ("place", "days"),
    [
        ("CN", "01-01 02-16 02-17 04-05 05-01 06-19 09-25 ..... 10-01 ..... ....."),
        ("HK", "01-01 ..... 02-17 04-05 05-01 06-19 09-25 10-18 10-01 12-25 05-24"),
        ("MO", "01-01 ..... 02-17 04-05 05-01 ..... 09-25 10-18 10-01 ..... ....."),
        ("TW", "01-01 02-16 02-17 04-05 05-01 06-19 09-25 ..... 10-10 ..... ....."),
        ("SG", "01-01 ..... 02-17 ..... 05-01 ..... ..... ..... 08-09 12-25 05-31"),
        ("MY", "..... ..... 02-17 ..... 05-01 ..... ..... ..... 08-31 12-25 05-31"),
        ("VN", "01-01 ..... 02-17 ..... 05-01 ..... ..... ..... 09-02 ..... ....."),
        ("KR", "01-01 ..... ..... ..... 05-01 ..... ..... ..... ..... 12-25 05-24"),
        ("TH", "01-01 ..... ..... ..... 05-01 ..... ..... ..... 12-05 ..... ....."),
        ("IN", "..... ..... ..... ..... ..... ..... ..... ..... ..... 12-25 ....."),
    ],
)
def test_a_holiday_has_one_name_wherever_it_is_kept(place: str, days: str) -> None:
    kept = {name: day for name, day in zip(COMMON, days.split(), strict=True) if day != "....."}
    found = {one.name: one for one in festivals(place, 2026) if one.name in COMMON}
    assert {name: f"{one.day:%m-%d}" for name, one in found.items()} == kept
    assert {name: one.title for name, one in found.items()} == {name: COMMON[name] for name in kept}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("元旦", "new-year"), ("新年", "new-year"), ("除夕", "spring-festival-eve"), ("春节", "spring-festival"),
        ("春節", "spring-festival"), ("清明节", "tomb-sweeping"), ("劳动节", "labour-day"), ("勞動節", "labour-day"),
        ("五一", "labour-day"), ("端午节", "dragon-boat"), ("中秋節", "mid-autumn"), ("重阳节", "double-ninth"),
        ("重陽節", "double-ninth"), ("国庆日", "national-day"), ("國慶日", "national-day"), ("圣诞节", "christmas"),
        ("聖誕節", "christmas"), ("佛诞日", "vesak"), ("佛誕", "vesak"), (" mid-autumn ", "mid-autumn"),
        ("Hari Raya Puasa", "hari-raya-puasa"), ("Founder’s Day", "founders-day"),
    ],
)  # fmt: skip
def test_a_holiday_may_be_written_in_chinese_or_by_its_own_name(written: str, name: str) -> None:
    assert festival_named(written) == name


def test_a_name_is_cut_where_the_key_of_a_greeting_would_grow_too_long() -> None:
    assert festival_named("a" * (LONGEST + 1)) == "a" * 90


def test_the_names_of_a_place_stand_in_the_order_of_its_year() -> None:
    assert festival_names("HK") == (
        "new-year", "spring-festival", "good-friday", "easter-monday", "tomb-sweeping", "vesak", "labour-day",
        "dragon-boat", "hong-kong-special-administrative-region-establishment-day", "mid-autumn", "national-day",
        "double-ninth", "christmas",
    )  # fmt: skip
    assert festival_names("TW") == (
        "new-year", "spring-festival-eve", "spring-festival", "peace-memorial-day", "childrens-day", "tomb-sweeping",
        "labour-day", "dragon-boat", "mid-autumn", "confucius-birthday", "national-day",
        "taiwan-restoration-and-guningtou-victory-memorial-day", "constitution-day",
    )  # fmt: skip


def test_what_comes_in_most_years_has_a_name_that_lasts() -> None:
    """Mauritius keeps the Assumption and All Saints' Day by turns: seven and six times from 2020 to 2032."""
    names = festival_names("MU")
    assert ("assumption-of-the-blessed-virgin-mary" in names, "all-saints-day" in names) == (True, False)


def test_a_feast_of_several_days_that_comes_twice_in_a_year_is_two_feasts() -> None:
    found = [one.day.month for one in festivals("DZ", 2033) if one.name == "eid-al-fitr"]
    assert found == [1, 12]


@pytest.mark.parametrize("place", ["CN", "HK", "MO", "TW", "SG", "MY", "MY-14"])
def test_a_lunar_festival_is_the_same_day_and_no_guess_wherever_it_is_kept(place: str) -> None:
    """12 February 2029 is the last day of the lunar year; 22 September the fifteenth of the eighth month."""
    kept = {"spring-festival-eve": date(2029, 2, 12), "spring-festival": date(2029, 2, 13)}
    kept |= {"dragon-boat": date(2029, 6, 16), "mid-autumn": date(2029, 9, 22)}
    found = [one for one in festivals(place, 2029) if one.name in kept]
    assert {one.name: one.day for one in found}.items() <= kept.items()
    assert not any(one.estimated for one in found)
    assert date(2029, 2, 13) in [one.day for one in found]


def test_the_eve_of_the_spring_festival_was_kept_before_it_was_a_day_off() -> None:
    assert {one.name: one.day for one in festivals("CN", 2024)}["spring-festival-eve"] == date(2024, 2, 9)


@pytest.mark.parametrize("year", range(2020, 2031))
def test_the_vietnamese_national_day_is_the_second_of_september_every_year(year: int) -> None:
    assert [one.day for one in festivals("VN", year) if one.name == "national-day"] == [date(year, 9, 2)]


@pytest.mark.parametrize(
    ("place", "year", "others"),
    [
        # Christmas and New Year's Day of 2022 fell on Saturdays and were observed on the Fridays before.
        ("US", 2021, "martin-luther-king-jr-day washingtons-birthday memorial-day juneteenth-national-independence-day "
         "independence-day columbus-day veterans-day thanksgiving-day"),
        ("HK", 2026, "good-friday easter-monday hong-kong-special-administrative-region-establishment-day"),
        ("LA", 2021, "international-womens-rights-day lao-new-years-day lao-national-day"),
        ("KR", 2026, "korean-new-year independence-movement-day childrens-day local-election-day memorial-day "
         "constitution-day liberation-day chuseok national-foundation-day hangul-day"),
    ],
)  # fmt: skip
def test_days_off_beside_a_holiday_or_in_its_place_are_none(place: str, year: int, others: str) -> None:
    assert [one.name for one in festivals(place, year) if one.name not in COMMON] == others.split()


def test_a_holiday_is_titled_by_the_first_of_its_names_and_another_name_by_itself() -> None:
    assert festival_title("spring-festival") == "Chinese New Year (Spring Festival)"
    assert festival_title("founders-day") == "founders-day"
