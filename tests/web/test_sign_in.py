"""Coming in: the first run, signing in and out, and links that work once."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.conftest import NOW, PASSWORD, Office, csrf, send, text_of
from tracker.actions.invitations import invite, welcome_token
from tracker.records.history import History
from tracker.records.people import Organisation, Person, Role, SignIn

FIRST = {
    "name": "Ana Chen",
    "email": "Ana@Acme.example",
    "password": PASSWORD,
    "again": PASSWORD,
    "organisation": "Acme Legal",
    "language": "zh-Hans",
    "zone": "Asia/Hong_Kong",
    "calendar": "HK",
}


def welcome_path(office: Office) -> str:
    with office.tracker.transaction() as session:
        return f"/welcome/{welcome_token(session, office.clock.now())}"


def sign_in(client: FlaskClient, **typed: str) -> TestResponse:
    return send(client, "/sign-in", **{"email": "ana@acme.example", "password": PASSWORD, **typed})


def test_the_first_link_makes_the_administrator_and_signs_them_in(bare_office: Office) -> None:
    visitor = bare_office.browser()
    assert visitor.get("/").location == "/welcome"
    assert "printed where this program was started" in text_of(visitor.get("/welcome"))
    assert send(visitor, welcome_path(bare_office), **FIRST).location == "/"
    assert '<html lang="zh-Hans"' in text_of(visitor.get("/"))
    with bare_office.tracker.reading() as session:
        person, house = session.scalars(select(Person)).one(), session.scalars(select(Organisation)).one()
    assert (person.email, person.role, house.zone, house.calendar) == (
        "ana@acme.example",
        Role.ADMIN,
        "Asia/Hong_Kong",
        "HK",
    )


def test_the_first_link_works_once(bare_office: Office) -> None:
    path = welcome_path(bare_office)
    visitor, second = bare_office.browser(), bare_office.browser()
    token = csrf(second)
    send(visitor, path, **FIRST)
    assert second.get(path).status_code == 410
    assert second.post(path, data={"csrf_token": token, **FIRST, "email": "eve@acme.example"}).status_code == 410


def test_the_first_link_works_for_an_hour(bare_office: Office) -> None:
    path = welcome_path(bare_office)
    bare_office.clock.turn_to(NOW + timedelta(minutes=59))
    assert bare_office.browser().get(path).status_code == 200
    bare_office.clock.turn_to(NOW + timedelta(minutes=60))
    assert bare_office.browser().get(path).status_code == 410


def test_a_new_start_ends_the_link_of_the_old_one(bare_office: Office) -> None:
    old = welcome_path(bare_office)
    assert bare_office.browser().get(welcome_path(bare_office)).status_code == 200
    assert bare_office.browser().get(old).status_code == 410


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("password", "short", "at least 10 characters"),
        ("password", "aaaaaaaaaaaaaaaa", "more different characters"),
        ("again", "something else", "The two passwords differ"),
        ("email", "ana at acme", "not an e-mail address"),
        ("email", "ana@acme.example\r\nBcc: eve@evil.example", "not an e-mail address"),
        ("name", "", "This is needed"),
        ("name", "Ana\x00Chen", "without control characters"),
        ("organisation", "", "This is needed"),
        ("zone", "Mars/Olympus", "no such time zone"),
        ("language", "tlh", "no such language"),
        ("calendar", "", "Choose one"),
        ("calendar", "ATLANTIS", "Unknown calendar"),
        ("calendar", "CN+HK+SG+GB-ENG+US-NY+DE-BY+JP+TW", "too long"),
    ],
)
def test_a_mistake_in_the_first_form_is_told_and_loses_nothing(
    bare_office: Office, field: str, value: str, told: str
) -> None:
    visitor = bare_office.browser()
    typed = {**FIRST, field: value}
    if field == "password":
        typed["again"] = value
    answer = send(visitor, welcome_path(bare_office), **typed)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert 'value="Acme Legal"' in text_of(answer) or field == "organisation"
    assert PASSWORD not in text_of(answer)
    with bare_office.tracker.reading() as session:
        assert session.scalar(select(Person)) is None
        assert session.scalar(select(Organisation)) is None


def test_signing_in_goes_on_to_what_was_asked_for(with_passwords: Office) -> None:
    visitor = with_passwords.browser()
    assert sign_in(visitor, email=" ANA@acme.example ", next="/contracts/").location == "/contracts/"
    assert visitor.get("/contracts/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(with_passwords: Office) -> None:
    pages = [
        text_of(sign_in(with_passwords.browser(), email=email, password="wrong wrong wrong"))
        for email in ("ana@acme.example", "nobody@acme.example")
    ]
    ana, nobody = (re.sub(r'value="[^"]*"', "", page) for page in pages)
    assert ana == nobody
    assert "do not go together" in ana


def test_somebody_shut_out_cannot_sign_in(with_passwords: Office) -> None:
    with with_passwords.tracker.transaction() as session:
        session.get_one(Person, with_passwords.people["Ana"]).active = False
    assert sign_in(with_passwords.browser()).status_code == 422


def test_guessing_is_slowed_down(with_passwords: Office) -> None:
    visitor = with_passwords.browser()
    answers = [sign_in(visitor, password=f"guess number {n}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert sign_in(visitor).status_code == 429
    assert sign_in(visitor).headers["Retry-After"]


def test_a_cookie_from_before_signing_in_is_worth_nothing_after_it(with_passwords: Office) -> None:
    planted, victim = with_passwords.browser(), with_passwords.browser()
    csrf(planted)
    cookie = planted.get_cookie("tracker")
    assert cookie is not None
    victim.set_cookie("tracker", cookie.value)
    assert sign_in(victim).status_code == 303
    now = victim.get_cookie("tracker")
    assert now is not None
    assert now.value != cookie.value
    assert planted.get("/").location.startswith("/sign-in")


def test_signing_out_ends_the_visit_and_not_only_the_cookie(with_passwords: Office) -> None:
    visitor = with_passwords.browser()
    sign_in(visitor)
    kept = visitor.get_cookie("tracker")
    assert kept is not None
    send(visitor, "/sign-out")
    visitor.set_cookie("tracker", kept.value)
    assert visitor.get("/").location.startswith("/sign-in")


def test_a_visit_ends_after_a_week_away_and_after_a_month_in_all(office: Office) -> None:
    visitor = office.sit("Ana")
    for day in range(6, 30, 6):
        office.clock.turn_to(NOW + timedelta(days=day))
        assert visitor.get("/").status_code == 200
    office.clock.turn_to(NOW + timedelta(days=30))
    assert visitor.get("/").status_code == 303
    other = office.sit("Ana")
    office.clock.turn_to(NOW + timedelta(days=37))
    assert other.get("/").status_code == 303


def test_one_s_browsers_are_listed_and_can_be_signed_out(office: Office) -> None:
    here, there = office.sit("Ana"), office.sit("Ana")
    page = text_of(here.get("/account"))
    assert page.count("/visits/") == 1
    path = re.search(r'action="(/account/visits/\d+/end)"', page)
    assert path is not None
    assert send(office.sit("Ben"), path[1]).status_code == 404
    send(here, path[1])
    assert there.get("/").status_code == 303
    assert here.get("/").status_code == 200


def test_a_changed_password_signs_every_other_browser_out(with_passwords: Office) -> None:
    here, there, thief = with_passwords.sit("Ana"), with_passwords.sit("Ana"), with_passwords.browser()
    cookie = here.get_cookie("tracker")
    assert cookie is not None
    thief.set_cookie("tracker", cookie.value)
    assert thief.get("/").status_code == 200
    new = "another horse entirely"
    assert "not your password" in text_of(send(here, "/account/password", old="wrong", new=new))
    assert send(here, "/account/password", old=PASSWORD, new=new).status_code == 303
    assert [one.get("/").status_code for one in (here, there, thief)] == [200, 303, 303]
    assert sign_in(with_passwords.browser(), password=new).status_code == 303


def test_somebody_added_sets_a_password_by_a_link_that_works_once(office: Office) -> None:
    page = text_of(
        send(office.sit("Ana"), "/people/", name="Dai", email="dai@acme.example", role="viewer", language="zh-Hant")
    )
    path = re.search(r"http://localhost(/join/[\w-]+)", page)
    assert path is not None
    visitor = office.browser()
    assert "Dai" in text_of(visitor.get(path[1]))
    assert send(visitor, path[1], password="a", again="a").status_code == 422
    assert send(visitor, path[1], password=PASSWORD, again=PASSWORD).location == "/"
    assert office.browser().get(path[1]).status_code == 410
    assert sign_in(office.browser(), email="dai@acme.example").status_code == 303


def test_an_invitation_dies_with_the_person_s_access(office: Office) -> None:
    with office.tracker.transaction() as session:
        token = invite(session, session.get_one(Person, office.people["Ben"]), NOW)
    send(office.sit("Ana"), f"/people/{office.people['Ben']}/disable")
    assert office.browser().get(f"/join/{token}").status_code == 410


def test_the_history_tells_who_asked_for_a_link_to_another_s_account(office: Office) -> None:
    """Whoever holds the link can sign in as that person, so asking for one leaves a trace."""
    assert send(office.sit("Ana"), f"/people/{office.people['Ben']}/link").status_code == 200
    with office.tracker.reading() as session:
        rows = session.scalars(select(History).where(History.event == "person-link-made")).all()
    assert [(row.actor_id, row.details) for row in rows] == [(office.people["Ana"], {"person": office.people["Ben"]})]


def test_the_last_administrator_stays(office: Office) -> None:
    ana = office.sit("Ana")
    send(ana, f"/people/{office.people['Ana']}/role", role="viewer")
    send(ana, f"/people/{office.people['Ana']}/disable")
    assert "last administrator must stay" in text_of(ana.get("/people/"))
    send(ana, f"/people/{office.people['Ben']}/role", role="admin")
    assert send(ana, f"/people/{office.people['Ana']}/role", role="viewer").status_code == 303
    assert ana.get("/people/").status_code == 403


def test_only_digests_are_kept_of_what_opens_doors(with_passwords: Office) -> None:
    visitor = with_passwords.browser()
    sign_in(visitor)
    with visitor.session_transaction() as kept:
        token = kept["visit"]
    with with_passwords.tracker.reading() as session:
        rows = session.scalars(select(SignIn)).all()
        person = session.get_one(Person, with_passwords.people["Ana"])
    assert all(token not in row.token_sha256 for row in rows)
    assert (person.password_hash or "").startswith("$argon2id$")
