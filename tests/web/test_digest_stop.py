"""Digests on the pages; ending them by their link: one POST without cookies from any mail program, and nothing else
changed by it."""

import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.web.conftest import NOW, Office, send, text_of
from tests.web.test_answer_links import everything
from tracker.actions.links import Seal, StopLink, last_day_for
from tracker.actions.organisations import organisation_of
from tracker.actions.outbox_statements import TOLD_OF
from tracker.records.history import History
from tracker.records.letters import Letter, LetterState
from tracker.records.people import Person
from tracker.rules.digests import Rhythm
from web.redaction import keep_secrets_out_of_logs

TODAY = date(2026, 11, 22)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def path(office: Office) -> str:
    """The address in a digest of Ben's, written today."""
    with office.tracker.transaction() as session:
        session.get_one(Person, office.people["Ben"]).digest = Rhythm.WEEKLY
    return f"/digest/{seal(office).sign_stop(StopLink(office.people['Ben'], last_day_for(None, TODAY)))}"


def seal(office: Office, secret: str = "") -> Seal:
    with office.tracker.reading() as session:
        return Seal(secret or office.tracker.settings.secret_key, organisation_of(session).installation)


def rhythm(office: Office, who: str = "Ben") -> Rhythm:
    with office.tracker.reading() as session:
        return session.get_one(Person, office.people[who]).digest


def test_looking_asks_and_changes_nothing(office: Office, path: str) -> None:
    before = everything(office)
    page = office.browser().get(path)
    assert page.status_code == 200
    assert "comes to Ben in one letter so far" in text_of(page)
    assert 'value="' not in text_of(page).split("<form", 1)[1].split("</form>")[0], "the address carries all"
    assert office.browser().get(f"{path}?List-Unsubscribe=One-Click").status_code == 200
    assert office.browser().head(path).status_code == 200
    assert everything(office) == before
    for answer in (page, office.browser().get("/digest/nonsense")):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "Set-Cookie" not in answer.headers


def test_one_post_of_a_mail_program_ends_them_once_and_nothing_else(office: Office, path: str) -> None:
    program = office.app.test_client(use_cookies=False)
    for _ in range(2):
        answer = program.post(path, data=ONE_CLICK)
        assert answer.status_code == 200, "RFC 8058 wants no redirect"
        assert "Your reminders come one by one" in text_of(answer)
    assert rhythm(office) is Rhythm.NEVER
    with office.tracker.reading() as session:
        events = [one for one in session.scalars(select(History)) if one.event == "digest-stopped"]
        assert [(one.actor_id, one.channel) for one in events] == [(office.people["Ben"], "letter")]
    assert "<form" not in text_of(program.get(path))


def test_it_ends_those_of_whom_it_was_written_to_whoever_is_signed_in(office: Office, path: str) -> None:
    with office.tracker.transaction() as session:
        session.get_one(Person, office.people["Ana"]).digest = Rhythm.DAILY
        session.get_one(Person, office.people["Ben"]).language = "zh-Hans"
    page = office.sit("Ana").post(path)
    assert (rhythm(office), rhythm(office, "Ana")) == (Rhythm.NEVER, Rhythm.DAILY)
    assert 'lang="zh-Hans"' in text_of(page)


def test_a_dead_link_says_why_and_changes_nothing(office: Office, path: str) -> None:
    token = path.removeprefix("/digest/")
    answer_link = f"/answer/{token}"
    foreign = seal(office, "another secret").sign_stop(StopLink(office.people["Ben"], TODAY))
    forged = (token[:-1], token[1:], token.swapcase(), token.split(".")[0], "é", "%00", foreign)
    for dead in (*(f"/digest/{one}" for one in forged), answer_link):
        assert office.browser().get(dead).status_code == 404
        assert office.browser().post(dead, data=ONE_CLICK).status_code == 404
    office.clock.turn_to(NOW + timedelta(days=90))
    assert office.browser().get(path).status_code == 200
    office.clock.turn_to(NOW + timedelta(days=91))
    assert "This link has run out" in text_of(office.browser().post(path, data=ONE_CLICK))
    office.clock.turn_to(NOW)
    with office.tracker.transaction() as session:
        session.get_one(Person, office.people["Ben"]).active = False
    assert office.browser().post(path, data=ONE_CLICK).status_code == 410
    assert rhythm(office) is Rhythm.WEEKLY


def test_guessing_is_slowed_down_and_no_log_holds_the_link(
    office: Office, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    guesser = office.browser()
    assert [guesser.get(f"/digest/{number}").status_code for number in range(61)].count(404) == 60
    assert guesser.get(path).status_code == 200
    keep_secrets_out_of_logs()
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("waitress").info('"POST %s HTTP/1.1" 200', path)
    assert path.removeprefix("/digest/") not in caplog.text


def test_how_reminders_come_is_chosen_on_ones_own_page(office: Office) -> None:
    ben = office.sit("Ben")
    assert send(ben, "/account/reminders", digest="weekly").status_code == 303
    assert rhythm(office) is Rhythm.WEEKLY
    assert 'value="weekly" selected' in text_of(ben.get("/account/reminders"))
    refused = send(ben, "/account/reminders", digest="hourly")
    assert refused.status_code == 422
    assert rhythm(office) is Rhythm.WEEKLY


# ------------------------------------------------------------------- on the pages


@pytest.fixture
def sent(office: Office, lease: int) -> tuple[int, int]:
    """A digest to Ana that told her of the insurance, and the number of that reminder's letter."""
    with office.tracker.transaction() as session:
        common = {"person_id": office.people["Ana"], "recipient": "ana@acme.example", "language": "en"}
        times = {"not_before": NOW, "created_at": NOW, "finished_at": NOW, "state": LetterState.SENT, "due_revision": 1}
        secret = b"Subject: Two\r\n\r\nhttps://tracker.example/digest/abc.def\r\n"
        written = {"message": secret, "facts": {TOLD_OF: [lease]}}
        digest = Letter(key="d", message_id="<d@x>", purpose="digest", lead=0, **written, **common, **times)
        session.add(digest)
        session.flush()
        about = {"deadline_id": office.deadline(lease, "insurance"), "digest_id": digest.id, "purpose": "reminder"}
        letter = Letter(key="m", message_id="<m@x>", lead=30, facts={}, **about, **common, **times)
        session.add(letter)
        session.flush()
        return digest.id, letter.id


def test_a_reminder_leads_to_the_digest_it_went_with_and_back(office: Office, sent: tuple[int, int]) -> None:
    digest, letter = sent
    ana = office.sit("Ana")
    for page in ("/letters/", f"/letters/{letter}"):
        assert f'href="/letters/{digest}"' in text_of(ana.get(page))
    shown = text_of(ana.get(f"/letters/{digest}"))
    assert f'href="/letters/{letter}"' in shown
    assert "Office lease" in shown
    assert "https://tracker.example/digest/…" in shown, "what ends digests in her name is not for screens"
    assert "abc.def" not in shown


def test_a_deadline_says_that_it_was_told_with_others(office: Office, lease: int, sent: tuple[int, int]) -> None:
    path = f"/obligations/{office.deadline(lease, 'insurance')}"
    linked = f'<a href="/letters/{sent[0]}">with others in one letter</a>'
    assert linked in text_of(office.sit("Ana").get(path))
    seen_by_ben = text_of(office.sit("Ben").get(path))
    assert linked not in seen_by_ben, "the letter to Ana is not for him"
    assert "with others in one letter" in seen_by_ben
