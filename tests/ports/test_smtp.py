"""The SMTP transport against a real server in a process of its own: every copy is counted there."""

import os
import pty
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.sink import CERTIFICATES, ROOT, Fault, Sink
from tracker.ports.mailer import Envelope, Kind, MailFailure, PermanentFailure, Receipt, Stage, UnknownOutcome
from tracker.ports.smtp import SmtpMailer
from tracker.ports.smtp_settings import smtp_settings
from tracker.ports.smtp_steps import Patience

MakeSink = Callable[..., Sink]
QUICK = Patience(step=2.0, final=2.0, check_after=0.2)
LOGIN = {"user": "apikey", "password": "open-sesame"}


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")


def mailer(sink: Sink, patience: Patience = QUICK, url: str = "") -> SmtpMailer:
    return SmtpMailer(smtp_settings(url or sink.url), context=trusting(), patience=patience)


def letter(number: int = 1, to: str = "ana@example.com", body: str = "Good morning.") -> Envelope:
    message_id = f"<{number}@tracker.example>"
    headers = f"From: desk@example.com\r\nTo: {to}\r\nSubject: no. {number}\r\nMessage-ID: {message_id}\r\n"
    return Envelope("desk@example.com", to, f"{headers}\r\n{body}\r\n".encode(), message_id)


def send(sink: Sink, *letters: Envelope) -> list[Receipt | MailFailure]:
    """Hand all in on one line; what came of each."""
    outcomes: list[Receipt | MailFailure] = []
    with mailer(sink).connection() as line:
        for one in letters or (letter(),):
            try:
                outcomes.append(line.send(one))
            except MailFailure as problem:
                outcomes.append(problem)
    return outcomes


def failed(sink: Sink) -> MailFailure:
    (outcome,) = send(sink)
    assert isinstance(outcome, MailFailure)
    return outcome


def test_a_letter_arrives_byte_for_byte(sink: Sink) -> None:
    wanted = letter(body="first\r\n.\r\n..two dots\r\n.hidden\r\nlast")
    assert send(sink, wanted) == [Receipt(250, "2.0.0 taken")]
    (copy,) = sink.copies
    assert copy.content == wanted.message
    assert (copy.sender, copy.recipients) == ("desk@example.com", ["ana@example.com"])


@pytest.mark.parametrize("stored", [True, False])
def test_t01_a_connection_lost_after_the_final_dot_is_one_attempt_of_unknown_outcome(sink: Sink, stored: bool) -> None:
    sink.faults(Fault("BODY", drop=True, store=stored))
    assert isinstance(failed(sink), UnknownOutcome)
    assert len(sink.copies) == stored
    assert sink.verbs.count("DATA") == 1


def test_t01_silence_after_the_final_dot_is_an_unknown_outcome_too(sink: Sink) -> None:
    sink.faults(Fault("BODY", delay=3.0))
    assert failed(sink).kind is Kind.UNKNOWN
    assert len(sink.copies) == 1


def test_t01_a_garbled_reply_after_the_final_dot_is_an_unknown_outcome_too(sink: Sink) -> None:
    sink.faults(Fault("BODY", reply="what?"))
    assert failed(sink).kind is Kind.UNKNOWN


def test_t02_a_slow_250_is_waited_for_and_makes_one_copy(sink: Sink) -> None:
    sink.faults(Fault("BODY", delay=1.5))
    with mailer(sink, Patience(step=0.5, final=10.0)).connection() as line:
        assert line.send(letter()).code == 250
    assert len(sink.copies) == 1


def test_t03_twenty_letters_use_one_connection_and_say_goodbye(sink: Sink) -> None:
    send(sink, *[letter(number) for number in range(20)])
    assert len({copy.message_id for copy in sink.copies}) == 20
    assert sink.sessions == 1
    assert sink.verbs[-1] == "QUIT"


def test_t03_a_connection_that_the_server_closed_meanwhile_is_replaced(make_sink: MakeSink) -> None:
    sink = make_sink(idle=0.4)
    with mailer(sink).connection() as line:
        line.send(letter(1))
        time.sleep(1.0)
        line.send(letter(2))
    assert len(sink.copies) == 2
    assert sink.sessions == 2


def test_t03_a_connection_is_not_kept_beyond_its_age(sink: Sink) -> None:
    with mailer(sink, Patience(step=2.0, final=2.0, keep_for=0.0)).connection() as line:
        line.send(letter(1))
        line.send(letter(2))
    assert (sink.sessions, sink.verbs.count("QUIT")) == (2, 2)


def test_a_line_that_sends_nothing_never_connects() -> None:
    nowhere = SmtpMailer(smtp_settings("smtp://127.0.0.1:9"), patience=QUICK)
    with nowhere.connection():
        pass


@pytest.mark.parametrize("tls", ["starttls", "direct"])
@pytest.mark.parametrize("certificate", ["self-signed", "wrong-name"])
def test_t04_a_bad_certificate_halts_before_any_password_is_sent(
    make_sink: MakeSink, tls: str, certificate: str
) -> None:
    sink = make_sink(tls=tls, certificate=certificate, **LOGIN)
    problem = failed(sink)
    assert (problem.kind, problem.stage) == (Kind.HALT, Stage.TLS)
    assert "certificate" in problem.text
    assert not {"AUTH", "MAIL"} & set(sink.verbs)


def test_t05_a_server_without_starttls_gets_nothing(make_sink: MakeSink) -> None:
    sink = make_sink(**LOGIN)
    secured = mailer(sink, url=sink.url.replace("smtp://", "smtp+starttls://"))
    with pytest.raises(MailFailure) as problem, secured.connection() as line:
        line.send(letter())
    assert problem.value.kind is Kind.HALT
    assert "STARTTLS" in problem.value.text
    assert not {"AUTH", "MAIL"} & set(sink.verbs)


def test_a_server_that_offers_no_login_halts(make_sink: MakeSink) -> None:
    sink = make_sink()
    insisting = mailer(sink, url=sink.url.replace("smtp://", "smtp://u:p@"))
    with pytest.raises(MailFailure) as problem, insisting.connection() as line:
        line.send(letter())
    assert problem.value.kind is Kind.HALT


def test_a_refused_login_halts_and_leaves_no_connection_open(make_sink: MakeSink) -> None:
    sink = make_sink(tls="starttls", **LOGIN)
    mistaken = mailer(sink, url=sink.url.replace("sesame", "says-me"))
    with pytest.raises(MailFailure) as problem, mistaken.connection() as line:
        line.send(letter())
    assert (problem.value.kind, problem.value.code) == (Kind.HALT, 535)
    assert sink.copies == []


@pytest.mark.parametrize(
    ("at", "reply", "kind"),
    [
        ("CONNECT", "421 4.3.2 too busy", Kind.TRANSIENT),
        ("CONNECT", "554 5.3.2 not today", Kind.TRANSIENT),
        ("MAIL", "421 4.3.2 closing", Kind.TRANSIENT),
        ("MAIL", "451 4.3.0 busy", Kind.TRANSIENT),
        ("MAIL", "553 5.1.8 not your address", Kind.HALT),
        ("RCPT", "450 4.2.0 greylisted", Kind.TRANSIENT),
        ("RCPT", "452 4.2.2 full", Kind.TRANSIENT),
        ("RCPT", "552 5.2.2 full", Kind.TRANSIENT),
        ("RCPT", "550 5.4.4 no route", Kind.TRANSIENT),
        ("RCPT", "550 5.1.1 no such user", Kind.PERMANENT),
        ("DATA", "451 4.3.0 busy", Kind.TRANSIENT),
        ("DATA", "554 5.5.1 no", Kind.PERMANENT),
        ("BODY", "452 4.3.1 disk full", Kind.TRANSIENT),
        ("BODY", "554 5.7.1 spam", Kind.PERMANENT),
    ],
)
def test_o05_a_refusal_is_classified_and_the_next_letter_goes_out_all_the_same(
    sink: Sink, at: str, reply: str, kind: Kind
) -> None:
    sink.faults(Fault(at, reply=reply, drop=at == "CONNECT", times=1))
    refused, taken = send(sink, letter(1), letter(2))
    assert isinstance(refused, MailFailure)
    assert refused.kind is kind
    assert refused.code == int(reply[:3])
    assert taken == Receipt(250, "2.0.0 taken")
    assert [copy.message_id for copy in sink.copies] == ["<2@tracker.example>"]


@pytest.mark.parametrize("at", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
def test_o05_a_connection_lost_before_the_final_dot_may_be_tried_again(sink: Sink, at: str) -> None:
    sink.faults(Fault(at, drop=True, times=1))
    refused, taken = send(sink, letter(1), letter(1))
    assert isinstance(refused, MailFailure)
    assert refused.kind is Kind.TRANSIENT
    assert taken == Receipt(250, "2.0.0 taken")
    assert len(sink.copies) == 1


@pytest.mark.parametrize("url", ["smtp://127.0.0.1:9", "smtps://u:p@127.0.0.1:9", "smtp://no-such-host.invalid:25"])
def test_o05_a_server_that_cannot_be_reached_may_be_tried_again(url: str) -> None:
    unreachable = SmtpMailer(smtp_settings(url), patience=QUICK)
    with pytest.raises(MailFailure) as problem, unreachable.connection() as line:
        line.send(letter())
    assert (problem.value.kind, problem.value.stage) == (Kind.TRANSIENT, Stage.CONNECT)


def test_o05_after_a_refusal_the_conversation_is_reset_and_kept(sink: Sink) -> None:
    sink.faults(Fault("RCPT", reply="550 5.1.1 no such user", times=1))
    send(sink, letter(1), letter(2))
    assert sink.verbs == ["EHLO", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA", "QUIT"]


def test_t10_a_mailbox_outside_ascii_is_written_to_where_the_server_can(make_sink: MakeSink) -> None:
    able, unable = make_sink(), make_sink(no_utf8=True)
    wanted = letter(to="王芳@example.cn")
    assert send(able, wanted) == [Receipt(250, "2.0.0 taken")]
    assert able.copies[0].recipients == ["王芳@example.cn"]
    assert able.copies[0].content == wanted.message
    refused, taken = send(unable, wanted, letter(2))
    assert isinstance(refused, PermanentFailure)
    assert isinstance(taken, Receipt)
    assert unable.verbs.count("MAIL") == 1


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("tls", ["starttls", "direct"])
def test_t13_mail_goes_out_with_login_over_465_and_587(make_sink: MakeSink, tls: str) -> None:
    sink = make_sink(tls=tls, **LOGIN)
    assert send(sink) == [Receipt(250, "2.0.0 taken")]
    assert [copy.user for copy in sink.copies] == ["apikey"]  # and not apikey@gmail.com


def test_t13_a_relay_without_login_is_not_sent_one(sink: Sink) -> None:
    assert send(sink) == [Receipt(250, "2.0.0 taken")]
    assert "AUTH" not in sink.verbs


@pytest.mark.parametrize("url", ["smtp://127.0.0.1:{}", "smtps://u:p@127.0.0.1:{}"])
def test_t13_a_black_hole_fails_within_the_step_time_out(url: str) -> None:
    assert Patience().step <= 30
    with black_hole() as port:
        mute = SmtpMailer(smtp_settings(url.format(port)), patience=Patience(step=0.5))
        began = time.monotonic()
        with pytest.raises(MailFailure) as problem, mute.connection() as line:
            line.send(letter())
    assert problem.value.kind is Kind.TRANSIENT
    assert time.monotonic() - began < 15


TRY_TO_LOG_IN = """
import logging, ssl, sys, traceback
logging.basicConfig(level=logging.DEBUG)
from tracker.ports.mailer import Envelope, MailFailure
from tracker.ports.smtp import SmtpMailer
from tracker.ports.smtp_settings import smtp_settings
url, authority = sys.argv[1:]
mailer = SmtpMailer(smtp_settings(url), context=ssl.create_default_context(cafile=authority))
letter = Envelope("desk@example.com", "ana@example.com", b"Subject: x\\r\\n\\r\\nx\\r\\n", "<1@x>")
with mailer.connection() as line:
    try:
        line.send(letter)
    except MailFailure:
        traceback.print_exc()
    print(repr(mailer), repr(line), vars(line))
"""


def test_t12_a_password_is_neither_asked_for_nor_shown(make_sink: MakeSink) -> None:
    """With a terminal at hand, which yagmail would ask, or with nothing to read from: nothing is asked, and nothing
    shows the password."""
    sink = make_sink(tls="starttls", **LOGIN)
    ours, terminal = pty.openpty()
    wrong = sink.url.replace("sesame", "sesame-wrong")
    for url, closed in ((sink.url, False), (wrong, False), (f"smtp://127.0.0.1:{sink.port}", False), (wrong, True)):
        ran = subprocess.run(
            [sys.executable, "-c", TRY_TO_LOG_IN, url, str(CERTIFICATES / "ca.pem")],
            stdin=terminal, capture_output=True, text=True, timeout=120, cwd=ROOT, start_new_session=True,
            preexec_fn=(lambda: os.close(0)) if closed else None,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert "SmtpLine" in ran.stdout
        assert "sesame" not in ran.stdout + ran.stderr
        assert "assword" not in ran.stdout.replace("password=''", "")
    os.set_blocking(ours, False)
    with pytest.raises(BlockingIOError):
        os.read(ours, 1)
    os.close(ours)
    os.close(terminal)


def test_t14_stock_send_is_called_nowhere(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the text of the product nor, watched, while a letter goes out."""
    import yagmail

    called: list[str] = []
    for name in ("send", "_attempt_send", "send_unsent", "prepare_send", "feedback"):
        monkeypatch.setattr(yagmail.Client, name, lambda *a, name=name, **k: called.append(name))
    send(sink)
    assert (called, len(sink.copies)) == ([], 1)
    sources = [path for room in ("tracker", "web", "jobs") for path in Path(ROOT, room).rglob("*.py")]
    assert [path.name for path in sources if "import yagmail" in path.read_text()] == ["smtp.py"]
    assert not [path for path in sources if "smtplib" in path.read_text()]
