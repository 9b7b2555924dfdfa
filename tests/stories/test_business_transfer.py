"""A transfer agreement is rescinded: everything that follows from its end, and what moves when the end was another day.

Rescinded on Saturday 31 January 2026. The Spring Festival is off from Sunday 15 to Monday 23 February; Saturdays 14 and
28 February and 9 May are worked in exchange, 1 to 5 May are off.
"""

from datetime import date

from sqlalchemy import select

from tests.rules.worked.business_transfer import DOCUMENT, TABLE
from tests.stories.conftest import Team
from tests.web.test_completion import seen
from tracker.records.deadlines import Deadline, State

RUNNING = {**DOCUMENT, "facts": [fact for fact in DOCUMENT["facts"] if fact["kind"] == "signed"]}
ENDED_LATER = {
    # Counted from Tuesday 3 February instead; where nothing is said the day itself is worked.
    "customer-notice/1": "2026-02-10",  # 4, 5, 6; Monday 9, Tuesday 10
    "data-migration/1": "2026-03-05",  # 25 of February and 5 of March
    "asset-handover/1": "2026-03-03",
    "tech-support-tail/1": "2026-08-03",
    "after-sales/1": "2027-02-03",
    "ip-licence-end/1": "2026-05-04",  # 25, 31, 30 make 86; 4 of May, off, but a right that ends does not move
    "debt-settlement/1": "2026-05-06",  # Sunday 3 May is off, and so are Monday and Tuesday
    "confidentiality-tail/1": "2031-02-03",
}
STAY = {"ending-certificate/1", "service-response/service_requested-1"}
"""The 15th day, now Wednesday 18 February, is off until the 23rd like Sunday 15 was; the other hangs on no end."""


def ends(team: Team, contract: int, day: str) -> str:
    """Give the end on the page of what comes after it; answers what it says would move, if it asks."""
    path, typed = f"/contracts/{contract}/after-the-end", {"day": day, "how": "notice", "note": ""}
    answer = team.send(path, **typed)
    shown: str = answer.get_data(as_text=True)
    if answer.status_code == 200:
        answer = team.send(path, **typed, confirmed=seen(answer))
    assert answer.status_code == 303
    return shown


def rows(team: Team, contract: int) -> dict[str, Deadline]:
    with team.office.tracker.reading() as session:
        query = select(Deadline).where(Deadline.contract_id == contract)
        return {row.key: row for row in session.scalars(query)}


def rescinded(team: Team) -> int:
    """The contract, its end on 31 January, and a question that a customer asks on 12 February."""
    contract = team.record(RUNNING)
    assert set(team.days(contract).values()) == {""}, "while it runs nobody can know a day"
    team.turn_to("2026-01-31")
    ends(team, contract, "2026-01-31")
    return contract


def test_the_end_gives_every_day_of_the_table(team: Team) -> None:
    contract = rescinded(team)
    team.happens(contract, "service_requested", "2026-02-12", subject="a customer of the northern branch")
    found = rows(team, contract)
    for row in TABLE:
        days = (found[row.key].legal, found[row.key].act_by, found[row.key].target)
        assert days == (row.legal, row.act_by, row.target), row.because
    assert found.keys() == {row.key for row in TABLE}
    page = team.read(f"/contracts/{contract}/after-the-end")
    assert "24 Feb 2026" in page, "the certificate, after the Spring Festival"
    assert "28 Feb 2026" in page, "the assets, on a Saturday that is worked"


def test_an_end_three_days_later_moves_what_hangs_on_it_and_keeps_what_is_done(team: Team) -> None:
    contract = rescinded(team)
    team.log(contract, "customer-notice/1", "2026-02-05", note="by telephone")
    team.happens(contract, "service_requested", "2026-02-12", subject="a customer of the northern branch")
    team.log(contract, "ending-certificate/1", "2026-02-13")
    before = rows(team, contract)
    shown = ends(team, contract, "2026-02-03")
    assert "7 deadlines move" in shown
    after = rows(team, contract)
    moved = {key: str(row.legal) for key, row in after.items() if row.legal != before[key].legal}
    assert moved == ENDED_LATER
    assert after.keys() - moved.keys() == STAY
    assert {key for key, row in after.items() if row.revision != before[key].revision} <= moved.keys()
    done = {key for key, row in after.items() if row.state is State.DONE}
    assert done == {"customer-notice/1", "ending-certificate/1"}
    (completion,) = team.deadline(contract, "customer-notice/1").completions
    assert (completion.done_on, completion.note, completion.undone_at) == (date(2026, 2, 5), "by telephone", None)


def test_an_end_put_back_to_where_it_was_gives_the_days_of_the_table_again(team: Team) -> None:
    contract = rescinded(team)
    team.log(contract, "customer-notice/1", "2026-02-05")
    ends(team, contract, "2026-02-03")
    ends(team, contract, "2026-01-31")
    hand = {row.key: str(row.legal) for row in TABLE if row.legal}
    assert team.days(contract) == hand
    assert team.deadline(contract, "customer-notice/1").state is State.DONE
