"""A contract that came from a kind is edited through its form: what the form does not show is never lost."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.kind_desk import KINDS, Document, filled, paper
from tracker.rules.kind_fill import fill, values_of
from tracker.rules.kinds import Kind

SERVICE = KINDS["customer-service"]
CRM = KINDS["crm-implementation"]


def obligation(document: Document, key: str) -> dict[str, Any]:
    return next(item for item in document["obligations"] if item["key"] == key)


def edited(kind: Kind, document: Document, **changes: str) -> Document:
    """The document after somebody opened the form, changed some blanks and saved."""
    answers = values_of(kind, document)
    done, problems = fill(kind, {**answers.values, **changes}, document, without=answers.without)
    assert done is not None, problems
    return done


def faults(kind: Kind, **values: str) -> dict[str, str]:
    """Problems by blank."""
    done, problems = fill(kind, {**kind.usual(), **values}, paper(kind))
    assert done is None
    return {problem.place: str(problem) for problem in problems}


def test_problems_stand_at_their_blanks_all_at_once() -> None:
    assert faults(SERVICE, complaint_time="soon", fee="much", visit_every="11 years", renewal_mode="", nap="1") == {
        "complaint_time": "“soon” is not a period. "
        "Write a whole number and a unit, such as “30 days”, “5 working days”, “3 months” or “60日”.",
        "fee": "Write an amount with its currency, such as 120000.00 CNY.",
        "visit_every": "This is more than 10 years.",
        "nap": "This kind of contract has no such blank.",
    }


def test_a_required_blank_is_asked_for_where_something_needs_it() -> None:
    assert faults(SERVICE, term_length="30 February") != {}
    kind = KINDS["general"]
    assert fill(kind, {**kind.usual(), "renewal_mode": ""}, paper(kind))[1] == []


def test_an_empty_blank_leaves_its_obligation_out_and_a_later_value_brings_it_back() -> None:
    without = filled(SERVICE, paper(SERVICE), complaint_time="")
    assert "complaint-answer" not in [item["key"] for item in without["obligations"]]
    assert values_of(SERVICE, without).values["complaint_time"] == ""
    back = edited(SERVICE, without, complaint_time="七个工作日")
    assert obligation(back, "complaint-answer")["due"] == "7 working days after complaint_received"


def test_an_obligation_without_blanks_can_be_switched_off() -> None:
    answers = SERVICE.usual()
    document, _ = fill(SERVICE, answers, paper(SERVICE), without=frozenset({"support"}))
    assert document is not None
    assert "support" not in [item["key"] for item in document["obligations"]]
    assert values_of(SERVICE, document).without == {"support"}
    assert edited(SERVICE, document) == document


def test_sides_follow_who_is_us() -> None:
    as_provider = filled(SERVICE, paper(SERVICE, us="B"))
    assert obligation(as_provider, "payment")["side"] == "them"
    assert obligation(as_provider, "complaint-answer")["side"] == "us"
    as_customer, _ = fill(SERVICE, values_of(SERVICE, as_provider).values, as_provider, us="A")
    assert as_customer is not None
    assert obligation(as_customer, "payment")["side"] == "us"
    assert obligation(as_customer, "complaint-answer")["side"] == "them"
    assert obligation(as_customer, "breach-cure")["side"] == "both"


def test_chinese_roles_are_understood() -> None:
    document = paper(SERVICE)
    document["parties"] = [{"role": "乙方", "name": "Acme", "us": True}, {"role": "甲方", "name": "Hualong"}]
    assert obligation(filled(SERVICE, document), "payment")["side"] == "them"


def test_what_the_kind_did_not_bring_stays_as_it_is() -> None:
    document = filled(SERVICE, paper(SERVICE))
    own = {
        "key": "lunch",
        "code": "lunch",
        "title": "Lunch with the customer",
        "due": "on period_end",
        "every": "1 year",
    }
    document["obligations"].insert(0, own)
    obligation(document, "complaint-answer")["quote"] = "收到投诉后五个工作日内答复。"
    document["fields"] = {"cost centre": "7"}
    after = edited(SERVICE, document, complaint_time="3 working days", visit_every="")
    assert after["obligations"][0] == own
    assert obligation(after, "complaint-answer")["quote"] == "收到投诉后五个工作日内答复。"
    assert obligation(after, "complaint-answer")["due"] == "3 working days after complaint_received"
    assert after["fields"] == {"cost centre": "7"}


def test_a_field_the_contract_words_in_its_own_way_is_not_touched() -> None:
    document = filled(SERVICE, paper(SERVICE))
    obligation(document, "final-settlement")["due"] = "10 days before ended"
    obligation(document, "payment")["side"] = "both"
    answers = values_of(SERVICE, document)
    assert answers.values["settlement_time"] == ""
    after = edited(SERVICE, document, payment_every="6 months")
    assert obligation(after, "final-settlement")["due"] == "10 days before ended"
    assert obligation(after, "payment")["side"] == "both"
    assert obligation(after, "payment")["every"] == "6 months"


def test_a_contract_written_by_hand_is_read_into_the_blanks() -> None:
    document = {
        **paper(CRM),
        "effect": {"conditions": ["installed", "trained"]},
        "term": {"length": "3年", "first_day_counts": True},
        "renewal": {"mode": "agreement", "notice": [{"at_least": "60日"}], "formalities": "15 days"},
        "obligations": [
            {"key": "payment", "code": "payment", "side": "us", "due": "10 days  before period_end", "every": "1 year"},
            {"key": "complaint-answer", "code": "complaint-answer", "side": "them",
             "due": "promptly after complaint_received"},
        ],
    }  # fmt: skip
    answers = values_of(CRM, document)
    shown = {name: value for name, value in answers.values.items() if document_shows(name)}
    assert shown == {
        "conditions": "installed\ntrained", "term_length": "3 years", "first_day_counts": "yes", "fee": "",
        "renewal_mode": "agreement", "windows_differ": "no", "notice_before": "60 days", "formalities": "15 days",
        "payment_time": "10 days", "payment_when": "before period_end", "payment_every": "1 year", "late_rate": "",
        "complaint_time": "“promptly”", "visit_every": "",
    }  # fmt: skip
    after = edited(CRM, document)
    assert [item["key"] for item in after["obligations"]] == ["payment", "complaint-answer"]
    assert "termination" not in after


def document_shows(name: str) -> bool:
    return name in {
        "conditions", "term_length", "first_day_counts", "fee", "renewal_mode", "windows_differ", "notice_before",
        "formalities", "payment_time", "payment_when", "payment_every", "late_rate", "complaint_time", "visit_every",
    }  # fmt: skip


def test_filling_in_leaves_the_given_document_alone() -> None:
    document = paper(SERVICE)
    before = str(document)
    filled(SERVICE, document)
    assert str(document) == before


PERIODS = st.builds("{} {}".format, st.integers(1, 9), st.sampled_from(["days", "working days"]))
YES_NO = st.sampled_from(["yes", "no"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "renewal_mode": st.sampled_from(["none", "agreement", "automatic", "option"]),
        "windows_differ": YES_NO,
        "notice_before": st.one_of(st.just(""), PERIODS),
        "their_notice_before": st.one_of(st.just(""), PERIODS),
        "endings_differ": YES_NO,
        "their_ending_notice": st.one_of(st.just(""), PERIODS),
        "formalities_within": YES_NO,
        "notice_travels": st.one_of(st.just(""), PERIODS),
        "complaint_time": st.one_of(st.just(""), st.just("及时"), PERIODS),
        "complaint_aim": st.one_of(st.just(""), PERIODS),
        "visit_every": st.one_of(st.just(""), st.just("6 months")),
        "fee": st.sampled_from(["", "100 CNY", "2,500.50 USD"]),
        "term_end": st.sampled_from(["", "2030-02-28"]),
    },
)


@given(CHANGES, st.sampled_from(["A", "B"]))
def test_opening_the_form_and_saving_it_changes_nothing(changes: dict[str, str], us: str) -> None:
    contract = filled(SERVICE, paper(SERVICE, us=us), **changes)
    assert edited(SERVICE, contract) == contract


@given(CHANGES, CHANGES)
def test_a_form_gives_the_same_contract_whatever_stood_there_before(one: dict[str, str], two: dict[str, str]) -> None:
    values = {**SERVICE.usual(), **two}
    fresh = filled(SERVICE, paper(SERVICE), **two)
    again, problems = fill(SERVICE, values, filled(SERVICE, paper(SERVICE), **one))
    assert again is not None, problems
    by_key = {item["key"]: item for item in again.pop("obligations")}
    assert by_key == {item["key"]: item for item in fresh.pop("obligations")}
    assert {name: again[name] for name in sorted(again)} == {name: fresh[name] for name in sorted(fresh)}
