"""What happens on the way: an answer put off, a third party nobody agreed to, money that comes late, an end confirmed.

Days off in 2026 as in the stories of codes: 1-5 May, 25-27 September, 1-7 October; 9 May and 10 October are worked.
"""

from typing import Any

import pytest

from tests.stories.conftest import Team
from tests.stories.telling import AGREED
from tests.web.test_completion import seen
from tracker.chores import Chores
from tracker.records.deadlines import Deadline, State
from tracker.rules.deadlines import Certainty

ANSWER = "complaint-answer/complaint_received-1"


def agreed(*obligations: dict[str, Any], **sections: Any) -> dict[str, Any]:
    return {**AGREED, "obligations": list(obligations), **sections}


def legal(team: Team, contract: int, key: str) -> str:
    return str(team.deadline(contract, key).legal)


def passes(team: Team, day: str) -> None:
    """Time passes, and the chores are done."""
    team.turn_to(day)
    Chores(team.office.tracker, "http://localhost").plan()


def asked(team: Team, contract: int, kind: str, day: str, **more: str) -> str:
    """What the page asks before such a fact is recorded on its day; it is not recorded."""
    team.turn_to(day)
    answer = team.send(f"/contracts/{contract}/facts", kind=kind, day=day, by="", how="", **more)
    assert answer.status_code == 422
    return str(answer.get_data(as_text=True))


# ------------------------------------------------------------------ complaints


@pytest.fixture
def complained(team: Team) -> int:
    """A complaint of 29 April: five working days are 30 April, 6, 7, 8 and Saturday 9 May."""
    contract = team.record(
        agreed({"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"})
    )
    team.happens(contract, "complaint_received", "2026-04-29", by="them", subject="Ruifeng")
    assert legal(team, contract, ANSWER) == "2026-05-09"
    return contract


@pytest.mark.parametrize("told", ["2026-05-08", "2026-05-09"])
def test_an_answer_put_off_in_time_is_due_on_the_later_day(team: Team, complained: int, told: str) -> None:
    team.happens(complained, "complaint_extended", told, subject="Ruifeng", until="2026-05-20")
    assert legal(team, complained, ANSWER) == "2026-05-20"
    assert "20 May 2026" in team.page(complained, ANSWER)
    team.log(complained, ANSWER, "2026-05-20")
    assert team.deadline(complained, ANSWER).state is State.DONE


def test_an_answer_put_off_too_late_stays_due_when_it_was(team: Team, complained: int) -> None:
    asked(team, complained, "complaint_extended", "2026-05-11", subject="Ruifeng", until="2026-05-20")
    team.happens(complained, "complaint_extended", "2026-05-11", subject="Ruifeng", until="2026-05-20")
    assert legal(team, complained, ANSWER) == "2026-05-09"
    assert "overdue" in team.page(complained, ANSWER)


# --------------------------------------------------------------- third parties


@pytest.fixture
def sharing(team: Team) -> int:
    """A third party may step in, with notice 15 days ahead."""
    return team.record(agreed({"code": "third-party-notice", "side": "us", "due": "15 days before third_party_start"}))


def test_a_third_party_engaged_without_consent_is_asked_about_and_stays_in_sight(team: Team, sharing: int) -> None:
    team.happens(sharing, "third_party_proposed", "2026-02-10", subject="Fuda", until="2026-03-16")
    notice = "third-party-notice/third_party_proposed-1"
    assert legal(team, sharing, notice) == "2026-03-01"  # 16 less 15
    assert "consent" in asked(team, sharing, "third_party_engaged", "2026-03-16", subject="Fuda")
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


# ----------------------------------------------------------------------- money


def overdue(team: Team, rate: str) -> int:
    """120 000 for an invoice of 24 April: the tenth day, 4 May, is off, so it is due on Wednesday 6 May."""
    owed = {"code": "payment", "side": "us", "due": "10 days after invoice_received", "amount": "120000 CNY"}
    contract = team.record(agreed({**owed, "late_rate": rate}))
    team.happens(contract, "invoice_received", "2026-04-24")
    assert legal(team, contract, "payment/invoice_received-1") == "2026-05-06"
    return contract


@pytest.mark.parametrize(
    ("rate", "fees"),
    [
        ("0.05% per day", {"2026-05-07": "60.00", "2026-05-16": "600.00", "2026-06-05": "1,800.00"}),
        ("2%", {"2026-05-07": "2,400.00", "2026-05-16": "2,400.00"}),
    ],
)
def test_a_late_fee_grows_as_the_contract_says(team: Team, rate: str, fees: dict[str, str]) -> None:
    """60 a day, or 2 400 once: 120 000 × 0.0005 and × 0.02."""
    contract = overdue(team, rate)
    team.turn_to("2026-05-06")
    assert "days late" not in team.page(contract, "payment/invoice_received-1")
    for day, fee in fees.items():
        team.turn_to(day)
        assert fee in team.page(contract, "payment/invoice_received-1")
        assert fee in team.read(f"/contracts/{contract}")


def test_a_payment_made_late_keeps_the_fee_of_the_day_it_was_made(team: Team) -> None:
    """Paid on 20 May, 14 days late: 840; what passes afterwards adds nothing."""
    contract = overdue(team, "0.05% per day")
    team.turn_to("2026-06-05")
    page = team.log(contract, "payment/invoice_received-1", "2026-05-20")
    assert "840.00" in page
    assert "14 days late" in page
    assert "1,800.00" not in page


# ------------------------------------------------------------------- greetings


def test_a_lunar_holiday_is_greeted_on_another_day_every_year(team: Team) -> None:
    care = {"code": "customer-care", "side": "us", "due": "on greeting", "holidays": ["spring-festival", "mid-autumn"]}
    contract = team.record(agreed(care, term={"length": "3 years", "first_day_counts": True}))
    passes(team, "2026-09-01")
    days = {key: day for key, day in team.days(contract).items() if key.startswith("customer-care")}
    assert days == {
        "customer-care/2026-spring-festival": "2026-02-17",
        "customer-care/2026-mid-autumn": "2026-09-25",
        "customer-care/2027-spring-festival": "2027-02-06",
        "customer-care/2027-mid-autumn": "2027-09-15",
    }
    assert "Mid-Autumn Festival" in team.page(contract, "customer-care/2026-mid-autumn")
    team.log(contract, "customer-care/2026-mid-autumn", "2026-09-25")
    assert team.deadline(contract, "customer-care/2027-mid-autumn").state is State.OPEN


# ------------------------------------------------------------ windows for notice


@pytest.fixture
def windows(team: Team) -> int:
    """A year to 4 January 2027 that goes on by itself; ours to say between 90 and 30 days before, theirs 60 before."""
    ours = {"side": "us", "at_least": "30 days", "not_earlier_than": "90 days"}
    renewal = {"mode": "automatic", "notice": [ours, {"side": "them", "at_least": "60 days"}]}
    contract = team.record(agreed(renewal=renewal))
    found = team.days(contract)
    assert found["renewal-window-opens.us/1"] == "2026-10-06"  # 4, 31 and 30 back are 31 October; 25 more
    assert found["renewal-intention.us/1"] == "2026-12-05"  # 4 back, and 26 of December
    assert found["renewal-intention.them/1"] == "2026-11-05"  # 4 and 31 back, and 25 of November
    assert "renewal-window-opens.them/1" not in found
    return contract


def states(team: Team, contract: int) -> dict[str, State]:
    return {side: team.deadline(contract, f"renewal-intention.{side}/1").state for side in ("us", "them")}


def test_notice_within_the_window_of_one_side_leaves_the_other_s_open_and_ends_the_contract(
    team: Team, windows: int
) -> None:
    team.happens(windows, "notice_not_to_renew", "2026-10-12", by="us")
    assert states(team, windows) == {"us": State.DONE, "them": State.OPEN}
    passes(team, "2027-01-05")
    assert "term-end/2" not in team.keys(windows)


@pytest.mark.parametrize("day", ["2026-10-05", "2026-12-07"])
def test_notice_outside_the_window_changes_nothing(team: Team, windows: int, day: str) -> None:
    team.happens(windows, "notice_not_to_renew", day, by="us")
    assert states(team, windows)["us"] is State.OPEN
    passes(team, "2027-01-05")
    assert legal(team, windows, "term-end/2") == "2028-01-04"


# -------------------------------------------------------------- the end derived


@pytest.fixture
def expired(team: Team) -> int:
    """A year that nobody renewed and nobody has ended; it is Wednesday 6 January 2027."""
    settle = {"code": "final-settlement", "side": "us", "due": "30 days after ended"}
    tail = {"code": "confidentiality-tail", "side": "both", "due": "3 years after ended"}
    contract = team.record(agreed(settle, tail))
    assert team.deadline(contract, "final-settlement/1").certainty is Certainty.PROJECTED
    passes(team, "2027-01-06")
    return contract


def settlement(team: Team, contract: int) -> Deadline:
    return team.deadline(contract, "final-settlement/1")


def test_an_end_that_time_has_brought_is_confirmed_with_one_button(team: Team, expired: int) -> None:
    row = settlement(team, expired)
    assert (str(row.legal), row.certainty) == ("2027-02-03", Certainty.UNCONFIRMED)  # 27 of January, 3 of February
    page = f"/contracts/{expired}/after-the-end"
    assert "unconfirmed" in team.read(page)
    assert team.send(f"{page}/confirm").status_code == 303
    row = settlement(team, expired)
    assert (str(row.legal), row.certainty) == ("2027-02-03", Certainty.CONFIRMED)
    assert "unconfirmed" not in team.read(page)


def test_an_end_that_was_confirmed_is_corrected_and_everything_moves_along(team: Team, expired: int) -> None:
    page = f"/contracts/{expired}/after-the-end"
    team.send(f"{page}/confirm")
    corrected = {"day": "2026-12-31", "how": "agreement", "note": ""}
    answer = team.send(page, **corrected)
    assert team.send(page, **corrected, confirmed=seen(answer)).status_code == 303
    # Thirty days from 31 December are Saturday 30 January: Monday 1 February.
    assert legal(team, expired, "final-settlement/1") == "2027-02-01"
    assert legal(team, expired, "confidentiality-tail/1") == "2029-12-31"
    assert legal(team, expired, "term-end/1") == "2026-12-31"


# --------------------------------------------------------------------- consent


def test_consent_settles_what_waits_for_it_and_its_withdrawal_starts_another_clock(team: Team) -> None:
    before = {"key": "consent", "code": "consent-record", "side": "us", "due": "10 days after effective"}
    stop = {"key": "stop", "code": "consent-record", "side": "us", "due": "3 working days after consent_withdrawn"}
    contract = team.record(agreed(before, stop))
    assert legal(team, contract, "consent/1") == "2026-01-15"
    team.happens(contract, "consent_given", "2026-01-12", by="them")
    assert team.deadline(contract, "consent/1").state is State.DONE
    team.happens(contract, "consent_withdrawn", "2026-10-09", by="them")
    assert legal(team, contract, "stop/consent_withdrawn-1") == "2026-10-13"  # Saturday 10, which is worked; 12, 13
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
    assert "overdue" in team.page(contract, "follow-up-visit/1")
