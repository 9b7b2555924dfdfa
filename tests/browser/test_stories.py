"""The main job in a real browser: with scripts for comfort, and without any."""

from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Street, press
from tests.rules.worked import business_transfer
from tracker.actions.invitations import welcome_token

PROOF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def first_run(street: Street, page: Page) -> None:
    with street.office.tracker.transaction() as session:
        token = welcome_token(session, street.office.clock.now())
    page.goto(f"{street.address}/welcome/{token}")
    page.get_by_label("Your name").fill("Ana Chen")
    page.get_by_label("E-mail").fill("ana@acme.example")
    page.get_by_label("Password", exact=False).first.fill("correct horse battery")
    page.get_by_label("Password again").fill("correct horse battery")
    page.get_by_label("Organisation").fill("Acme Legal")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def fill_lease(page: Page) -> None:
    page.get_by_role("link", name="Add contract").first.click()
    page.get_by_role("link", name="Other contract Term").click()
    page.get_by_label("Number").fill("L-7")
    page.get_by_label("Title", exact=False).first.fill("Office lease")
    page.get_by_label("Second party").fill("Harbour Estates")
    page.get_by_label("Signed on").fill("2024-01-15")
    page.get_by_label("Length of the term").fill("3 years")
    page.get_by_label("Does the first day count?").select_option("yes")
    page.locator("[name='blanks.renewal_mode']").select_option("agreement")
    page.locator("[name='blanks.notice_before']").fill("30 days")
    page.get_by_label("Dates are counted by").select_option("plain")
    page.get_by_label("Working days of").select_option("NONE")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_first_link_to_a_logged_completion(empty_street: Street, tmp_path: Path, scripts: bool) -> None:
    proof = tmp_path / "通知.pdf"
    proof.write_bytes(PROOF)
    with empty_street.window(java_script_enabled=scripts) as page:
        first_run(empty_street, page)
        expect(page.get_by_text("No contract yet")).to_be_visible()
        fill_lease(page)
        page.get_by_role("button", name="Preview dates").last.click()
        # Three years from 15 January 2024, that day counted, end on 14 January 2027; 30 days before is 15 December.
        expect(page.locator("#preview").get_by_text("15 Dec 2026").first).to_be_visible()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Recorded")
        page.get_by_role("link", name="Last day for notice on renewal").first.click()
        expect(page.get_by_text("How was this worked out?")).to_be_visible()
        page.get_by_role("link", name="Log completion").click()
        page.get_by_label("Note").fill("Sent by courier")
        page.get_by_label("Evidence").set_input_files(proof)
        page.get_by_role("button", name="Log completion").click()
        expect(page.get_by_text("Sent by courier")).to_be_visible()
        expect(page.get_by_role("link", name="通知.pdf")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("status")).to_contain_text("Open again")


def test_the_preview_follows_what_is_typed(street: Street) -> None:
    with street.window("Ana") as page:
        page.goto(street.address + "/contracts/1/edit")
        preview = page.locator("#preview")
        expect(preview.get_by_text("31 Jan 2027").first).to_be_visible()
        page.locator("[name='term.length']").fill("4 years")
        expect(preview).to_contain_text("4 deadlines move")
        expect(preview.get_by_text("31 Jan 2028").first).to_be_visible()
        page.locator("[name='term.length']").fill("")
        page.locator("[name='number']").fill("")
        expect(preview).to_contain_text("Number: This is needed.")


def test_leaving_a_half_filled_form_asks_first(street: Street) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with street.window("Ana") as page:
        page.goto(street.address + "/contracts/1/edit")
        page.locator("[name='title']").fill("Half typed")
        page.on("dialog", stay)
        with page.expect_event("dialog"):
            page.locator("header").get_by_role("link", name="Contracts").click(no_wait_after=True)
        expect(page.locator("[name='title']")).to_have_value("Half typed")
        assert asked == ["beforeunload"]


def test_an_error_leads_to_its_field(street: Street) -> None:
    with street.window("Ana") as page:
        page.goto(street.address + "/contracts/1/edit")
        page.locator("[name='term.end']").fill("2027-02-30")
        page.get_by_role("button", name="Save", exact=True).click()
        summary = page.get_by_role("alert")
        expect(summary).to_contain_text("There is no such day: 2027-02-30.")
        summary.get_by_role("link", name="Ends on").click()
        field = page.locator("[name='term.end']")
        expect(field).to_be_in_viewport()
        expect(field).to_have_attribute("aria-invalid", "true")
        described = field.get_attribute("aria-describedby") or ""
        assert "no such day" in (page.locator(f"[id='{described.split()[-1]}']").text_content() or "")
        street.troubles = [trouble for trouble in street.troubles if "422" not in trouble]


def test_the_language_is_changed_in_place(street: Street) -> None:
    with street.window("Ana") as page:
        page.goto(street.address + "/obligations/?band=30")
        press(page.get_by_role("button", name="简体中文"))
        assert page.url == street.address + "/obligations/?band=30"
        expect(page.get_by_role("heading", name="义务", exact=True)).to_be_visible()
        page.get_by_role("button", name="深色").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(page.locator("body")).to_have_css("background-color", "rgb(17, 20, 24)")


def test_what_survives_a_contract_is_worked_off_its_checklist_without_scripts(street: Street, tmp_path: Path) -> None:
    proof = tmp_path / "通知客户.pdf"
    proof.write_bytes(PROOF)
    transfer = street.office.record(business_transfer.DOCUMENT, language="en")
    with street.window("Ana", java_script_enabled=False) as page:
        page.goto(f"{street.address}/contracts/{transfer}")
        page.get_by_role("link", name="Checklist").click()
        notice = page.get_by_role("listitem").filter(has_text="Tell the affected customers")
        notice.get_by_role("link", name="Log completion").click()
        page.get_by_label("Done on").fill("2026-02-05")
        page.get_by_label("Evidence").set_input_files(proof)
        page.get_by_role("button", name="Log completion").click()
        expect(page.get_by_role("heading", name="After the end")).to_be_visible()
        expect(page.get_by_role("link", name="通知客户.pdf")).to_be_visible()
        page.get_by_text("Correct the end").click()
        page.get_by_label("Day").fill("2026-02-03")
        press(page.get_by_role("button", name="Save"))
        expect(page.get_by_text("7 deadlines move")).to_be_visible()
        press(page.get_by_role("button", name="Save"))
        expect(page.get_by_text("Done on 5 Feb 2026")).to_be_visible()
        # 25 days of February are left after the 3rd; the 30th day is 5 March.
        expect(page.get_by_role("listitem").filter(has_text="Data migration")).to_contain_text("5 Mar 2026")
        page.get_by_role("link", name="Closing report").click()
        page.emulate_media(media="print")
        expect(page.get_by_role("cell", name="通知客户.pdf")).to_be_visible()
        expect(page.get_by_role("navigation")).to_have_count(0)
