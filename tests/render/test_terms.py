"""The terms of a contract in words."""

import pytest

from tests.support.cast import contract, drafted
from tracker.render.terms import term_lines
from tracker.render.texts import texts
from tracker.rules.clauses import Obligation
from tracker.rules.counting import Nature
from tracker.rules.facts import Side
from tracker.rules.late_rates import read_late_rate
from tracker.rules.source import Source
from tracker.rules.terms import Effect


def test_a_late_fee_is_told_in_the_readers_language() -> None:
    fee = Obligation(Source("fee"), "payment", Side.THEM, None, Nature.BY, late_rate=read_late_rate("0.05% per day"))
    (_, told) = term_lines(Effect(), [fee], texts("zh-Hans"))
    assert "每日按逾期金额的0.05%" in told.words
    (_, told) = term_lines(Effect(), [fee], texts("en"))
    assert "late fee 0.05% of the overdue sum per day" in told.words


@pytest.mark.parametrize(
    ("way", "language", "told"),
    [
        ("courier", "zh-Hans", "以快递方式通知"),
        ("letter", "en", "Notice by registered letter"),
        ("pigeon", "en", "Notice by pigeon"),
    ],
)
def test_the_way_of_sending_is_told_in_the_readers_words(way: str, language: str, told: str) -> None:
    draft = drafted(contract(delivery=[{"method": way, "allowance": "3 days"}]))
    assert told in [line.name for line in term_lines(draft.effect, draft.clauses, texts(language))]


@pytest.mark.parametrize(
    ("there", "language", "told"),
    [
        ({"calendar": "HK", "cut_off": "17:00"}, "en", ["working days there: Hong Kong SAR China (HK)", "until 17:00"]),
        ({"calendar": "NONE"}, "en", ["working days there: None: every day counts"]),
        ({"calendar": "CN+OWN"}, "zh-Hans", ["送达地工作日：中国 (CN)"]),
        ({"zone": "Europe/London"}, "zh-Hant", ["時區 Europe/London"]),
    ],
)
def test_the_place_where_notices_arrive_is_told(there: dict[str, str], language: str, told: list[str]) -> None:
    """Found by reading: no working days at all were called a country NONE."""
    draft = drafted(contract(delivery=[{"method": "courier", "allowance": "3 days", **there}]))
    words = " ".join(line.words for line in term_lines(draft.effect, draft.clauses, texts(language)))
    assert [part for part in told if part not in words] == [], words
