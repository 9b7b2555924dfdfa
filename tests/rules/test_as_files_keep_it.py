"""A contract document as it is kept: every clause under its type and key, every value as files have it."""

from datetime import date
from decimal import Decimal

from tests.support.cast import bare, drafted
from tracker.rules.clauses import Obligation
from tracker.rules.terms import Delivery
from tracker.rules.written import as_files_keep, sections_of

REPORT = {"code": "report", "due": "on 2026-05-08"}
WHOLE = bare(
    effect={"when": date(2026, 1, 1)},
    term={"key": "duration", "length": "2 years", "first_day_counts": True},
    renewal={"mode": "automatic", "cap": 3, "reference": ""},
    termination=[{"notice": "30 days"}, {"key": "leave", "notice": "1 month"}, {"notice": "3 months"}],
    delivery=[{"method": "courier", "allowance": "5 days"}, {"method": "e-mail", "allowance": "0 days"}],
    obligations=[REPORT, REPORT, {**REPORT, "key": "yearly"}, {"code": "payment", "due": "on 2026-05-09"}, REPORT],
)


def test_every_clause_is_found_under_its_type_and_key() -> None:
    assert list(sections_of(WHOLE)) == [
        ("effect", "effect", {"when": "2026-01-01"}),
        ("term", "duration", {"key": "duration", "length": "2 years", "first_day_counts": True}),
        ("renewal", "renewal", {"mode": "automatic", "cap": "3"}),
        ("termination", "termination-1", {"notice": "30 days"}),
        ("termination", "leave", {"key": "leave", "notice": "1 month"}),
        ("termination", "termination-3", {"notice": "3 months"}),
        ("delivery", "delivery:1", {"method": "courier", "allowance": "5 days"}),
        ("delivery", "delivery:2", {"method": "e-mail", "allowance": "0 days"}),
        ("obligations", "report", {"key": "report", **REPORT}),
        ("obligations", "report-2", {"key": "report-2", **REPORT}),
        ("obligations", "yearly", {"key": "yearly", **REPORT}),
        ("obligations", "payment", {"key": "payment", "code": "payment", "due": "on 2026-05-09"}),
        ("obligations", "report-4", {"key": "report-4", **REPORT}),
    ]


def test_a_document_without_clauses_has_none() -> None:
    assert list(sections_of(bare())) == []


def test_the_keys_are_those_of_the_clauses_read() -> None:
    found = [clause.source.key for clause in drafted(WHOLE).clauses if not isinstance(clause, Delivery)]
    assert [key for type_, key, _body in sections_of(WHOLE) if type_ not in ("effect", "delivery")] == found
    assert [clause.source.key for clause in drafted(WHOLE).clauses if isinstance(clause, Obligation)][-1] == "report-4"


def test_values_are_text_or_yes_and_no_and_what_is_empty_is_left_out() -> None:
    given = {
        "day": date(2026, 5, 1), "sum": Decimal("1.50"), "number": 0, "yes": True, "no": False, 7: "seven",
        "nothing": None, "empty": "", "list": [1, None, (True, date(2026, 5, 2))], "deep": {"gone": None, "kept": 2},
    }  # fmt: skip
    assert as_files_keep(given) == {
        "day": "2026-05-01", "sum": "1.50", "number": "0", "yes": True, "no": False, "7": "seven",
        "list": ["1", None, [True, "2026-05-02"]], "deep": {"kept": "2"},
    }  # fmt: skip
