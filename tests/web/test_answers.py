"""What every answer carries, and what an error looks like."""

import logging
import re

import pytest

from tests.web.conftest import Office, build, send, text_of
from tracker.ports.clock import FixedClock

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/help", "/nowhere", "/static/app.css", "/healthz"])
def test_every_answer_carries_the_headers(office: Office, path: str) -> None:
    answer = office.sit("Ana").get(path, buffered=True)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer.headers


def test_no_answer_leads_to_the_host_that_a_request_names(office: Office) -> None:
    """Found by test: an address without its last slash was answered with that host, and with http behind https."""
    stranger = office.browser()
    for path in ("/calendar", "/calendar/", "/contracts", "/contracts//5", "//calendar/", "/nowhere/", "/welcome/"):
        answer = stranger.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in f"{answer.headers}{text_of(answer)}", path
    assert "New subscription" in text_of(office.sit("Ana").get("/calendar"))


def test_pages_are_not_kept_and_static_files_are(office: Office) -> None:
    ana = office.sit("Ana")
    page = ana.get("/")
    assert page.headers["Cache-Control"] == "no-store"
    style = re.search(r'href="(/static/app\.css\?v=[0-9a-f]+)"', text_of(page))
    assert style is not None
    assert "max-age=31536000" in ana.get(style[1], buffered=True).headers["Cache-Control"]


def test_no_page_holds_a_script_or_a_style_of_its_own(office: Office, lease: int) -> None:
    ana = office.sit("Ana")
    for path in ("/", "/contracts/", f"/contracts/{lease}", f"/contracts/{lease}/edit", "/calendar/", "/help"):
        page = text_of(ana.get(path))
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page), path


def test_the_session_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(office: Office) -> None:
    cookie = office.browser().get("/help").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_cookies_and_browsers_are_told_so(office: Office, database_url: str) -> None:
    served = build(
        database_url, office.tracker.settings.instance, FixedClock(office.clock.now()),
        TRACKER_BASE_URL="https://law.example/contracts",
    )  # fmt: skip
    answer = served.browser().get("/contracts/help")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Secure" in answer.headers["Set-Cookie"]
    assert 'href="/contracts/static/app.css' in text_of(answer)
    assert 'href="/contracts/help"' in text_of(served.browser().get("/help"))
    served.tracker.close()


def test_links_for_elsewhere_follow_the_settings_and_never_the_request(office: Office) -> None:
    ana = office.sit("Ana")
    token = re.search(r'csrf_token" value="([^"]+)"', text_of(ana.get("/help")))
    assert token is not None
    fields = {"csrf_token": token[1], "label": "Mine", "detail": "full", "side": ""}
    page = text_of(ana.post("/calendar/", data=fields, headers={"X-Forwarded-Host": "evil.example"}))
    assert "http://localhost/feeds/" in page
    assert "evil.example" not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "There is nothing here"), ("zh-Hans", "这里什么也没有"), ("zh-Hant", "這裡什麼也沒有")],
)
def test_an_error_page_speaks_the_visitor_s_language(office: Office, language: str, words: str) -> None:
    visitor = office.browser()
    visitor.set_cookie("language", language)
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404
    assert words in text_of(answer)


def test_a_method_nobody_offers_names_those_there_are(office: Office) -> None:
    answer = send(office.sit("Ana"), "/help")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_too_much_at_once_is_refused(office: Office, lease: int) -> None:
    ana = office.sit("Ana")
    answer = send(ana, f"/contracts/{lease}/facts", note="x" * (3 * 1024 * 1024))
    assert answer.status_code == 413
    assert "too large" in text_of(answer)


def test_a_fault_of_ours_is_owned_up_to_with_a_reference_that_the_log_has(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down() -> str:
        raise RuntimeError("the basement is flooded")

    office.app.view_functions["today.show"] = break_down
    with caplog.at_level(logging.ERROR):
        answer = office.sit("Ana").get("/")
    # The planted view bears no mark, so it still asks for sign-in.
    assert answer.status_code == 500
    shown = re.search(r"<code>([0-9a-f]{8})</code>", text_of(answer))
    assert shown is not None
    assert f"reference={shown[1]}" in caplog.text
    assert "basement" not in text_of(answer)


def test_a_view_nobody_marked_asks_for_sign_in(office: Office) -> None:
    @office.app.get("/planted")
    def planted() -> str:
        return "come in"

    assert office.browser().get("/planted").location.startswith("/sign-in")


@pytest.mark.parametrize("path", ["/calendar/", "/calculator/", "/obligations/", "/contracts/", "/settings/"])
def test_no_choice_that_a_form_offers_as_empty_is_demanded(office: Office, path: str) -> None:
    """A browser sends no form with a required choice whose value is empty: what stands there could not be chosen."""
    page = text_of(office.sit("Ana").get(path))
    for choice in re.findall(r"<select[^>]* required[^>]*>.*?</select>", page, re.DOTALL):
        assert '<option value=""' not in choice, choice[:200]
