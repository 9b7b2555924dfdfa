"""Answering a letter by its link: no sign-in, nothing changed by looking, and nothing but what the link names."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.conftest import NOW, Office, text_of
from tracker.actions.links import AnswerLink, Seal, last_day_for
from tracker.actions.organisations import organisation_of
from tracker.records.base import Base
from tracker.records.contracts import Access, Grant
from tracker.records.deadlines import Deadline, State
from tracker.records.history import History
from tracker.records.letters import Answer, Answering
from tracker.records.people import Person
from tracker.rules.clauses import Proof
from web.redaction import keep_secrets_out_of_logs

TODAY = date(2026, 11, 22)
INSURANCE = date(2026, 12, 15)


@pytest.fixture
def office_database(database_url: str) -> str:
    """Locks and unique answers are the database's, so on each."""
    return database_url


@pytest.fixture
def deadline_id(office: Office, lease: int) -> int:
    """Ana's open duty; Ben stands in for her."""
    number = office.deadline(lease, "insurance")
    with office.tracker.transaction() as session:
        session.get_one(Deadline, number).contract.backup_id = office.people["Ben"]
    return number


def link(office: Office, deadline_id: int, who: str = "Ana", last_day: date | None = None) -> str:
    """The address in a letter to somebody, written now."""
    with office.tracker.reading() as session:
        seal = Seal(office.tracker.settings.secret_key, organisation_of(session).installation)
        row = session.get_one(Deadline, deadline_id)
        until = last_day or last_day_for(row.action_day, TODAY)
        return f"/answer/{seal.sign(AnswerLink(deadline_id, office.people[who], row.revision, until))}"


def say(office: Office, path: str, answer: str, **fields: str) -> TestResponse:
    """Send an answer from a browser that keeps no cookies."""
    return office.app.test_client(use_cookies=False).post(path, data={"answer": answer, **fields})


def everything(office: Office) -> list[object]:
    """Every row of every table."""
    with office.tracker.reading() as session:
        return [tuple(map(tuple, session.execute(select(table)))) for table in Base.metadata.sorted_tables]


def row(office: Office, deadline_id: int) -> Deadline:
    with office.tracker.reading() as session:
        found = session.get_one(Deadline, deadline_id)
        _ = found.completions, found.acknowledged_by
        return found


def answers(office: Office) -> list[tuple[int, Answering, date | None]]:
    with office.tracker.reading() as session:
        return [(one.person_id, one.answer, one.until) for one in session.scalars(select(Answer))]


def events(office: Office) -> list[tuple[str, int | None, str]]:
    with office.tracker.reading() as session:
        return [(one.event, one.actor_id, one.channel) for one in session.scalars(select(History).order_by(History.id))]


# ------------------------------------------------------------------- looking


def test_o12_looking_asks_and_changes_nothing(office: Office, deadline_id: int) -> None:
    path, before = link(office, deadline_id), everything(office)
    visitor = office.browser()
    page = visitor.get(path)
    assert page.status_code == 200
    for said in ("Office lease", "15 Dec 2026", "Log completion", "I have it in hand", "Remind me later", "Not mine"):
        assert said in text_of(page)
    assert visitor.head(path).status_code == 200
    assert visitor.get(f"{path}?answer=done&done_on=2026-11-20").status_code == 200
    assert visitor.put(path).status_code == visitor.delete(path).status_code == 405
    assert everything(office) == before


def test_o12_the_page_is_kept_from_indexes_referrers_caches_and_cookies(office: Office, deadline_id: int) -> None:
    for page in (office.browser().get(link(office, deadline_id)), office.browser().get("/answer/nonsense")):
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in page.headers
        assert 'name="robots" content="noindex' in text_of(page)


def test_the_page_is_in_the_language_of_whom_the_letter_went_to(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id, "Ben")
    with office.tracker.transaction() as session:
        session.get_one(Person, office.people["Ben"]).language = "zh-Hans"
    assert 'lang="zh-Hans"' in text_of(office.sit("Ana").get(path))


def test_whoever_is_signed_in_the_link_speaks_for_whom_it_was_written_to(office: Office, deadline_id: int) -> None:
    office.sit("Vera").post(link(office, deadline_id, "Ben"), data={"answer": "in-hand"})
    found = row(office, deadline_id)
    assert found.acknowledged_by_id == office.people["Ben"]


# ------------------------------------------------------------------- answering


def test_o12_done_with_day_and_note_is_logged_once_however_often_it_is_sent(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id)
    for _ in range(2):
        sent = say(office, path, "done", done_on="2026-11-20", note="Paid by bank")
        assert (sent.status_code, sent.location) == (303, path)
    done = row(office, deadline_id)
    assert done.state is State.DONE
    assert [(one.done_on, one.note, one.by_id, one.channel) for one in done.completions] == [
        (date(2026, 11, 20), "Paid by bank", office.people["Ana"], "letter")
    ]
    page = text_of(office.browser().get(path))
    assert "Done on 20 Nov 2026" in page
    assert "<form" not in page


def test_o12_in_hand_is_noted_once(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id)
    assert say(office, path, "in-hand").status_code == 303
    first = row(office, deadline_id)
    office.clock.turn_to(NOW + timedelta(hours=1))
    assert say(office, path, "in-hand").status_code == 303
    again = row(office, deadline_id)
    assert (again.acknowledged_at, again.acknowledged_by_id) == (NOW, office.people["Ana"])
    assert again.state is State.OPEN
    assert first.acknowledged_at == again.acknowledged_at
    assert events(office).count(("deadline-acknowledged", office.people["Ana"], "letter")) == 1
    page = text_of(office.browser().get(path))
    assert "Ana has it in hand." in page
    assert 'value="in-hand"' not in page


def test_o12_later_waits_until_the_day_that_was_said(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id)
    for until in ("2026-12-01", "2026-12-01", "2026-12-02"):
        assert say(office, path, "later", until=until).status_code == 303
    assert answers(office) == [(office.people["Ana"], Answering.SNOOZED, date(2026, 12, 2))]
    assert "You will be reminded again on 2 Dec 2026." in text_of(office.browser().get(path))


@pytest.mark.parametrize(
    ("answer", "fields"), [("later", {"until": "2026-12-01"}), ("done", {"done_on": "2026-11-20"})]
)
def test_o12_the_same_answer_sent_many_times_at_once_is_taken_once(
    office: Office, deadline_id: int, answer: str, fields: dict[str, str]
) -> None:
    path = link(office, deadline_id)
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _number: say(office, path, answer, **fields).status_code, range(8)))
    assert sent == [303] * 8
    assert len(answers(office)) + len(row(office, deadline_id).completions) == 1


def test_what_was_typed_elsewhere_leaves_the_day_it_was_done_as_today(office: Office, deadline_id: int) -> None:
    sent = say(office, link(office, deadline_id), "later", until="never")
    assert 'value="2026-11-22"' in text_of(sent)
    assert 'value="never"' in text_of(sent)


def test_o12_not_mine_is_taken_while_somebody_else_hears_of_it(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id)
    for _ in range(2):
        assert say(office, path, "not-mine").status_code == 303
    assert answers(office) == [(office.people["Ana"], Answering.NOT_MINE, None)]
    assert "You said that it is not yours" in text_of(office.browser().get(path))
    assert row(office, deadline_id).state is State.OPEN


@pytest.mark.parametrize(("answer", "fields"), [("not-mine", {}), ("later", {"until": "2026-11-30"})])
def test_o12_the_last_who_hears_of_a_notice_cannot_fall_silent(
    office: Office, lease: int, answer: str, fields: dict[str, str]
) -> None:
    notice = office.deadline(lease, "renewal-intention")
    sent = say(office, link(office, notice), answer, **fields)
    assert sent.status_code == 422
    assert "Nobody else would hear of this notice" in text_of(sent)
    assert answers(office) == []


@pytest.mark.parametrize(
    ("answer", "fields", "told"),
    [
        ("done", {"done_on": "2026-11-23"}, "This day is still to come."),
        ("done", {"done_on": ""}, "Done on"),
        ("done", {"done_on": "soon", "note": "kept words"}, "kept words"),
        ("later", {"until": "2026-11-22"}, "Choose a day after today."),
        ("later", {"until": "2026-12-16"}, "Choose a day that is not past the last day to act."),
        ("later", {}, "Remind me again on"),
        ("delete", {}, ">Answer<"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    office: Office, deadline_id: int, answer: str, fields: dict[str, str], told: str
) -> None:
    path, before = link(office, deadline_id), everything(office)
    sent = say(office, path, answer, **fields)
    assert sent.status_code == 422
    assert told in text_of(sent)
    assert 'role="alert"' in text_of(sent)
    assert everything(office) == before


def test_a_reader_may_have_it_in_hand_but_not_log_it(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id, "Vera")
    assert "<form" not in text_of(office.browser().get(path))
    assert say(office, path, "in-hand").status_code == 403
    with office.tracker.transaction() as session:
        contract = session.get_one(Deadline, deadline_id).contract
        contract.grants.append(Grant(person_id=office.people["Vera"], told=True))
    assert 'value="done"' not in text_of(office.browser().get(path))
    assert say(office, path, "done", done_on="2026-11-20").status_code == 403
    assert row(office, deadline_id).state is State.OPEN
    assert say(office, path, "in-hand").status_code == 303


def test_on_its_last_day_it_cannot_be_put_off(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id)
    assert 'value="later"' in text_of(office.browser().get(path))
    office.clock.turn_to(NOW + (INSURANCE - TODAY))
    assert 'value="later"' not in text_of(office.browser().get(path))


def test_somebody_who_cannot_sign_in_answers_like_everybody_else(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id, "Rex")
    assert office.browser().get(path).status_code == 410
    with office.tracker.transaction() as session:
        contract = session.get_one(Deadline, deadline_id).contract
        contract.grants.append(Grant(person_id=office.people["Rex"], told=True))
    page = text_of(office.browser().get(path))
    assert all(f'value="{way}"' in page for way in ("done", "in-hand", "later", "not-mine"))
    assert "Open it in the tracker" not in page
    assert say(office, path, "in-hand").status_code == 303
    assert say(office, path, "later", until="2026-12-01").status_code == 303
    assert say(office, path, "not-mine").status_code == 303
    assert answers(office) == [(office.people["Rex"], Answering.NOT_MINE, None)]
    with office.tracker.transaction() as session:
        session.get_one(Deadline, deadline_id).proof = Proof.REQUIRED
    assert say(office, path, "done", done_on="2026-11-20", note="By courier").status_code == 303
    found = row(office, deadline_id)
    assert (found.acknowledged_by_id, found.state) == (office.people["Rex"], State.EVIDENCE_PENDING)
    assert [one.by_id for one in found.completions] == [office.people["Rex"]]
    page = text_of(office.browser().get(path))
    assert "Give it to Ana (ana@acme.example)." in page
    assert "Sign in" not in page
    with office.tracker.transaction() as session:
        session.get_one(Person, office.people["Rex"]).active = False
    assert office.browser().get(path).status_code == 410


def test_a_recipient_who_is_the_last_to_hear_of_a_notice_cannot_fall_silent(office: Office, lease: int) -> None:
    notice = office.deadline(lease, "renewal-intention")
    with office.tracker.transaction() as session:
        contract = session.get_one(Deadline, notice).contract
        contract.owner_id, contract.backup_id = None, office.people["Rex"]
    sent = say(office, link(office, notice, "Rex"), "not-mine")
    assert sent.status_code == 422
    assert "Nobody else would hear of this notice" in text_of(sent)


# ------------------------------------------------------------------- what ends a link


def _refused(office: Office, path: str, status: int, told: str) -> None:
    before = everything(office)
    for answer in (
        office.browser().get(path),
        say(office, path, "done", done_on="2026-11-20"),
        say(office, path, "in-hand"),
    ):
        assert answer.status_code == status
        assert told in text_of(answer)
        assert "Office lease" not in text_of(answer)
    assert everything(office) == before


def test_o12_a_link_dies_with_the_persons_access(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id, "Cleo")
    assert office.browser().get(path).status_code == 200
    with office.tracker.transaction() as session:
        session.get_one(Deadline, deadline_id).contract.access = Access.NAMED
    _refused(office, path, 410, "This link is not for you any more")


def test_o12_a_link_dies_with_the_person(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id, "Ben")
    with office.tracker.transaction() as session:
        session.get_one(Person, office.people["Ben"]).active = False
    _refused(office, path, 410, "This link is not for you any more")


def test_o12_a_link_dies_when_the_day_moves_or_it_is_opened_again(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id)
    with office.tracker.transaction() as session:
        session.get_one(Deadline, deadline_id).begin_anew()
    _refused(office, path, 410, "This letter is out of date")


def test_o12_a_link_dies_ninety_days_after_the_day(office: Office, deadline_id: int) -> None:
    path = link(office, deadline_id)
    office.clock.turn_to(NOW + (INSURANCE - TODAY) + timedelta(days=90))
    assert office.browser().get(path).status_code == 200
    office.clock.turn_to(NOW + (INSURANCE - TODAY) + timedelta(days=91))
    _refused(office, path, 410, "This link has run out")


def test_a_letter_written_long_after_the_day_can_be_answered_as_long() -> None:
    assert last_day_for(date(2026, 1, 1), TODAY) == TODAY + timedelta(days=90)
    assert last_day_for(None, TODAY) == TODAY + timedelta(days=90)


def _forged(path: str) -> Iterator[str]:
    token = path.removeprefix("/answer/")
    yield from (
        token[:-1],
        token[1:],
        token + "A",
        token.swapcase(),
        token.split(".")[0],
        "x",
        "é",
        "%00",
        "%ED%B2%80",
        "%FF",
    )


def test_o12_a_link_that_was_tampered_with_is_not_read(office: Office, deadline_id: int) -> None:
    for token in _forged(link(office, deadline_id)):
        _refused(office, f"/answer/{token}", 404, "This link is not complete")


@pytest.mark.parametrize(("secret", "installation"), [("another secret", None), (None, "another installation")])
def test_o12_a_link_of_another_installation_is_not_read(
    office: Office, deadline_id: int, secret: str | None, installation: str | None
) -> None:
    with office.tracker.reading() as session:
        own = organisation_of(session).installation
    seal = Seal(secret or office.tracker.settings.secret_key, installation or own)
    token = seal.sign(AnswerLink(deadline_id, office.people["Ana"], 1, INSURANCE))
    _refused(office, f"/answer/{token}", 404, "This link is not complete")


def test_o12_guessing_is_slowed_down_and_colleagues_are_not(office: Office, deadline_id: int) -> None:
    path, guesser = link(office, deadline_id), office.browser()
    answered = [guesser.get(f"/answer/{number}").status_code for number in range(70)]
    assert answered.count(404) == 60
    assert answered[-1] == 429
    assert guesser.get(path).status_code == 200
    assert [guesser.get(path).status_code for _ in range(70)][-1] == 429


def test_o12_no_log_holds_the_link(office: Office, deadline_id: int, caplog: pytest.LogCaptureFixture) -> None:
    path = link(office, deadline_id)
    keep_secrets_out_of_logs()
    with caplog.at_level(logging.DEBUG):
        for server in ("waitress", "werkzeug", "gunicorn.access", "gunicorn.error"):
            logging.getLogger(server).info('"GET %s HTTP/1.1" 200 - "http://localhost%s"', path, path)
        office.browser().get(path)
        say(office, path, "later", until="never")
        say(office, path, "in-hand")
    assert path.removeprefix("/answer/") not in caplog.text
    assert caplog.text.count("/answer/…") == 8


def test_o12_over_https_a_browser_that_tells_no_referrer_is_heard(office: Office, deadline_id: int) -> None:
    sent = office.app.test_client(use_cookies=False).post(
        link(office, deadline_id), data={"answer": "in-hand"}, base_url="https://localhost"
    )
    assert sent.status_code == 303
