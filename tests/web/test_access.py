"""Every address, walked by everybody: nobody sees what is not theirs, and nothing breaks."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.web.conftest import LEASE, SECRET, Office, csrf, send, text_of
from tracker.actions.adjust import Wish, adjust
from tracker.actions.complete import Done, complete
from tracker.actions.evidence import Upload
from tracker.actions.feeds import NewFeed, create_feed
from tracker.actions.papers import Filed, put_on_file
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter, LetterState
from tracker.rules.adjustments import Adjusting
from tracker.rules.papers import PaperKind

PUBLIC = {
    "static",
    "health.healthz",
    "metrics.figures",
    "account.sign_in",
    "account.enter",
    "welcome.waiting",
    "welcome.start",
    "welcome.begin",
    "welcome.invitation",
    "welcome.join",
    "help.show",
    "preferences.save",
    "subscription.fetch",
    "subscription.robots",
    "answer.ask",
    "answer.take",
    "digest.ask",
    "digest.stop",
}
"""What anybody may reach. Adding to it is a decision."""

SIGNED = {"answer.take", "digest.stop"}
"""Whose address is itself the secret that a form has to carry. Adding to it is a decision."""

WHISPERS = (
    "Quiet takeover",
    "Whisper Holdings",
    "Hush-1-of-2026",
    "Keep it insured",
    "secret-proof.txt",
    "secret-annex.txt",
    "Annex",
    "Hush",
)
"""Words of the closed contract, none of which an outsider may read anywhere."""

NOT_FOR_OUTSIDERS = ("contract_id", "deadline_id", "letter_id")


@pytest.fixture
def office_database(database_url: str) -> str:
    """Who sees what is decided by SQL, so on each database."""
    return database_url


def addresses(office: Office, **known: Any) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with each of its methods and an address of it."""
    names = {
        "filename": "app.css",
        "name": "a.ics",
        "key": "signed-1",
        "amendment": "amendment-1",
        "code": "general",
        "paper": "other-1",
        "adjustment": "pause-1",
    }
    values = {"token": "x" * 32, "number": 1, **names, **known}
    adapter = office.app.url_map.bind("localhost")
    for rule in office.app.url_map.iter_rules():
        wanted = {name: values[name] for name in rule.arguments}
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method, adapter.build(rule.endpoint, wanted, method=method)


@pytest.fixture
def walk(office: Office, secret: int) -> dict[str, Any]:
    """The numbers of the closed contract, its first deadline, and a file that proves it."""
    deadline_id = office.deadline(secret, "insurance")
    with office.tracker.transaction() as session:
        done = Done(done_on=office.clock.now().date(), uploads=[Upload("secret-proof.txt", b"proof")])
        actor, files = office.actor("Ana"), office.tracker.files
        completion = complete(session, actor, deadline_id, done, files=files, now=office.clock.now())
        feed = create_feed(session, actor, NewFeed(label="Mine"), now=office.clock.now()).feed
        filed = Filed(kind=PaperKind.OTHER, day=office.clock.now().date(), title="Annex")
        annex = Upload("secret-annex.txt", b"annex")
        put_on_file(session, actor, secret, filed, annex, files=files, now=office.clock.now())
        today = office.clock.now().date()
        pause = Wish(action=Adjusting.PAUSE, of="complaint-answer", day=today, reason="Hush")
        adjust(session, actor, secret, pause, now=office.clock.now(), confirmed=True)
        session.flush()
        evidence_id = completion.evidence[0].id
        return {
            "contract_id": secret,
            "deadline_id": deadline_id,
            "evidence_id": evidence_id,
            "feed_id": feed.id,
            "person_id": office.people["Ben"],
            "visit_id": 999,
            "letter_id": _letter(session, deadline_id, office),
        }


def _letter(session: Session, deadline_id: int, office: Office) -> int:
    """A letter to Ben about the closed contract, which a server has refused."""
    letter = Letter(
        key="walk",
        deadline_id=deadline_id,
        person_id=office.people["Ben"],
        recipient="ben@acme.example",
        language="en",
        purpose="reminder",
        lead=7,
        due_revision=1,
        facts={},
        message=b"Subject: Quiet takeover\r\n\r\nKeep it insured.\r\n",
        message_id="<walk@acme.example>",
        state=LetterState.FAILED,
        reason="refused for good",
        not_before=office.clock.now(),
        created_at=office.clock.now(),
    )
    session.add(letter)
    session.flush()
    return letter.id


def knock(client: FlaskClient, method: str, address: str, token: str) -> Any:
    data = {"csrf_token": token} if method == "POST" else None
    return client.open(address, method=method, data=data, buffered=True)


def test_a_stranger_is_asked_to_sign_in_everywhere_else(office: Office, walk: dict[str, Any]) -> None:
    stranger = office.browser()
    token = csrf(stranger)
    for rule, method, address in addresses(office, **walk):
        answer = knock(stranger, method, address, token)
        assert answer.status_code != 500, (method, address)
        if rule.endpoint not in PUBLIC:
            assert answer.status_code == 303, (method, address)
            assert answer.location.startswith("/sign-in"), (method, address)
        assert not any(word in text_of(answer) for word in WHISPERS), address


def test_an_outsider_is_told_there_is_nothing(office: Office, walk: dict[str, Any]) -> None:
    cleo = office.sit("Cleo")
    token = csrf(cleo)
    for rule, method, address in addresses(office, **walk):
        if rule.endpoint == "account.sign_out":
            continue
        answer = knock(cleo, method, address, token)
        assert answer.status_code != 500, (method, address)
        assert not any(word in text_of(answer) for word in WHISPERS), address
        if set(NOT_FOR_OUTSIDERS) & rule.arguments:
            assert answer.status_code == 404, (method, address)


def test_a_recipient_meets_the_sign_in_page_everywhere_else(office: Office, walk: dict[str, Any]) -> None:
    """Also with the cookie of a visit that began when they still had another role."""
    rex = office.sit("Rex")
    token = csrf(rex)
    for rule, method, address in addresses(office, **walk):
        answer = knock(rex, method, address, token)
        assert answer.status_code != 500, (method, address)
        if rule.endpoint not in PUBLIC:
            assert answer.status_code == 303, (method, address)
            assert answer.location.startswith("/sign-in"), (method, address)
        assert not any(word in text_of(answer) for word in WHISPERS), address


def test_an_administrator_outside_the_contract_is_told_nothing_either(office: Office, walk: dict[str, Any]) -> None:
    theirs = office.record(SECRET, "Ben", number="S-2", title="Board matter", access={"only": []})
    walk |= {"contract_id": theirs, "deadline_id": office.deadline(theirs, "insurance")}
    with office.tracker.transaction() as session:
        session.get_one(Letter, walk["letter_id"]).deadline_id = walk["deadline_id"]
    ana = office.sit("Ana")
    token = csrf(ana)
    for rule, method, address in addresses(office, **walk):
        if rule.endpoint == "letters.show":
            answer = text_of(knock(ana, method, address, token))
            assert "ben@acme.example" in answer
            assert not any(word in answer for word in ("Board matter", *WHISPERS)), address
        elif set(NOT_FOR_OUTSIDERS) & rule.arguments:
            assert knock(ana, method, address, token).status_code == 404, (method, address)


@pytest.mark.parametrize("who", ["Ana", "Ben", "Vera"])
def test_nothing_breaks_for_anybody(office: Office, walk: dict[str, Any], lease: int, who: str) -> None:
    walk |= {"contract_id": lease, "deadline_id": office.deadline(lease, "insurance")}
    client = office.sit(who)
    token = csrf(client)
    for rule, method, address in addresses(office, **walk):
        if rule.endpoint in ("account.sign_out", "contracts.withdraw", "people.disable"):
            continue
        answer = knock(client, method, address, token)
        assert answer.status_code != 500, (method, address, text_of(answer))


def test_a_viewer_changes_nothing(office: Office, lease: int) -> None:
    vera = office.sit("Vera")
    deadline_id = office.deadline(lease, "insurance")
    refused = [
        (f"/contracts/{lease}/edit", {"number": "X"}),
        (f"/contracts/{lease}/facts", {"kind": "ended", "day": "2026-11-20", "by": "", "how": ""}),
        (f"/contracts/{lease}/facts/signed-1/withdraw", {}),
        (f"/obligations/{deadline_id}/log", {"done_on": "2026-11-20"}),
        (f"/obligations/{deadline_id}/waive", {"reason": "no"}),
        (f"/obligations/{deadline_id}/dispute", {"reason": "no"}),
        (f"/obligations/{deadline_id}/dispute/settle", {}),
        (f"/obligations/{deadline_id}/answer", {"answer": "in-hand"}),
        (f"/obligations/{deadline_id}/evidence", {"link": "https://files.example/1"}),
        (f"/obligations/{deadline_id}/approve", {}),
        (f"/obligations/{deadline_id}/reject", {"reason": "no"}),
        (f"/obligations/{deadline_id}/move", {"day": "2026-12-14", "reason": "no"}),
        (f"/contracts/{lease}/adjust", {"action": "pause", "of": "insurance", "day": "2026-12-01", "reason": "no"}),
        (f"/contracts/{lease}/adjustments/pause-1/resume", {"day": "2026-12-02"}),
        (f"/contracts/{lease}/adjustments/pause-1/withdraw", {}),
        (f"/contracts/{lease}/papers/new", {"kind": "other", "day": "2026-11-20", "note": "Cabinet 3"}),
        ("/contracts/new", {"number": "N-1"}),
        ("/people/", {"email": "x@acme.example", "name": "X", "role": "admin", "language": "en"}),
        (f"/people/{office.people['Ana']}/role", {"role": "viewer"}),
        (f"/people/{office.people['Ana']}/disable", {}),
        (f"/people/{office.people['Ana']}/link", {}),
        ("/settings/", {"organisation": "Mine now"}),
        ("/contracts/new/general", {"number": "N-1"}),
        (f"/contracts/{lease}/blanks", {"number": "X"}),
        ("/kind-files/new", {"text": "x"}),
    ]
    for path, fields in refused:
        assert send(vera, path, **fields).status_code == 403, path
    page = text_of(vera.get(f"/contracts/{lease}"))
    assert "Log completion" not in page
    assert "Record a fact" not in page
    with office.tracker.reading() as session:
        assert session.get_one(Deadline, deadline_id).completions == []


def test_an_editor_does_not_administer(office: Office) -> None:
    ben = office.sit("Ben")
    for path in ("/people/", "/settings/"):
        assert ben.get(path).status_code == 403
        assert path not in text_of(ben.get("/"))


def test_a_closed_contract_is_missing_from_every_list_of_an_outsider(office: Office, secret: int, lease: int) -> None:
    seen_by = {who: office.sit(who) for who in ("Ben", "Cleo")}
    for path in ("/", "/contracts/", "/obligations/", "/obligations/?text=Whisper", "/contracts/?text=Hush-1-of-2026"):
        assert "Quiet takeover" not in text_of(seen_by["Cleo"].get(path)), path
    assert "Quiet takeover" in text_of(seen_by["Ben"].get("/contracts/"))
    assert "Office lease" in text_of(seen_by["Cleo"].get("/contracts/"))


def test_a_number_too_large_for_any_database_leads_nowhere(office: Office, lease: int) -> None:
    ana = office.sit("Ana")
    for path in ("/contracts/{}", "/obligations/{}/log", "/people/{}/disable", "/calendars/recounted?event={}"):
        for number in (2**31 - 1, 2**31, 10**17, 10**30):
            assert ana.get(path.format(number)).status_code == 404, (path, number)


def test_text_that_no_database_can_hold_leads_nowhere(office: Office, lease: int) -> None:
    """Found by test: PostgreSQL knows no text with NUL in it, and a search for it broke the page."""
    ana = office.sit("Ana")
    for path in (
        "/contracts/?text={}",
        "/obligations/?text={}&code={}&kind={}",
        "/letters/?state={}",
        "/papers/?kind={}",
    ):
        assert ana.get(path.replace("{}", "a%00b")).status_code == 200, path
    for path in ("/contracts/{id}/facts/a%00b", "/contracts/{id}/papers/%00", "/kinds/%00", "/kind-files/own/%00"):
        assert ana.get(path.format(id=lease)).status_code == 404, path
    assert send(office.browser(), "/sign-in", email="ana\x00@acme.example", password="a\x00").status_code == 422


def test_a_form_without_its_token_is_refused(office: Office, lease: int) -> None:
    ana = office.sit("Ana")
    for rule, method, address in addresses(
        office, contract_id=lease, deadline_id=1, evidence_id=1, person_id=1, feed_id=1, visit_id=1, letter_id=1
    ):
        if method == "POST":
            refused = 404 if rule.endpoint in SIGNED else 400
            assert ana.post(address, data={"number": "1"}).status_code == refused, rule


def test_a_page_of_somebody_shut_out_stops_at_once(office: Office, lease: int) -> None:
    ben = office.sit("Ben")
    assert ben.get(f"/contracts/{lease}").status_code == 200
    assert send(office.sit("Ana"), f"/people/{office.people['Ben']}/disable").status_code == 303
    assert ben.get(f"/contracts/{lease}").location.startswith("/sign-in")


def test_what_needs_sign_in_comes_back_to_it_afterwards(with_passwords: Office) -> None:
    lease = with_passwords.record(LEASE)
    stranger = with_passwords.browser()
    asked = stranger.get(f"/contracts/{lease}?x=1")
    assert asked.location == f"/sign-in?next=/contracts/{lease}?x%3D1"
