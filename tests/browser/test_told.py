"""Was I told, when, by which mail, what did the server say, and what comes next: answered from the screens alone."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.engine import URL
from werkzeug.serving import make_server

from tests.browser.conftest import Street, _not_yet, move_in, press, served
from tests.browser.test_looks import WINDOWS, look, rules_for
from tests.support.databases import SqliteFolder, address
from tests.support.returned import postfix
from tests.support.sink import Fault, Sink
from tests.web.conftest import LEASE, NOW, Office, build
from tracker.actions.actor import OPERATOR
from tracker.actions.answers import snooze
from tracker.actions.bounces import take_in
from tracker.chores import Chores
from tracker.ports.clock import FixedClock
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Organisation, Person

NO_SUCH_USER = "550 5.1.1 <ben@acme.example>: no such user here"
LATER = "451 4.7.1 Greylisted, come back in five minutes"


def due(title: str, number: str, *days: str, **more: Any) -> dict[str, Any]:
    """A contract of which something is owed on these days."""
    obligations = [{"code": "report", "side": "us", "due": f"on {day}"} for day in days]
    return {**LEASE, "number": number, "title": title, "renewal": None, "obligations": obligations, **more}


def send_all(office: Office) -> None:
    Chores(office.tracker, office.tracker.settings.base_url or "").all_once()


def letters(office: Office, state: LetterState) -> list[Letter]:
    with office.tracker.reading() as session:
        return list(session.scalars(select(Letter).where(Letter.state == state).order_by(Letter.id)))


def write_letters(office: Office, sink: Sink) -> None:
    """Every fate a letter can have, at a mail server that is really spoken to."""
    ben = {"backup": "ben@acme.example"}
    sink.faults(Fault("RCPT", reply=LATER, times=1))
    office.record(due("Warehouse services", "W-1", "2026-12-15"), "Ben")
    send_all(office)  # put off by the server
    sink.faults(Fault("RCPT", reply=NO_SUCH_USER, times=1))
    office.record(due("Cleaning", "C-1", "2026-12-16"), "Ben")
    send_all(office)  # refused for good
    sink.faults()
    lease = office.record(due("Office lease", "L-7", "2026-12-15", "2027-03-01", **ben))
    send_all(office)
    with office.tracker.transaction() as session:
        vera = session.get_one(Person, office.people["Vera"])
        vera.quiet_from, vera.quiet_until = time(8), time(20)
        snooze(session, office.actor("Ben"), office.deadline(lease, "report"), date(2026, 12, 10), now=NOW)
    office.record(due("Printing", "P-1", "2026-12-14", owner="vera@acme.example"))
    send_all(office)  # waits for the end of quiet hours


@pytest.fixture
def post(browser: Browser, sqlite: SqliteFolder, sqlite_template: URL, tmp_path: Path, sink: Sink) -> Iterator[Street]:
    """A street whose letters go to a mail server, which took some and not others."""
    server = make_server("127.0.0.1", 0, _not_yet, threaded=True)
    home = f"http://127.0.0.1:{server.server_port}"
    where = {"TRACKER_BASE_URL": home, "TRACKER_SMTP_URL": sink.url, "TRACKER_MAIL_FROM": "desk@acme.example"}
    office = build(address(sqlite.create(sqlite_template)), tmp_path / "instance", FixedClock(NOW), **where)
    with served(office, server):
        street = Street(office, home, browser)
        move_in(office)
        write_letters(office, sink)
        yield street
    office.tracker.close()


def test_a_new_colleague_finds_out_from_the_screens_alone(post: Street, sink: Sink) -> None:
    """Was I told? When? By which letter? What did the server say? What comes next?"""
    with post.window("Ben") as page:
        page.goto(post.address + "/")
        expect(page.get_by_text("1 reminder did not arrive.")).to_be_visible()
        page.locator(".meta a").filter(has_text="Cleaning").click()
        reminders = page.locator("#reminders")
        expect(reminders).to_contain_text("Nobody has been told yet.")
        reminders.get_by_role("link", name="1 letter").click()
        expect(page.get_by_text(NO_SUCH_USER)).to_be_visible()
        page.locator("main a.what").click()
        expect(page.get_by_text("Check the address. If it is right, send the letter again;")).to_be_visible()
        expect(page.get_by_role("link", name="Send again")).to_have_count(0)
        page.get_by_role("link", name="Everybody told of this obligation").click()
        told = page.locator("section[aria-labelledby=letters]")
        expect(told).to_contain_text("You have not been told: a letter to you did not arrive.")
        expect(told).to_contain_text("You hear of it next on 9 Dec 2026 09:00.")
    sent = next(copy for copy in sink.copies if "ben@acme.example" in copy.recipients)
    with post.window("Ben") as page:
        lease_report(page, post)
        told = page.locator("section[aria-labelledby=letters]")
        expect(told).to_contain_text("You were last told on 22 Nov 2026 10:00 (30 days before).")
        row = told.get_by_role("row").filter(has_text="Ben").filter(has_text="sent")
        expect(row).to_contain_text("250")
        row.get_by_role("link").click()
        expect(page.get_by_text(sent.message_id)).to_be_visible()
        expect(page.get_by_role("heading", name=str(sent.message["subject"]))).to_be_visible()


def lease_report(page: Page, post: Street) -> None:
    page.goto(post.address + "/contracts/")
    press(page.get_by_role("link", name="Office lease"))
    page.locator("a.what").filter(has_text="Report").first.click()


def test_what_waits_what_came_back_and_what_comes_next_is_told_and_mended(post: Street, sink: Sink) -> None:
    office = post.office
    (waiting,) = letters(office, LetterState.RETRY)
    with post.window("Ana") as page:
        page.goto(f"{post.address}/letters/{waiting.id}")
        expect(page.get_by_text(LATER).first).to_be_visible()
        expect(page.get_by_text("Nothing needs doing: it is tried again by itself.")).to_be_visible()
        office.clock.turn_to(NOW + timedelta(minutes=5))
        send_all(office)
        page.reload()
        expect(page.get_by_text("2 attempts").or_(page.locator("ol.steps > li").nth(1))).to_be_visible()
        expect(page.locator("main .tag").first).to_have_text("sent")
        sent = next(copy for copy in sink.copies if "ben@acme.example" in copy.recipients)
        with office.tracker.transaction() as session:
            take_in(session, OPERATOR, postfix(sent.message_id, "ben@acme.example"), now=office.clock.now())
        page.goto(post.address + "/people/")
        expect(page.get_by_text("letters come back")).to_be_visible()
        theirs = page.locator(".people > li").filter(has_text="ben@").get_by_role("link", name="Letters")
        press(theirs)
        expect(page.get_by_text("It came back: the address takes no letters.").first).to_be_visible()
        page.goto(post.address + "/letters/coming")
        page.get_by_label("To").fill("2026-12-10")
        page.get_by_label("Reader").select_option("Ben")
        press(page.get_by_role("button", name="Show"))
        expect(page.get_by_text("the address takes no letters").first).to_be_visible()
        page.get_by_label("Reader").select_option("Vera")
        press(page.get_by_role("button", name="Show"))
        expect(page.get_by_text("waits until quiet hours are over").first).to_be_visible()
        page.get_by_label("To").fill("2028-01-01")
        press(page.get_by_role("button", name="Show"))
        expect(page.get_by_role("alert")).to_contain_text("Choose at most 92 days.")
        expect(page.get_by_label("To")).to_have_value("2028-01-01")
        post.troubles = [trouble for trouble in post.troubles if "422 (" not in trouble]


def test_who_reads_only_is_told_of_their_own(post: Street) -> None:
    with post.window("Vera") as page:
        page.goto(post.address + "/")
        page.get_by_role("link", name="What you will be sent").click()
        expect(page.get_by_label("Reader")).to_have_count(0)
        expect(page.get_by_role("heading", name="Vera")).to_be_visible()
        expect(page.get_by_text("Printing").first).to_be_visible()
        expect(page.get_by_text("Office lease")).to_have_count(0)


@pytest.mark.parametrize("window", ["a dark desk in simplified Chinese", "the narrowest dark phone"])
def test_the_answers_are_sound_on_every_screen(post: Street, window: str) -> None:
    language, options = WINDOWS[window]
    with post.office.tracker.transaction() as session:
        session.query(Organisation).one().held_since = NOW
    (failed,) = letters(post.office, LetterState.FAILED)
    paths = ("/", "/letters/", "/letters/coming?to=2026-12-10", "/contracts/3", f"/letters/{failed.id}")
    with post.window("Ana", language, **options) as page:
        for path in (*paths, f"/obligations/{failed.deadline_id}"):
            page.goto(post.address + path)
            look(page, path, *rules_for(options))
            if language != "en":
                assert not re.search(r"[a-z]{4,} [a-z]{3,} [a-z]{2,}", ours(page)), path


def ours(page: Page) -> str:
    """What the page says in its own words, without what people and mail servers wrote."""
    text = page.evaluate("""() => {
        const copy = document.querySelector('main').cloneNode(true);
        copy.querySelectorAll('bdi, .mono, .prose, option').forEach(one => one.remove());
        return copy.textContent;
    }""")
    return str(text)
