"""People who are not users: named to be told, written to, answering by their letters' links, and nothing else."""

import re
from email import message_from_bytes
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.cast import LEASE
from tests.support.desk import Desk, mail_to
from tests.support.office import Office
from tests.support.sink import Sink
from tracker.actions.actor import OPERATOR
from tracker.actions.alarms import UNDELIVERED, raise_alarms
from tracker.actions.errors import Missing, Refused
from tracker.actions.feed_reading import Fragments, published_feeds, read_feed
from tracker.actions.feeds import NewFeed, create_feed
from tracker.actions.invitations import invite, invited, open_invitation
from tracker.actions.outbox import finish
from tracker.actions.people import change_role, colleagues, new_link, readers, set_password
from tracker.actions.sign_in import open_visit, sign_in, visit_of
from tracker.actions.wishes import set_manager
from tracker.records.contracts import Grant
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person, Role

REX = "rex@acme.example"
PASSWORD = "correct horse battery"


def refused(office: Office, **sections: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as told:
        office.register({**LEASE, **sections})
    return [(problem.place, str(problem)) for problem in told.value.problems]


def test_they_are_named_to_be_told_or_to_stand_in_and_never_own_or_review(office: Office) -> None:
    (only,) = refused(office, owner=REX)
    assert only[0] == "owner"
    assert "Name them to be told instead" in only[1]
    duty = LEASE["obligations"][0]
    for role in ("owner", "reviewer"):
        ((place, _text),) = refused(office, told=[REX], obligations=[{**duty, role: REX}])
        assert place == f"obligations[0].{role}"
    office.register({**LEASE, "told": [REX], "backup": REX, "obligations": [{**duty, "backup": REX}]})
    assert office.contract("L-1").backup_id == office.actor("Rex", "letter").person_id


@pytest.mark.parametrize("place", ["owner", "backup", "told[0]"])
def test_an_address_that_nobody_has_is_told_with_what_to_do(office: Office, place: str) -> None:
    who: Any = ["counsel@law.example"] if "[" in place else "counsel@law.example"
    ((at, text),) = refused(office, **{place.partition("[")[0]: who})
    assert at == place
    assert "counsel@law.example" in text
    assert "as a recipient where they are only to get letters" in text


def test_whoever_becomes_one_loses_password_visits_links_and_calendars(office: Office) -> None:
    with office.tracker.transaction() as session:
        vic = session.scalars(select(Person).where(Person.name == "Vic")).one()
        set_password(vic, PASSWORD)
        visit = open_visit(session, vic, agent="", now=office.now)
        link = invite(session, vic, office.now)
        feed = create_feed(session, OPERATOR, NewFeed(label="Mine", publish=True), person_id=vic.id, now=office.now)

    def fetched() -> tuple[int, int]:
        with office.tracker.reading() as session:
            about: dict[str, Any] = {"now": office.now, "base_url": "", "fragments": Fragments()}
            return read_feed(session, feed.token, **about).status, len(published_feeds(session, **about))

    assert fetched() == (200, 1)
    with office.tracker.transaction() as session:
        change_role(session, OPERATOR, vic.id, Role.RECIPIENT, now=office.now)
    assert fetched() == (410, 0)
    with office.tracker.transaction() as session:
        assert visit_of(session, visit, office.now) is None
        assert sign_in(session, vic.email, PASSWORD, agent="", now=office.now) is None
        with pytest.raises(Missing):
            open_invitation(session, link, office.now, first=False)
        kept = session.get_one(Person, vic.id)
        assert kept.password_hash is None
        for refusal in (
            lambda: invite(session, kept, office.now),
            lambda: set_password(kept, PASSWORD),
            lambda: new_link(session, OPERATOR, vic.id, now=office.now),
            lambda: create_feed(session, OPERATOR, NewFeed(label="New"), person_id=vic.id, now=office.now),
        ):
            with pytest.raises(Refused):
                refusal()


def test_a_link_or_password_from_before_opens_nothing(office: Office) -> None:
    """As after a restore: the rows are there, the role decides."""
    with office.tracker.transaction() as session:
        vic = session.scalars(select(Person).where(Person.name == "Vic")).one()
        set_password(vic, PASSWORD)
        visit, link = open_visit(session, vic, agent="", now=office.now), invite(session, vic, office.now)
        vic.role = Role.RECIPIENT
    with office.tracker.transaction() as session:
        assert visit_of(session, visit, office.now) is None
        assert sign_in(session, vic.email, PASSWORD, agent="", now=office.now) is None
        with pytest.raises(Missing):
            invited(session, open_invitation(session, link, office.now, first=False))


@pytest.mark.parametrize("how", ["owner", "duty's owner", "reviewer"])
def test_whoever_answers_for_something_stays_able_to_come_in(office: Office, how: str) -> None:
    duty = LEASE["obligations"][0]
    ben = "ben@acme.example"
    named: dict[str, Any] = {"owner": {"owner": ben}, "duty's owner": {"obligations": [{**duty, "owner": ben}]}}
    office.register({**LEASE, **named.get(how, {"obligations": [{**duty, "reviewer": ben}]})})
    with office.tracker.transaction() as session, pytest.raises(Refused):
        change_role(session, OPERATOR, office.actor("Ben").person_id or 0, Role.RECIPIENT, now=office.now)
    with office.tracker.transaction() as session:
        change_role(session, OPERATOR, office.actor("Cleo").person_id or 0, Role.RECIPIENT, now=office.now)


def test_they_manage_nobody_and_are_offered_only_where_letters_are(office: Office) -> None:
    with office.tracker.transaction() as session:
        assert "Rex" not in [one.name for one in colleagues(session)]
        assert [one.name for one in readers(session)] == ["Ada", "Ana", "Ben", "Cleo", "Vic", "Rex"]
        with pytest.raises(Refused):
            set_manager(session, OPERATOR, office.actor("Ana").person_id or 0, REX, now=office.now)


def test_their_letter_leads_nowhere_that_asks_for_sign_in(desk: Desk, sink: Sink) -> None:
    """Their only door is the answer; whoever signs in gets the page as well."""
    number = desk.deadline("2026-01-31")
    desk.person("Ben", role=Role.RECIPIENT)
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, number).contract
        contract.grants.append(Grant(person_id=desk.people["Ben"], told=True))
    desk.tick(mail_to(sink.url))
    written = {one.recipient: one.message or b"" for one in desk.letters}
    assert set(written) == {"ana@acme.example", "ben@acme.example"}
    assert {who: _addresses(message) for who, message in written.items()} == {
        "ana@acme.example": {"answer", "obligations"},
        "ben@acme.example": {"answer"},
    }


def _addresses(message: bytes) -> set[str]:
    """What stands first in the paths of all addresses of ours, in every part of a letter."""
    parts = (part for part in message_from_bytes(message).walk() if not part.is_multipart())
    text = "".join(str(part.get_payload(decode=True)).replace("\\r\\n ", "") for part in parts)
    return set(re.findall(r"https://tracker\.example/(\w+)", text))


def test_what_became_of_a_colleagues_letter_is_not_told_outside(desk: Desk) -> None:
    number = desk.deadline("2026-01-31")
    desk.person("Ben", role=Role.RECIPIENT)
    with desk.database.transaction() as session:
        contract = session.get_one(Deadline, number).contract
        contract.grants.append(Grant(person_id=desk.people["Ben"], told=True))
    desk.plan()
    with desk.database.transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.person_id == desk.people["Ana"])).one()
        finish(letter, LetterState.FAILED, "refused for good", desk.clock.now())
        assert raise_alarms(session, domain="acme.example", now=desk.clock.now()) == 1
        told = session.scalars(select(Letter.recipient).where(Letter.purpose == UNDELIVERED))
        assert list(told) == ["cleo@acme.example"]
