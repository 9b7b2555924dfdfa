"""Third parties: notice and consent before they step in, whatever becomes of the plan."""

from datetime import date
from typing import Any

from tests.support.cast import bare, deadlines, fact
from tracker.rules.deadlines import Deadline

NOTICE = {"code": "third-party-notice", "side": "us", "due": "15 days before third_party_start"}
CHECK = {"code": "third-party-qualification", "side": "us", "due": "5 days before third_party_start"}


def proposed(day: str, until: str = "", subject: str = "Xinda", **more: str) -> dict[str, Any]:
    return fact("third_party_proposed", day, until=until, subject=subject, **more)


def consented(day: str, subject: str = "Xinda", **more: str) -> dict[str, Any]:
    return fact("third_party_consented", day, subject=subject, **more)


def engaged(day: str, subject: str = "Xinda", **more: str) -> dict[str, Any]:
    return fact("third_party_engaged", day, subject=subject, **more)


def found(*facts: dict[str, Any], obligation: dict[str, Any] = NOTICE, **more: Any) -> dict[str, Deadline]:
    document = bare(obligations=[obligation], facts=list(facts), **more)
    return {key.partition("/")[2]: item for key, item in deadlines(document, "2026-06-01").items()}


def days(*facts: dict[str, Any]) -> dict[str, str]:
    return {key: item.legal.isoformat() if item.legal else "" for key, item in found(*facts).items()}


def consents(*facts: dict[str, Any]) -> dict[str, str | None]:
    return {key: item.met_by for key, item in found(*facts).items()}


# ------------------------------------------------------------------ the day


def test_notice_is_due_so_long_before_the_planned_start() -> None:
    """To step in on 1 April 2026: 15 days before that is 17 March."""
    items = found(proposed("2026-02-02", "2026-04-01"))
    assert list(items) == ["third_party_proposed-1"]
    item = items["third_party_proposed-1"]
    assert (item.legal, item.subject) == (date(2026, 3, 17), "Xinda")
    assert (item.started_by, item.since) == ("third_party_proposed-1", date(2026, 4, 1))


def test_a_proposal_without_a_planned_start_waits_for_it() -> None:
    item = found(proposed("2026-02-02"))["third_party_proposed-1"]
    assert (item.legal, item.waits_for, item.subject) == (None, "third_party_start", "Xinda")


def test_where_nobody_has_said_when_it_is_the_day_it_stepped_in() -> None:
    assert days(proposed("2026-02-02"), engaged("2026-04-01")) == {"third_party_proposed-1": "2026-03-17"}


def test_stepping_in_sooner_than_planned_makes_notice_due_sooner() -> None:
    plan = proposed("2026-02-02", "2026-04-01")
    assert days(plan, engaged("2026-03-20")) == {"third_party_proposed-1": "2026-03-05"}
    assert days(plan, engaged("2026-05-20")) == {"third_party_proposed-1": "2026-03-17"}


def test_a_third_party_that_nobody_proposed_counts_from_the_day_it_stepped_in() -> None:
    assert days(engaged("2026-04-01")) == {"third_party_engaged-1": "2026-03-17"}


def test_third_parties_are_told_apart_by_their_names() -> None:
    told = [
        proposed("2026-02-02", "2026-04-01"),
        proposed("2026-02-03", "2026-05-01", "Meihe"),
        engaged("2026-03-20", "meihe "),
    ]
    assert days(*told) == {"third_party_proposed-1": "2026-03-17", "third_party_proposed-2": "2026-03-05"}


def test_an_engagement_may_say_itself_which_proposal_it_follows() -> None:
    told = [proposed("2026-02-02"), engaged("2026-04-01", "Xinda Ltd", about="third_party_proposed-1")]
    assert days(*told) == {"third_party_proposed-1": "2026-03-17"}


def test_a_proposal_made_after_it_stepped_in_is_another_time() -> None:
    told = [engaged("2026-02-02"), proposed("2026-04-01", "2026-05-01")]
    assert days(*told) == {"third_party_engaged-1": "2026-01-18", "third_party_proposed-1": "2026-04-16"}


def test_names_are_the_same_whatever_their_capitals_and_spaces() -> None:
    told = proposed("2026-02-02", "2026-04-01", "Xin Da  Ltd")
    assert list(days(told, engaged("2026-03-20", " xin da ltd"))) == ["third_party_proposed-1"]
    assert len(days(told, engaged("2026-03-20", "xinda ltd"))) == 2


def test_proposed_and_stepping_in_on_the_same_day_is_one_time() -> None:
    assert list(days(proposed("2026-02-02"), engaged("2026-02-02"))) == ["third_party_proposed-1"]


def test_stepping_in_follows_the_last_of_several_proposals() -> None:
    told = [proposed("2026-01-05", "2026-02-02"), proposed("2026-03-02", "2026-05-01"), engaged("2026-04-20")]
    assert days(*told) == {"third_party_proposed-1": "2026-01-18", "third_party_proposed-2": "2026-04-05"}


def test_without_a_third_party_nothing_is_due() -> None:
    assert days() == {}


# -------------------------------------------------------------------- consent


def test_consent_settles_the_notice_of_its_third_party_and_no_other() -> None:
    told = [proposed("2026-02-02", "2026-04-01"), proposed("2026-02-03", "2026-05-01", "Meihe")]
    assert consents(*told, consented("2026-03-02", "Meihe")) == {
        "third_party_proposed-1": None,
        "third_party_proposed-2": "third_party_consented-1",
    }
    met = found(*told, consented("2026-03-02", "Meihe"))["third_party_proposed-2"]
    assert met.met_on == date(2026, 3, 2)


def test_the_first_consent_counts_and_one_too_late_is_still_one() -> None:
    told = [proposed("2026-02-02", "2026-04-01"), consented("2026-04-20"), consented("2026-05-20")]
    assert found(*told)["third_party_proposed-1"].met_on == date(2026, 4, 20)


def test_consent_before_a_third_party_that_nobody_proposed() -> None:
    assert consents(consented("2026-03-02"), engaged("2026-04-01")) == {
        "third_party_engaged-1": "third_party_consented-1"
    }


def test_proposed_once_more_it_needs_consent_once_more() -> None:
    told = [proposed("2026-02-02", "2026-03-01"), consented("2026-02-10"), proposed("2026-04-01", "2026-05-01")]
    assert consents(*told) == {"third_party_proposed-1": "third_party_consented-1", "third_party_proposed-2": None}


def test_consent_that_says_what_it_is_about_is_about_that() -> None:
    told = [proposed("2026-02-02", "2026-03-01"), proposed("2026-04-01", "2026-05-01")]
    assert consents(*told, consented("2026-04-10", "", about="third_party_proposed-1")) == {
        "third_party_proposed-1": "third_party_consented-1",
        "third_party_proposed-2": None,
    }


def test_consent_is_about_the_last_time_before_it_whether_proposed_or_not() -> None:
    told = [engaged("2026-02-02"), proposed("2026-04-01", "2026-05-01"), consented("2026-04-10")]
    assert consents(*told) == {"third_party_engaged-1": None, "third_party_proposed-1": "third_party_consented-1"}


def test_consent_checks_no_qualification() -> None:
    items = found(proposed("2026-02-02", "2026-04-01"), consented("2026-03-02"), obligation=CHECK)
    assert (items["third_party_proposed-1"].met_by, items["third_party_proposed-1"].legal) == (None, date(2026, 3, 27))


def test_consent_settles_the_notice_even_before_anybody_has_said_when() -> None:
    assert consents(proposed("2026-02-02"), consented("2026-03-02")) == {
        "third_party_proposed-1": "third_party_consented-1"
    }


def test_consent_settles_notice_of_an_obligation_that_counts_from_the_engagement_itself() -> None:
    told = [proposed("2026-02-02"), consented("2026-03-02"), engaged("2026-04-01")]
    items = found(*told, obligation={**NOTICE, "due": "15 days before third_party_engaged"})
    assert items["third_party_engaged-1"].met_by == "third_party_consented-1"


# ------------------------------------------------------------------ documents


def test_a_document_may_show_any_step_of_the_third_party() -> None:
    told = [
        proposed("2026-02-02", "2026-04-01"),
        consented("2026-03-02"),
        engaged("2026-04-01"),
        engaged("2026-04-02", "Meihe"),
    ]
    wanted = {**CHECK, "code": "third-party-cap", "paper": "third-party-agreement"}
    for key in ("third_party_proposed-1", "third_party_consented-1", "third_party_engaged-1"):
        paper = {"kind": "third-party-agreement", "day": "2026-03-10", "fact": key, "note": "Filed."}
        items = found(*told, obligation=wanted, papers=[paper])
        assert {name: item.met_by for name, item in items.items()} == {
            "third_party_proposed-1": "paper:third-party-agreement-1",
            "third_party_engaged-2": None,
        }


def test_a_document_that_names_no_step_is_of_no_third_party() -> None:
    paper = {"kind": "third-party-agreement", "day": "2026-03-10", "note": "Filed."}
    wanted = {**CHECK, "paper": "third-party-agreement"}
    item = found(proposed("2026-02-02", "2026-04-01"), obligation=wanted, papers=[paper])["third_party_proposed-1"]
    assert item.met_by is None


def test_an_agreement_is_asked_for_with_each_engagement() -> None:
    wanted = {
        "code": "third-party-agreement",
        "due": "10 days after third_party_engaged",
        "paper": "third-party-agreement",
    }
    paper = {"kind": "third-party-agreement", "day": "2026-04-10", "fact": "third_party_engaged-2", "note": "Filed."}
    items = found(engaged("2026-04-01"), engaged("2026-04-02", "Meihe"), obligation=wanted, papers=[paper])
    assert {name: item.met_by for name, item in items.items()} == {
        "third_party_engaged-1": None,
        "third_party_engaged-2": "paper:third-party-agreement-1",
    }


# ------------------------------------------------------- consent of the customer

RECORD = {"code": "consent-record", "due": "on 2026-03-02"}
STOP = {"code": "consent-record", "due": "3 working days after consent_withdrawn"}


def test_consent_given_is_the_consent_that_was_to_be_on_record() -> None:
    item = found(fact("consent_given", "2026-02-20"), obligation=RECORD)["1"]
    assert (item.met_by, item.met_on) == ("consent_given-1", date(2026, 2, 20))


def test_consent_given_once_settles_no_review_that_comes_round() -> None:
    review = {"code": "consent-record", "due": "on period_end", "every": "1 quarter", "until": "1 year"}
    items = found(fact("consent_given", "2026-02-20"), obligation=review, effect={"when": "2026-01-01"})
    assert [item.met_by for item in items.values()] == [None] * 4


def test_consent_given_settles_no_other_obligation() -> None:
    assert found(fact("consent_given", "2026-02-20"), obligation={**RECORD, "code": "report"})["1"].met_by is None


def test_consent_of_somebody_by_name_is_not_everybodys() -> None:
    assert found(fact("consent_given", "2026-02-20", subject="Meihe"), obligation=RECORD)["1"].met_by is None


def test_consent_withdrawn_starts_the_time_to_stop_and_new_consent_does_not_end_it() -> None:
    """Withdrawn on Thursday 30 April 2026: the holiday runs to 5 May, the third working day is Friday the 8th."""
    told = [fact("consent_given", "2026-02-20"), fact("consent_withdrawn", "2026-04-30", subject="Meihe")]
    items = found(*told, fact("consent_given", "2026-05-06"), obligation=STOP)
    item = items["consent_withdrawn-1"]
    assert (item.legal, item.met_by, item.subject) == (date(2026, 5, 8), None, "Meihe")


def test_where_consent_is_to_be_on_file_only_the_document_will_do() -> None:
    wanted = {**RECORD, "paper": "consent"}
    given = fact("consent_given", "2026-02-20")
    assert found(given, obligation=wanted)["1"].met_by is None
    paper = {"kind": "consent", "day": "2026-02-21", "note": "Signed by hand.", "fact": "consent_given-1"}
    assert found(given, obligation=wanted, papers=[paper])["1"].met_by == "paper:consent-1"
