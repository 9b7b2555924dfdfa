"""Words, dates and sums in each language."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tracker.render.texts import LANGUAGES, texts

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("language", "day", "long", "month"),
    [
        ("en", "5 Mar 2026", "Thursday, 5 March 2026", "March 2026"),
        ("zh-Hans", "2026年3月5日", "2026年3月5日星期四", "2026年3月"),
        ("zh-Hant", "2026年3月5日", "2026年3月5日 星期四", "2026年3月"),
    ],
)
def test_a_day_is_never_written_in_figures_alone(language: str, day: str, long: str, month: str) -> None:
    words = texts(language)
    assert (words.date(DAY), words.long_date(DAY), words.month(DAY)) == (day, long, month)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sum_names_its_currency(language: str) -> None:
    words = texts(language)
    assert words.money(Decimal("1200.5"), "CNY").replace("\xa0", " ") == "CNY 1,200.50"
    assert words.money(Decimal("1200"), "JPY").replace("\xa0", " ") == "JPY 1,200"


def test_an_instant_is_told_on_the_clock_of_its_zone() -> None:
    instant = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)
    assert (
        texts("en").datetime(instant, ZoneInfo("Asia/Shanghai"), name_zone=True) == "6 Mar 2026 01:30 (Asia/Shanghai)"
    )


def test_a_text_nobody_translated_is_said_in_english() -> None:
    assert texts("zh-Hans").gettext("nobody ever said %(what)s", what="this") == "nobody ever said this"


def test_numbers_choose_their_form() -> None:
    said = [texts(language).ngettext("in %(n)s day", "in %(n)s days", n) for language in LANGUAGES for n in (1, 2)]
    assert said == ["in 1 day", "in 2 days", "还有 1 天", "还有 2 天", "還有 1 天", "還有 2 天"]


def test_each_language_has_its_own_words() -> None:
    assert [texts(language).gettext("Contracts") for language in LANGUAGES] == ["Contracts", "合同", "合約"]


def test_a_language_that_is_not_ours_is_refused() -> None:
    with pytest.raises(KeyError):
        texts("tlh")
