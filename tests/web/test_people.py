"""The page of people: those who only get letters are added without a link, and are nobody's owner or manager."""

from tests.web.conftest import LEASE, Office, send, text_of
from tracker.records.people import Person, Role


def test_somebody_outside_is_added_without_a_link_and_offered_where_letters_are(office: Office) -> None:
    ana = office.sit("Ana")
    added = send(ana, "/people/", name="Lin Counsel", email="lin@law.example", role="recipient", language="zh-Hans")
    assert (added.status_code, added.location) == (303, "/people/")
    page = text_of(ana.get("/people/"))
    assert "Added. They get letters of the contracts that name them." in page
    assert "manager: Lin Counsel" not in page
    assert page.count("only letters") == 2  # Rex and Lin
    form = text_of(ana.get("/contracts/new?kind=general"))
    owner, _, backup = form.partition('id="owner"')[2].partition('id="backup"')
    assert "lin@law.example" not in owner
    assert "lin@law.example" in backup
    assert "Lin Counsel" in text_of(ana.get("/account/reminders"))
    assert "Lin Counsel" in text_of(ana.get("/letters/"))
    assert "Lin Counsel" not in text_of(ana.get("/obligations/"))


def test_one_who_only_gets_letters_has_no_link_until_given_another_role(office: Office) -> None:
    ana, rex = office.sit("Ana"), office.people["Rex"]
    assert f"/people/{rex}/link" not in text_of(ana.get("/people/"))
    assert send(ana, f"/people/{rex}/link").location == "/people/"
    assert "rex@acme.example only gets letters and cannot sign in" in text_of(ana.get("/people/"))
    send(ana, f"/people/{rex}/disable")
    send(ana, f"/people/{rex}/enable")
    assert "They get letters again." in text_of(ana.get("/people/"))
    send(ana, f"/people/{rex}/role", role="viewer")
    assert "/join/" in text_of(send(ana, f"/people/{rex}/link"))


def test_an_owner_does_not_become_one(office: Office) -> None:
    ana = office.sit("Ana")
    office.record(LEASE, "Ben")
    send(ana, f"/people/{office.people['Ben']}/role", role="recipient")
    assert "name somebody else there first" in text_of(ana.get("/people/"))
    with office.tracker.reading() as session:
        assert session.get_one(Person, office.people["Ben"]).role is Role.EDITOR


def test_who_reads_reminders_together_is_seen_among_the_people(office: Office) -> None:
    send(office.sit("Ben"), "/account/reminders", digest="weekly")
    page = text_of(office.sit("Ana").get("/people/"))
    assert page.count("Together in one letter, on Monday mornings") == 1
    assert "Each reminder by itself" not in page
