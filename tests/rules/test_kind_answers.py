"""What stands in the blanks of a contract that says less than its kind, or says it in its own words."""

import pytest

from tests.rules.kind_desk import Document, filled, paper
from tests.rules.showroom import showroom
from tracker.rules.kind_fill import values_of
from tracker.rules.kind_fit import blanks_at

DESK = showroom("""
format = "kind/1"
code = "desk"
language = "en"
name = "Help desk"
[[parties]]
role = "A"
name = "Desk"
[[parties]]
role = "B"
name = "Customer"
[sections]
all = "All"
[blanks.years]
section = "all"
type = "period"
label = "Length"
default = "1 year"
[blanks.until]
section = "all"
type = "date"
label = "End"
[blanks.ours]
section = "all"
type = "period"
label = "Our notice"
[blanks.theirs]
section = "all"
type = "period"
label = "Their notice"
[blanks.reply]
section = "all"
type = "period"
label = "Answer"
default = "3 days"
[blanks.report]
section = "all"
type = "period"
label = "Report"
default = "5 days"
required = true
[blanks.level]
section = "all"
type = "choice"
label = "Level"
default = "high"
[blanks.level.choices]
low = "by letter"
middle = "by telephone"
high = "at the place"
[term]
length = "{years}"
end = "{until}"
[renewal]
mode = "agreement"
[[renewal.notice]]
side = "A"
at_least = "{ours}"
[[renewal.notice]]
side = "B"
at_least = "{theirs}"
[[obligations]]
key = "reply"
code = "complaint-response"
title = "Answer"
due = "{reply} after complaint_received"
[[obligations]]
key = "report"
code = "report"
title = "Report"
due = "{report} before term_end"
[[obligations]]
key = "call"
code = "service-response"
title = "Call back"
only_if = { level = ["middle", "high"] }
due = "1 day after service_requested"
""")
VALUES = {"ours": "30 days", "theirs": "60 days"}


def desk(**sections: object) -> Document:
    """A contract of the kind with these sections in place of its own; None leaves one out."""
    document = {**filled(DESK, paper(DESK), **VALUES), **sections}
    return {name: value for name, value in document.items() if value is not None}


def answers(document: Document) -> dict[str, str]:
    return dict(values_of(DESK, document).values)


def reworded(**changes: str) -> Document:
    """The contract with another due day of some of its obligations."""
    document = desk()
    for body in document["obligations"]:
        body["due"] = changes.get(body["key"], body["due"])
    return document


def without(*keys: str) -> Document:
    document = desk()
    return {**document, "obligations": [body for body in document["obligations"] if body["key"] not in keys]}


def test_a_contract_as_its_kind_makes_it_has_everything_in_its_blanks() -> None:
    given = {"years": "1 year", "until": "", "reply": "3 days", "report": "5 days", "level": "high"}
    assert answers(desk()) == {**given, **VALUES}


def test_a_window_for_both_is_that_of_neither_side() -> None:
    document = desk(renewal={"mode": "agreement", "notice": [{"at_least": "20 days"}]})
    assert {name: answers(document)[name] for name in VALUES} == {"ours": "", "theirs": ""}
    assert blanks_at(DESK, document, "renewal.notice[0]") == ()
    theirs = desk(renewal={"mode": "agreement", "notice": [{"side": "them", "at_least": "20 days"}]})
    assert {name: answers(theirs)[name] for name in VALUES} == {"ours": "", "theirs": "20 days"}


def test_a_blank_that_the_contract_words_in_its_own_way_is_empty_unless_it_is_required() -> None:
    found = answers(reworded(reply="on 2026-05-01", report="on 2026-05-02"))
    assert (found["reply"], found["report"]) == ("", "5 days")


def test_what_is_not_in_the_contract_is_kept_out_by_an_empty_blank_or_by_name() -> None:
    document = without("reply", "report")
    assert (answers(document)["reply"], answers(document)["report"]) == ("", "5 days")
    assert values_of(DESK, document).without == {"report"}


def test_a_term_that_is_not_there_is_kept_out_although_one_of_its_blanks_has_a_default() -> None:
    found = values_of(DESK, desk(term=None))
    assert (found.values["years"], found.values["until"], found.without) == ("", "", frozenset())


@pytest.mark.parametrize(("document", "level"), [(desk(), "high"), (without("call"), "low")])
def test_of_the_choices_that_explain_what_is_there_the_usual_one_is_shown(document: Document, level: str) -> None:
    assert answers(document)["level"] == level
