"""Every screen in a real browser: no accessibility fault, no sideways overflow, no complaint on the console."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from tests.browser.conftest import Street, press
from tracker.actions.links import AnswerLink, Seal, StopLink
from tracker.actions.organisations import organisation_of
from tracker.chores import Chores
from tracker.records.deadlines import Deadline
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person
from tracker.rules.digests import Rhythm

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

SCREENS = (
    "/",
    "/contracts/",
    "/contracts/1",
    "/contracts/2",
    "/contracts/2/edit",
    "/contracts/2/facts/signed-1",
    "/contracts/2/after-the-end",
    "/contracts/2/after-the-end/report",
    "/contracts/2/amendments/amendment-1",
    "/contracts/2/as-of?day=2026-10-31",
    "/contracts/2/as-of?day=2030-01-01",
    "/contracts/2/edit?every=1&effective=2026-11-01&signed=2026-10-12",
    "/contracts/2/parent",
    "/contracts/2/papers/new?kind=complaint-record&fact=complaint_received-1",
    "/contracts/2/papers/signed-contract-1",
    "/contracts/2/papers/module-manual-1",
    "/papers/",
    "/contracts/new",
    "/contracts/new?kind=crm-implementation",
    "/contracts/new/crm-implementation",
    "/contracts/2/edit?every=1",
    "/kinds/",
    "/kinds/customer-service",
    "/kind-files/new?from=third-party",
    "/obligations/",
    "/obligations/?band=overdue&text=x",
    "/obligations/1",
    "/obligations/1/log",
    "/obligations/1/ladder",
    "/calendar/",
    "/calculator/",
    "/calculator/?day=2026-12-31&period=60+days&direction=before&preset=prc-civil-code",
    "/calendars/",
    "/account",
    "/account/reminders",
    "/people/",
    "/people/2/disable",
    "/settings/",
    "/settings/reminders",
    "/letters/",
    "/letters/?state=failed",
    "/letters/coming",
    "/letters/release",
    "/help",
    "/nowhere",
)
NOT_SCREENS = {"/healthz", "/metrics", "/robots.txt", "/welcome", "/calendars/recounted"}
"""Answers for programs; the page before the first run, which a story opens; and one that needs an event."""
ASKED_FOR = re.compile(r"404 \(NOT FOUND\)|422 \(UNPROCESSABLE ENTITY\)")
"""What the console says of a page that is not there and of a day to come that nothing can be looked back at from."""
DOORS = ("/sign-in", "/help", "/nowhere", "/join/unknown", "/answer/unknown", "/digest/unknown")

WINDOWS: dict[str, tuple[str, dict[str, Any]]] = {
    "a desk in English": ("en", {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}),
    "a dark desk in simplified Chinese": (
        "zh-Hans",
        {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    ),
    "a phone in traditional Chinese": ("zh-Hant", {"viewport": {"width": 390, "height": 800}, "color_scheme": "light"}),
    "the narrowest dark phone": ("en", {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}),
}


def faults(page: Page, *rules: str, within: str = "html") -> list[str]:
    """What axe finds, each with the elements concerned; by all its rules, or those named."""
    page.evaluate(AXE)
    wanted = json.dumps({"runOnly": list(rules) or RULES, "resultTypes": ["violations"], "selectors": False})
    found = page.evaluate(f"axe.run({json.dumps(within)}, {wanted}).then(run => run.violations)")
    return [f"{fault['id']}: {[node['html'][:150] for node in fault['nodes'][:3]]}" for fault in found]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def look(page: Page, path: str, *rules: str) -> None:
    """The page shown is as wide as its window, and axe has nothing to say."""
    assert (path, overflow(page)) == (path, 0)
    assert (path, faults(page, *rules)) == (path, [])


def rules_for(options: dict[str, Any]) -> tuple[str, ...]:
    """All at a light desk. In the dark only colours differ, on a phone only sizes and places: only they are looked at
    again, for axe takes its time."""
    if options["viewport"]["width"] < 1000:
        return "target-size", "scrollable-region-focusable"
    return ("color-contrast",) if options["color_scheme"] == "dark" else ()


@pytest.mark.parametrize("window", WINDOWS)
def test_every_screen_is_sound(street: Street, window: str) -> None:
    language, options = WINDOWS[window]
    with street.window("Ana", language, **options) as page:
        page.goto(street.address + "/contracts/2")
        assert page.locator("html").get_attribute("lang") == language
        for path in SCREENS:
            page.goto(street.address + path)
            look(page, path, *rules_for(options))
        street.troubles = [trouble for trouble in street.troubles if not ASKED_FOR.search(trouble)]


@pytest.mark.parametrize("window", WINDOWS)
def test_letters_that_went_out_or_failed_are_sound_on_screen_too(street: Street, window: str) -> None:
    language, options = WINDOWS[window]
    Chores(street.office.tracker, street.address).all_once()
    with street.office.tracker.transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.deadline_id.is_not(None)).order_by(Letter.id)).all()[0]
        letter.state, letter.reason, letter.reply = LetterState.FAILED, "refused for good", "550 5.1.1 no such user"
        number, deadline_id = letter.id, letter.deadline_id
    pages = (f"/letters/{number}", f"/letters/{number}/again", f"/letters/{number}/rest", f"/obligations/{deadline_id}")
    with street.window("Ana", language, **options) as page:
        for path in ("/letters/", *pages):
            page.goto(street.address + path)
            look(page, path, *rules_for(options))


@pytest.mark.parametrize("window", WINDOWS)
def test_what_a_letter_asks_is_sound_and_leaves_no_cookie(street: Street, window: str) -> None:
    language, options = WINDOWS[window]
    address = street.address + answer_path(street, "Ana", 1, language)
    with street.window("", language, **options) as page:
        page.goto(f"{address}#later")
        look(page, "/answer", *rules_for(options))
        assert page.locator("html").get_attribute("lang") == language
        page.locator("#later button").click()  # nothing typed: the browser itself may keep it back
        page.locator("#until").fill("2000-01-01")
        press(page.locator("#later button"))
        assert page.locator("[role=alert]").is_visible()
        look(page, "/answer refused", *rules_for(options))
        street.troubles = [trouble for trouble in street.troubles if "422 (" not in trouble]
        press(page.locator("#in-hand button"))
        assert page.locator("#in-hand").count() == 0
        look(page, "/answer in hand", *rules_for(options))
        assert page.context.cookies() == []
        press(page.locator("#done button"))
        assert page.locator("#done").count() == 0
        look(page, "/answer done", *rules_for(options))


def answer_path(street: Street, who: str, deadline_id: int, language: str) -> str:
    """The address in a letter to somebody who reads this language."""
    with street.office.tracker.transaction() as session:
        person = session.get_one(Person, street.office.people[who])
        person.language = language
        row = session.get_one(Deadline, deadline_id)
        seal = Seal(street.office.tracker.settings.secret_key, organisation_of(session).installation)
        return f"/answer/{seal.sign(AnswerLink(deadline_id, person.id, row.revision, date.max))}"


@pytest.mark.parametrize("window", WINDOWS)
def test_what_a_digest_asks_is_sound_and_leaves_no_cookie(street: Street, window: str) -> None:
    language, options = WINDOWS[window]
    with street.office.tracker.transaction() as session:
        ana = session.get_one(Person, street.office.people["Ana"])
        ana.language, ana.digest = language, Rhythm.WEEKLY
        seal = Seal(street.office.tracker.settings.secret_key, organisation_of(session).installation)
        address = f"{street.address}/digest/{seal.sign_stop(StopLink(ana.id, date.max))}"
    with street.window("", language, **options) as page:
        page.goto(address)
        look(page, "/digest", *rules_for(options))
        assert page.locator("html").get_attribute("lang") == language
        press(page.locator("main button"))
        assert page.locator("main form").count() == 0
        look(page, "/digest ended", *rules_for(options))
        assert page.context.cookies() == []


def test_no_screen_is_left_out(street: Street) -> None:
    rules = (rule for rule in street.office.app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    without_numbers = {rule.rule for rule in rules if not rule.arguments}
    looked_at = {path.partition("?")[0] for path in (*SCREENS, *DOORS)}
    assert without_numbers - looked_at == NOT_SCREENS


@pytest.mark.parametrize("window", WINDOWS)
def test_every_door_is_sound(street: Street, window: str) -> None:
    language, options = WINDOWS[window]
    with street.window("", language, **options) as page:
        for path in DOORS:
            page.goto(street.address + path)
            look(page, path, *rules_for(options))
        street.troubles = [trouble for trouble in street.troubles if "404 (" not in trouble and "410 (" not in trouble]


def test_opened_explanations_and_menus_are_sound_too(street: Street) -> None:
    with street.window("Ana", "zh-Hans", viewport={"width": 390, "height": 800}) as page:
        for path in ("/contracts/2", "/contracts/2/edit", "/obligations/1"):
            page.goto(street.address + path)
            _open(page, "main details")
            look(page, path)
            _open(page, "header.top details")  # a menu lies over what is below it, which is then no target
            assert faults(page, within="header.top") == []


def _open(page: Page, which: str) -> None:
    for details in page.locator(which).all():
        details.evaluate("element => { element.open = true }")


def test_on_paper_only_the_content_is_left(street: Street) -> None:
    with street.window("Ana") as page:
        page.goto(street.address + "/contracts/1")
        page.emulate_media(media="print")
        assert page.locator("header.top").is_hidden()
        assert page.locator("footer").is_hidden()
        assert page.get_by_role("button").count() == 0
        assert page.get_by_role("heading", name="Office lease").is_visible()


def test_a_keyboard_reaches_the_content_first(street: Street) -> None:
    with street.window("Ana") as page:
        page.goto(street.address + "/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
