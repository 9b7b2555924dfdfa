"""What people wish to hear, as they set it in the browser."""

from datetime import date, time

import pytest

from tests.web.conftest import NOW, Office, send, text_of
from tracker.actions.recount import recount
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.records.people import Organisation, Person


def person(office: Office, name: str) -> Person:
    with office.tracker.reading() as session:
        return session.get_one(Person, office.people[name])


def test_quiet_hours_days_off_a_stand_in_and_silence_are_kept_and_shown_again(office: Office) -> None:
    ben = office.sit("Ben")
    wanted = {
        "quiet_from": "22:00",
        "quiet_until": "7：30",
        "working_days_only": "1",
        "calendar": "HK",
        "delegate": "ana@acme.example",
        "away_from": "2026-07-01",
        "away_until": "2026年7月14日",
        "muted.report": "1",
    }
    assert send(ben, "/account/reminders", **wanted).status_code == 303
    kept = person(office, "Ben")
    assert (kept.quiet_from, kept.quiet_until) == (time(22), time(7, 30))
    assert (kept.working_days_only, kept.calendar, kept.muted) == (True, "HK", ["report"])
    assert (kept.delegate_id, kept.away_from, kept.away_until) == (
        office.people["Ana"], date(2026, 7, 1), date(2026, 7, 14),
    )  # fmt: skip
    page = text_of(ben.get("/account/reminders"))
    assert all(text in page for text in ('value="22:00"', 'value="07:30"', 'value="2026-07-14"'))
    assert 'name="muted.report" value="1" checked' in page
    assert 'name="calendar_files" value="1" checked' not in page
    assert not kept.calendar_files
    assert send(ben, "/account/reminders", calendar_files="1").status_code == 303
    assert (person(office, "Ben").quiet_from, person(office, "Ben").muted) == (None, [])
    assert 'name="calendar_files" value="1" checked' in text_of(ben.get("/account/reminders"))


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"quiet_from": ":30"}, "quiet_from", "Write a time such as 22:00."),
        ({"quiet_from": "ten"}, "quiet_from", "Write a time such as 22:00."),
        ({"quiet_from": "22:00"}, "quiet_until", "Give both times, or neither."),
        ({"away_from": "2026-07-01"}, "delegate", "Say who hears of it while you are away."),
        ({"delegate": "ben@acme.example"}, "delegate", "Choose somebody else."),
        ({"delegate": "nobody@acme.example"}, "delegate", "Nobody here has the address nobody@acme.example."),
        ({"away_until": "2026-07-01"}, "away_until", "This day comes before the first day away."),
        ({"calendar": "ATLANTIS"}, "calendar", "There is no such calendar."),
        ({"calendar": "+".join(["CN"] * 12)}, "calendar", "There is no such calendar."),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    office: Office, typed: dict[str, str], field: str, told: str
) -> None:
    answer = send(office.sit("Ben"), "/account/reminders", **typed, **{"muted.report": "1"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert f'id="{field}-error"' in page
    assert told in page
    assert 'name="muted.report" value="1" checked' in page
    assert person(office, "Ben").muted == []


def test_an_administrator_says_whose_manager_is_who(office: Office) -> None:
    ana, ben = office.sit("Ana"), office.sit("Ben")
    path = f"/people/{office.people['Ben']}/manager"
    assert send(ben, path, manager="cleo@acme.example").status_code == 403
    assert send(ana, path, manager="cleo@acme.example").status_code == 303
    assert person(office, "Ben").manager_id == office.people["Cleo"]
    assert "manager: Cleo" in text_of(ana.get("/people/"))
    send(ana, path, manager="ben@acme.example")
    assert person(office, "Ben").manager_id == office.people["Cleo"], "nobody is their own manager"
    send(ana, path, manager="")
    assert person(office, "Ben").manager_id is None


def test_an_address_that_took_no_letters_is_shown_and_written_to_again(office: Office) -> None:
    with office.tracker.transaction() as session:
        ben = session.get_one(Person, office.people["Ben"])
        ben.bounced_at, ben.bounce = NOW, "5.1.1 no such <b>user</b>"
    ana = office.sit("Ana")
    page = text_of(ana.get("/people/"))
    assert "letters come back" in page
    assert "5.1.1 no such &lt;b&gt;user&lt;/b&gt;" in page
    assert send(office.sit("Ben"), f"/people/{office.people['Ben']}/address").status_code == 403
    send(ana, f"/people/{office.people['Ben']}/address")
    assert person(office, "Ben").bounced_at is None
    assert "letters come back" not in text_of(ana.get("/people/"))


def test_the_organisations_ladders_hold_once_the_contracts_are_recounted(office: Office, lease: int) -> None:
    ana = office.sit("Ana")
    number = office.deadline(lease, "renewal-intention")
    assert send(ana, "/settings/reminders", **{"*": "20, 5", "renewal-intention": "45,30"}).status_code == 303
    with office.tracker.reading() as session:
        assert session.query(Organisation).one().ladders == {"*": "20, 5", "renewal-intention": "45, 30"}
        assert session.get_one(Contract, lease).scheduled_to is None
    with office.tracker.transaction() as session:
        recount(session, lease, now=NOW)
    with office.tracker.reading() as session:
        row = session.get_one(Deadline, number)
    assert row.ladder == "45, 30"
    assert row.action_day is not None
    assert row.remind_on is not None
    assert (row.action_day - row.remind_on).days == 45


def test_a_notice_cannot_be_silenced_for_everybody(office: Office) -> None:
    answer = send(office.sit("Ana"), "/settings/reminders", **{"renewal-intention": "off", "report": "off"})
    assert answer.status_code == 422
    assert "A day for notice needs a reminder before it." in text_of(answer)
    assert 'value="off"' in text_of(answer)
    assert send(office.sit("Ben"), "/settings/reminders", report="off").status_code == 403


def test_one_deadline_has_a_ladder_of_its_own(office: Office, lease: int) -> None:
    ben, number = office.sit("Ben"), office.deadline(lease, "renewal-intention")
    path = f"/obligations/{number}/ladder"
    assert "Now: 90, 60, 30, 14, 7, 3, 1" in text_of(ben.get(path))
    refused = send(ben, path, ladder="off")
    assert (refused.status_code, "A day for notice needs a reminder before it." in text_of(refused)) == (422, True)
    assert send(ben, path, ladder="10,5").status_code == 303
    assert "Now: 10, 5" in text_of(ben.get(path))
    send(ben, path, ladder="")
    assert "Now: 90, 60" in text_of(ben.get(path))
    assert office.sit("Vera").get(path).status_code == 403
