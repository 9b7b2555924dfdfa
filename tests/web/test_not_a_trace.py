"""A closed contract leaves no trace: whatever is done with it, who is outside gets the very same pages as before."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from werkzeug.routing import Rule

from tests.web.conftest import LEASE, SECRET, Office, text_of
from tracker.actions.complete import Done, complete
from tracker.actions.evidence import Upload
from tracker.actions.feeds import NewFeed, create_feed
from tracker.chores import Chores

CLOSED: dict[str, Any] = {
    **SECRET,
    "law": {"counting": "prc-civil-code", "calendar": "CN", "zone": "Asia/Shanghai"},
    "parent": "L-7",
    "told": ["rex@acme.example"],
    "tags": ["hush"],
    "money": {"amount": "31337 CNY", "late_rate": "0.05% per day"},
    "adjustments": [{"action": "move", "of": "insurance/1", "day": "2026-12-16", "reason": "Hush"}],
    "obligations": [
        {"code": "insurance", "side": "us", "due": "on 2026-12-15"},
        {"code": "payment", "side": "us", "due": "on 2026-11-25", "amount": "31337 CNY", "proof": "required"},
        {"code": "report", "side": "us", "due": "on 2026-11-10", "paper": "analysis-report"},
        {"code": "document-on-file", "side": "us", "due": "on 2026-11-30", "paper": "consent"},
        {"code": "customer-care", "side": "us", "due": "on greeting", "holidays": ["spring-festival"]},
    ],
}
SEARCHES = (
    "/contracts/?text=Whisper",
    "/contracts/?kind=general&page=2",
    "/obligations/?text=Quiet",
    "/obligations/?band=overdue",
    "/obligations/?state=done",
    "/obligations/?code=insurance",
    "/letters/?state=sent",
    "/letters/?contract=2",
    "/letters/coming?from=2026-11-01&to=2026-12-31",
    "/papers/?kind=analysis-report",
    "/contracts/1/as-of?day=2026-11-20",
    "/calendars/recounted?event=1",
)
"""What lists answer when asked for it."""
INSIDE = {"/", "/contracts/", "/obligations/", "/papers/", "/letters/", "/letters/?contract=2", "/contracts/1"}
"""What is another for whoever may see the contract."""
UNLIKE = ("static", "account.show")
"""What is not compared: no page, and the page that lists one's own signed-in browsers."""
EACH_TIME = re.compile(r'name="csrf_token" value="[^"]+"|name="id" value="[0-9a-f]+"|value="[\w-]{24}"')
"""What differs from one look at a form to the next."""


def pages(office: Office, who: str, paths: Iterable[str]) -> dict[str, str]:
    """What somebody gets at each of these addresses."""
    client = office.sit(who)
    answers = {path: client.get(path) for path in paths}
    return {path: f"{answer.status_code} {EACH_TIME.sub('', text_of(answer))}" for path, answer in answers.items()}


def address(office: Office, rule: Rule, known: dict[str, object]) -> str:
    """Where a rule leads to in the open contract; nowhere for what is no page."""
    if "GET" not in (rule.methods or ()) or rule.endpoint in UNLIKE or not rule.arguments <= known.keys():
        return ""
    return office.app.url_map.bind("localhost").build(rule.endpoint, {name: known[name] for name in rule.arguments})


def live(office: Office, closed: int) -> None:
    """Something is done about it, late and with a file."""
    deadline_id = office.deadline(closed, "report")
    with office.tracker.transaction() as session:
        done = Done(done_on=date(2026, 11, 20), uploads=[Upload("hush.txt", b"hush")])
        complete(session, office.actor("Ben"), deadline_id, done, files=office.tracker.files, now=office.clock.now())


def work(office: Office) -> None:
    """The background work, once."""
    chores = Chores(office.tracker, "http://localhost")
    chores.plan()
    chores.dispatch()
    chores.heartbeat()


def test_nobody_outside_can_tell_that_there_is_a_closed_contract(office: Office) -> None:
    """Found by test: the first page told everybody when the last letter had left, whatever it was about."""
    lease = office.record(LEASE, "Cleo")
    deadline_id = office.deadline(lease, "insurance")
    known: dict[str, object] = {"contract_id": lease, "deadline_id": deadline_id, "code": "general", "key": "signed-1"}
    everywhere = [path for rule in office.app.url_map.iter_rules() if (path := address(office, rule, known))]
    with office.tracker.transaction() as session:
        feed = create_feed(session, office.actor("Cleo"), NewFeed(label="Mine"), now=office.clock.now())
    for _day in range(2):
        office.clock.turn_to(office.clock.now() + timedelta(days=1))
        work(office)
    looks = {"Cleo": {*everywhere, *SEARCHES, feed.path} - {"/calendar/"}, "Ben": INSIDE}  # it counts her fetches
    office.browser().get(feed.path)
    before = {who: pages(office, who, paths) for who, paths in looks.items()}
    live(office, office.record(CLOSED, "Ben", access={"only": []}))
    work(office)
    after = {who: pages(office, who, paths) for who, paths in looks.items()}
    changed = {who: {path for path in paths if before[who][path] != after[who][path]} for who, paths in looks.items()}
    assert len(everywhere) > 30
    assert changed == {"Cleo": set(), "Ben": INSIDE}
