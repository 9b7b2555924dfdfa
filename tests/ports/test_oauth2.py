"""A mailbox signed in to by OAuth2: a token from one server, shown to another, either of which may refuse."""

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.sink import CERTIFICATES, ROOT, Fault, Sink
from tests.support.token_server import TokenServer
from tracker.actions.health import health
from tracker.ports.mailer import Envelope, Kind, MailFailure, Stage
from tracker.ports.oauth2 import oauth2_account, signing_in
from tracker.ports.smtp import SmtpMailer
from tracker.ports.smtp_settings import smtp_settings
from tracker.ports.smtp_steps import Patience
from tracker.settings import SettingsError, read_settings

FILE = {
    "email_address": "desk@acme.example",
    "google_client_id": "1.apps.googleusercontent.com",
    "google_client_secret": "hush-client",
    "google_refresh_token": "hush-refresh",
}
LETTER = Envelope("desk@acme.example", "ana@acme.example", b"Subject: x\r\n\r\nx\r\n", "<1@acme.example>")
SECRETS = ("hush", "ya29")


@pytest.fixture
def gmail(make_sink: Callable[..., Sink]) -> Sink:
    return make_sink(tls="starttls", user="desk@acme.example", bearer="ya29.token")


def mailer(sink: Sink) -> SmtpMailer:
    settings = signing_in(smtp_settings(sink.url), oauth2_account(json.dumps(FILE)))
    trusting = ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")
    return SmtpMailer(settings, context=trusting, patience=Patience(step=1.0, final=2.0))


def failed(sink: Sink) -> MailFailure:
    with pytest.raises(MailFailure) as problem, mailer(sink).connection() as line:
        line.send(LETTER)
    told = f"{problem.value} {problem.value.__cause__!r} {problem.value.__context__!r}"
    assert not [secret for secret in SECRETS if secret in told]
    assert sink.copies == []
    return problem.value


def test_a_letter_goes_out_with_a_token_that_was_just_given(gmail: Sink, token_server: TokenServer) -> None:
    with mailer(gmail).connection() as line:
        line.send(LETTER)
        line.send(LETTER)
    assert [copy.user for copy in gmail.copies] == ["desk@acme.example"] * 2
    ((path, form),) = token_server.asked
    assert path == "/o/oauth2/token"
    assert form == {
        "client_id": "1.apps.googleusercontent.com",
        "client_secret": "hush-client",
        "refresh_token": "hush-refresh",
        "grant_type": "refresh_token",
    }
    assert gmail.verbs.index("STARTTLS") < gmail.verbs.index("AUTH")


def test_a_token_the_mail_server_refuses_halts(gmail: Sink, token_server: TokenServer) -> None:
    """The refusal is a challenge, which stock yagmail takes for a success."""
    token_server.answer = json.dumps({"access_token": "ya29.of-somebody-else"}).encode()
    problem = failed(gmail)
    assert (problem.kind, problem.code, problem.stage) == (Kind.HALT, 535, Stage.LOGIN)
    assert gmail.heard("answer") == [""], "the challenge is answered by an empty line"
    assert "MAIL" not in gmail.verbs


@pytest.mark.parametrize("reply", ["334 YQ==", "454 4.7.0 try later", "535 5.7.8 no", "250 ok"])
def test_only_a_235_lets_us_in(gmail: Sink, token_server: TokenServer, reply: str) -> None:
    gmail.faults(Fault("AUTH", reply=reply))
    assert failed(gmail).kind is (Kind.TRANSIENT if reply.startswith(("454", "250")) else Kind.HALT)
    assert "MAIL" not in gmail.verbs


def test_a_server_without_oauth2_is_never_shown_a_token(
    make_sink: Callable[..., Sink], token_server: TokenServer
) -> None:
    sink = make_sink(tls="starttls", user="desk@acme.example", password="open")
    plain = replace(smtp_settings(sink.url), user="", password="")
    with_file = signing_in(plain, oauth2_account(json.dumps(FILE)))
    trusting = ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")
    with pytest.raises(MailFailure) as problem, SmtpMailer(with_file, context=trusting).connection() as line:
        line.send(LETTER)
    assert problem.value.kind is Kind.HALT
    assert "AUTH" not in sink.verbs


@pytest.mark.parametrize("why", ["invalid_grant", "invalid_client", "unauthorized_client"])
def test_an_authorisation_that_was_withdrawn_halts_and_says_why(
    gmail: Sink, token_server: TokenServer, why: str
) -> None:
    token_server.refuse(why)
    problem = failed(gmail)
    assert (problem.kind, problem.stage) == (Kind.HALT, Stage.LOGIN)
    assert why in problem.text
    assert gmail.verbs == []


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (429, b"{}"),
        (503, b"busy"),
        (200, b"<html>sign in to this network</html>"),
        (200, b"{}"),
        (200, b"[]"),
        (200, b'{"access_token": ""}'),
        (200, b'{"access_token": "a\\u0001\\u0001auth=Bearer b"}'),
    ],
)
def test_a_token_that_is_not_to_be_had_now_may_be_tried_for_again(
    gmail: Sink, token_server: TokenServer, status: int, answer: bytes
) -> None:
    token_server.status, token_server.answer = status, answer
    assert failed(gmail).kind is Kind.TRANSIENT


@pytest.mark.parametrize("answer", [b"no JSON at all", b'{"error": "hush-refresh is not known"}', b"[]"])
def test_a_refusal_in_other_words_is_told_by_its_number(gmail: Sink, token_server: TokenServer, answer: bytes) -> None:
    token_server.status, token_server.answer = 400, answer
    problem = failed(gmail)
    assert (problem.kind, problem.text[-4:]) == (Kind.HALT, " 400")


def test_t13_a_token_server_that_says_nothing_is_not_waited_for_beyond_a_step(
    gmail: Sink, token_server: TokenServer
) -> None:
    token_server.delay = 3.0
    assert failed(gmail).kind is Kind.TRANSIENT


def test_t12_nothing_of_an_account_is_shown(gmail: Sink) -> None:
    settings = signing_in(smtp_settings(gmail.url), oauth2_account(json.dumps(FILE)))
    assert "hush" not in f"{settings!r} {settings.oauth2!r} {mailer(gmail)!r}"


def test_o05_a_withdrawn_authorisation_stops_the_queue_and_burns_no_attempt(
    desk: Desk, gmail: Sink, token_server: TokenServer
) -> None:
    token_server.refuse("invalid_grant")
    desk.deadline("2026-01-31")
    desk.tick(mailer(gmail))
    assert {(letter.state, letter.attempts) for letter in desk.letters} == {("queued", 0)}
    with desk.database.reading() as session:
        assert health(session, desk.clock.now()).halted
    asked = len(token_server.asked)
    token_server.allow()
    desk.later(minutes=14)
    desk.tick(mailer(gmail))
    assert len(token_server.asked) == asked == 1
    desk.later(minutes=1)
    desk.tick(mailer(gmail))
    assert desk.tally() == {"sent": 2}


# ---------------------------------------------------------------- the file


def started(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The chores, started with nothing to read from."""
    environment = {"PATH": os.environ["PATH"], "TRACKER_INSTANCE": str(tmp_path / "instance"), **settings}
    return subprocess.run(
        [sys.executable, "-m", "jobs"], env=environment, cwd=ROOT, preexec_fn=lambda: os.close(0),
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_t12_a_file_that_is_missing_or_not_whole_is_told_at_start_and_nothing_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "gmail.json"
    environment = {
        "TRACKER_INSTANCE": str(tmp_path / "instance"),
        "TRACKER_SMTP_URL": "smtps://smtp.gmail.com",
        "TRACKER_MAIL_FROM": "desk@acme.example",
        "TRACKER_SMTP_OAUTH2_FILE": str(file),
    }
    with pytest.raises(SettingsError) as refused:
        read_settings(environment)
    assert refused.value.problems == ["TRACKER_SMTP_OAUTH2_FILE: cannot be read (No such file or directory)"]
    file.write_text(json.dumps({**FILE, "google_refresh_token": ""}))
    ended = started(tmp_path, **environment)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("TRACKER_SMTP_OAUTH2_FILE: google_refresh_token missing")
    assert "let yagmail write the file" in ended.stderr
    assert "hush" not in ended.stderr


def test_a_file_stands_for_user_and_password(tmp_path: Path) -> None:
    file = tmp_path / "gmail.json"
    file.write_text(json.dumps(FILE))
    environment = {"TRACKER_SMTP_URL": "smtps://smtp.gmail.com", "TRACKER_MAIL_FROM": "desk@acme.example"}
    environment |= {"TRACKER_INSTANCE": str(tmp_path / "instance"), "TRACKER_SMTP_OAUTH2_FILE": str(file)}
    smtp = read_settings(environment).smtp
    assert smtp is not None
    assert smtp.oauth2 is not None
    assert (smtp.host, smtp.user, smtp.oauth2.refresh_token) == ("smtp.gmail.com", "desk@acme.example", "hush-refresh")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"google_client_secret": "hush', "not a JSON object"),
        (json.dumps({"installed": {"client_secret": "hush"}}), "file of the application"),
        (json.dumps({**FILE, "google_refresh_token": ""}), "google_refresh_token missing"),
        (json.dumps({**FILE, "google_refresh_token": None}), "google_refresh_token missing"),
        (json.dumps({**FILE, "google_client_secret": "hush hush"}), "google_client_secret missing"),
        (json.dumps({"email_address": "desk@acme.example"}), "google_client_id, google_client_secret, google_refresh"),
        (json.dumps({**FILE, "email_address": "desk"}), "email_address is no"),
    ],
)
def test_t12_a_file_that_will_not_do_is_refused_without_repeating_it(content: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as refused:
        oauth2_account(content)
    assert "hush" not in f"{refused.value} {refused.value.__cause__}"


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("smtps://desk:open@smtp.gmail.com", "leave user and password out"),
        ("smtp://smtp.gmail.com", "in the clear"),
        ("", "name the mail server"),
    ],
)
def test_a_file_goes_with_an_encrypted_server_and_no_password(url: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        signing_in(smtp_settings(url) if url else None, oauth2_account(json.dumps(FILE)))
