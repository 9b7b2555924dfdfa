"""Kinds of contract in a real browser: dates and faults follow what is typed, and every way is sound on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Street, press
from tests.browser.test_looks import WINDOWS, look, rules_for
from tests.rules.kind_desk import filled, paper
from tests.web.test_kind_form import FILLED, documented
from tests.web.test_kinds import BAD
from tracker.actions.kinds import read_text


def put(street: Street, name: str, text: str) -> None:
    """A file into the folder of the team's own kinds."""
    folder = street.office.tracker.settings.own_kinds
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_kind_is_pasted_chosen_and_filled_in(street: Street, scripts: bool) -> None:
    with street.window("Ana", java_script_enabled=scripts) as page:
        page.goto(f"{street.address}/kinds/")
        page.get_by_role("link", name="Add a kind").click()
        page.get_by_label("Text of the kind").fill(BAD)
        if not scripts:
            page.get_by_role("button", name="Check it").click()
        expect(page.locator("#preview")).to_contain_text("blanks.rent.type")
        page.get_by_label("Text of the kind").fill(documented())
        press(page.get_by_role("button", name="Save", exact=True))
        press(page.get_by_role("link", name="Add contract"))
        for name, value in FILLED.items():
            page.locator(f"[name='{name}']").fill(value)
        if not scripts:
            page.get_by_role("button", name="Preview dates").last.click()
        expect(page.locator("#preview")).to_contain_text("31 Mar 2029")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Recorded")
        street.troubles = [trouble for trouble in street.troubles if "422 (" not in trouble]


@pytest.mark.parametrize("window", WINDOWS)
def test_every_page_of_a_kind_of_ones_own_is_sound(street: Street, window: str) -> None:
    language, options = WINDOWS[window]
    put(street, "showroom.toml", documented())
    put(street, "bad.toml", BAD.replace("showroom-lease", "bad-lease"))
    kind, _problems = read_text(documented())
    assert kind is not None
    street.office.record(filled(kind, paper(kind)))
    with street.window("Ana", language, **options) as page:
        for path in (
            "/kinds/",
            "/kinds/showroom-lease",
            "/kind-files/own/showroom.toml",
            "/kind-files/own/bad.toml",
            "/kind-files/own/bad.toml/remove",
            "/contracts/new/showroom-lease",
            "/contracts/3/blanks",
        ):
            page.goto(street.address + path)
            assert page.url.endswith(path), "the page itself and no other"
            for details in page.locator("main details").all():
                details.evaluate("element => { element.open = true }")
            look(page, path, *rules_for(options))
