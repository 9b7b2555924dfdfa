"""What happens on the way: an answer put off, a third party nobody agreed to, consent withdrawn, performance suspended.

Days off in 2026 as in the stories of codes: 1-5 May, 25-27 September, 1-7 October; 9 May and 10 October are worked.
"""

import pytest

from tests.stories.conftest import Team
from tests.stories.telling import agreed
from tracker.records.deadlines import State

ANSWER = "complaint-answer/complaint_received-1"


# ------------------------------------------------------------------ complaints


@pytest.fixture
def complained(team: Team) -> int:
    """A complaint of 29 April: five working days are 30 April, 6, 7, 8 and Saturday 9 May."""
    contract = team.record(
        agreed({"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"})
    )
    team.happens(contract, "complaint_received", "2026-04-29", by="them", subject="Ruifeng")
    assert team.legal(contract, ANSWER) == "2026-05-09"
    return contract


@pytest.mark.parametrize("told", ["2026-05-08", "2026-05-09"])
def test_an_answer_put_off_in_time_is_due_on_the_later_day(team: Team, complained: int, told: str) -> None:
    team.happens(complained, "complaint_extended", told, subject="Ruifeng", until="2026-05-20")
    assert team.legal(complained, ANSWER) == "2026-05-20"
    assert "20 May 2026" in team.page(complained, ANSWER)
    team.log(complained, ANSWER, "2026-05-20")
    assert team.deadline(complained, ANSWER).state is State.DONE


def test_an_answer_put_off_too_late_stays_due_when_it_was(team: Team, complained: int) -> None:
    said = team.is_asked(complained, "complaint_extended", "2026-05-11", subject="Ruifeng", until="2026-05-20")
    assert "this puts nothing off" in said
    team.happens(complained, "complaint_extended", "2026-05-11", subject="Ruifeng", until="2026-05-20")
    assert team.legal(complained, ANSWER) == "2026-05-09"
    assert "2 days overdue" in team.page(complained, ANSWER)


# --------------------------------------------------------------- third parties


@pytest.fixture
def sharing(team: Team) -> int:
    """A third party may step in, with notice 15 days ahead."""
    return team.record(agreed({"code": "third-party-notice", "side": "us", "due": "15 days before third_party_start"}))


def test_a_third_party_engaged_without_consent_is_asked_about_and_stays_in_sight(team: Team, sharing: int) -> None:
    team.happens(sharing, "third_party_proposed", "2026-02-10", subject="Fuda", until="2026-03-16")
    notice = "third-party-notice/third_party_proposed-1"
    assert team.legal(sharing, notice) == "2026-03-01"  # 16 less 15
    said = team.is_asked(sharing, "third_party_engaged", "2026-03-16", subject="Fuda")
    assert "The third party stepped in without consent on record: Fuda." in said
    page = team.happens(sharing, "third_party_engaged", "2026-03-16", subject="Fuda")
    assert "stepped in without consent" in page
    assert team.deadline(sharing, notice).state is State.OPEN


def test_a_third_party_agreed_to_may_step_in(team: Team, sharing: int) -> None:
    team.happens(sharing, "third_party_proposed", "2026-02-10", subject="Fuda", until="2026-03-16")
    team.happens(sharing, "third_party_consented", "2026-02-25", by="them", subject="Fuda")
    row = team.deadline(sharing, "third-party-notice/third_party_proposed-1")
    assert (row.state, [str(done.done_on) for done in row.completions]) == (State.DONE, ["2026-02-25"])
    page = team.happens(sharing, "third_party_engaged", "2026-03-16", subject="Fuda")
    assert "stepped in without consent" not in page


# --------------------------------------------------------------------- consent


def test_consent_settles_what_waits_for_it_and_its_withdrawal_starts_another_clock(team: Team) -> None:
    before = {"key": "consent", "code": "consent-record", "side": "us", "due": "10 days after effective"}
    stop = {"key": "stop", "code": "consent-record", "side": "us", "due": "3 working days after consent_withdrawn"}
    contract = team.record(agreed(before, stop))
    assert team.legal(contract, "consent/1") == "2026-01-15"
    team.happens(contract, "consent_given", "2026-01-12", by="them")
    assert team.deadline(contract, "consent/1").state is State.DONE
    team.happens(contract, "consent_withdrawn", "2026-10-09", by="them")
    assert team.legal(contract, "stop/consent_withdrawn-1") == "2026-10-13"  # Saturday 10, which is worked; 12, 13
    assert team.deadline(contract, "consent/1").state is State.DONE
    team.log(contract, "stop/consent_withdrawn-1", "2026-10-12")
    assert team.deadline(contract, "stop/consent_withdrawn-1").state is State.DONE


# ------------------------------------------------------------------ suspension


def test_what_falls_due_while_performance_is_suspended_is_owed_again_once_it_is_resumed(team: Team) -> None:
    visit = {"code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "3 months"}
    contract = team.record(agreed(visit))
    team.happens(contract, "performance_suspended", "2026-03-20", by="us")
    row = team.deadline(contract, "follow-up-visit/1")  # Saturday 4 April: Tuesday 7
    assert (row.state, str(row.legal), row.remind_on) == (State.SUSPENDED, "2026-04-07", None)
    team.happens(contract, "performance_resumed", "2026-05-11", by="us")
    row = team.deadline(contract, "follow-up-visit/1")
    assert (row.state, str(row.legal)) == (State.OPEN, "2026-04-07")
    assert "34 days overdue" in team.page(contract, "follow-up-visit/1")
