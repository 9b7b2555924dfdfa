"""What time brings: late fees, greetings, windows for notice that open and close, an end that nobody has recorded."""

import pytest

from tests.stories.conftest import Team
from tests.stories.telling import agreed
from tests.web.test_completion import seen
from tracker.records.deadlines import Deadline, State
from tracker.rules.deadlines import Certainty

# ----------------------------------------------------------------------- money


def overdue(team: Team, rate: str) -> int:
    """120 000 for an invoice of 24 April: the tenth day, 4 May, is off, so it is due on Wednesday 6 May."""
    owed = {"code": "payment", "side": "us", "due": "10 days after invoice_received", "amount": "120000 CNY"}
    contract = team.record(agreed({**owed, "late_rate": rate}))
    team.happens(contract, "invoice_received", "2026-04-24")
    assert team.legal(contract, "payment/invoice_received-1") == "2026-05-06"
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
    team.passes("2026-09-01")
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
    team.passes("2027-01-05")
    assert "term-end/2" not in team.keys(windows)


@pytest.mark.parametrize("day", ["2026-10-05", "2026-12-07"])
def test_notice_outside_the_window_changes_nothing(team: Team, windows: int, day: str) -> None:
    team.happens(windows, "notice_not_to_renew", day, by="us")
    assert states(team, windows)["us"] is State.OPEN
    team.passes("2027-01-05")
    assert team.legal(windows, "term-end/2") == "2028-01-04"


# -------------------------------------------------------------- the end derived


@pytest.fixture
def expired(team: Team) -> int:
    """A year that nobody renewed and nobody has ended; it is Wednesday 6 January 2027."""
    settle = {"code": "final-settlement", "side": "us", "due": "30 days after ended"}
    tail = {"code": "confidentiality-tail", "side": "both", "due": "3 years after ended"}
    contract = team.record(agreed(settle, tail))
    assert team.deadline(contract, "final-settlement/1").certainty is Certainty.PROJECTED
    team.passes("2027-01-06")
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
    assert team.legal(expired, "final-settlement/1") == "2027-02-01"
    assert team.legal(expired, "confidentiality-tail/1") == "2029-12-31"
    assert team.legal(expired, "term-end/1") == "2026-12-31"
