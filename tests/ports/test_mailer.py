"""What a refusing reply means, and what an envelope refuses to carry."""

import pytest

from tracker.ports.mailer import Envelope, Kind, Stage, failure

LETTER = b"Subject: hello\r\n\r\nbody\r\n"


@pytest.mark.parametrize(
    ("stage", "code", "text", "kind"),
    [
        (Stage.CONNECT, 421, "4.3.2 shutting down", Kind.TRANSIENT),
        (Stage.CONNECT, 554, "5.7.1 no service for your address", Kind.TRANSIENT),
        (Stage.TLS, 454, "4.7.0 TLS not available", Kind.TRANSIENT),
        (Stage.TLS, 502, "5.5.1 not implemented", Kind.HALT),
        (Stage.LOGIN, 454, "4.7.0 try later", Kind.TRANSIENT),
        (Stage.LOGIN, 535, "5.7.8 bad credentials", Kind.HALT),
        (Stage.MAIL, 451, "4.3.0 busy", Kind.TRANSIENT),
        (Stage.MAIL, 530, "5.7.0 login first", Kind.HALT),
        (Stage.MAIL, 553, "5.1.8 sender not allowed", Kind.HALT),
        (Stage.RCPT, 450, "4.2.1 greylisted", Kind.TRANSIENT),
        (Stage.RCPT, 452, "4.2.2 mailbox full", Kind.TRANSIENT),
        (Stage.RCPT, 552, "5.2.2 mailbox full", Kind.TRANSIENT),
        (Stage.RCPT, 550, "5.4.4 unable to route", Kind.TRANSIENT),
        (Stage.RCPT, 550, "5.1.1 no such user", Kind.PERMANENT),
        (Stage.RCPT, 551, "5.7.1 not here", Kind.PERMANENT),
        (Stage.RCPT, 553, "5.1.3 bad mailbox", Kind.PERMANENT),
        (Stage.RCPT, 503, "5.5.1 MAIL first", Kind.TRANSIENT),
        (Stage.DATA, 554, "5.5.1 no valid recipients", Kind.PERMANENT),
        (Stage.DOT, 421, "4.3.0 closing", Kind.TRANSIENT),
        (Stage.DOT, 452, "4.3.1 disk full", Kind.TRANSIENT),
        (Stage.DOT, 554, "5.6.0 looks like spam", Kind.PERMANENT),
        (Stage.DOT, -1, "garbage", Kind.UNKNOWN),
        (Stage.DOT, 354, "go on", Kind.UNKNOWN),
        (Stage.RCPT, -1, "garbage", Kind.TRANSIENT),
    ],
)
def test_a_reply_is_judged_by_its_code_and_by_how_far_things_had_come(
    stage: Stage, code: int, text: str, kind: Kind
) -> None:
    problem = failure(stage, code, text)
    assert (problem.kind, problem.code, problem.stage, problem.text) == (kind, code, stage, text)


def test_a_servers_words_are_kept_on_one_printable_line() -> None:
    assert failure(Stage.RCPT, 550, "no\r\nsuch\x1b[31m user\0" + "x" * 500).text.startswith("no such [31m user xxx")
    assert len(failure(Stage.RCPT, 550, "x" * 500).text) == 300


@pytest.mark.parametrize(
    ("sender", "recipient", "message"),
    [
        ("desk@example.com\r\nRCPT TO:<cleo@example.com>", "ana@example.com", LETTER),
        ("desk@example.com", "ana@example.com>\r\nDATA", LETTER),
        ("desk@example.com", "ana@example.com> NOTIFY=NEVER", LETTER),
        ("desk@example.com", "", LETTER),
        ("desk@example.com", "ana@example.com", b"Subject: hello\r\n\r\nbody\n.\nMAIL FROM:<x@y>\r\n"),
        ("desk@example.com", "ana@example.com", b"Subject: hello\r\n\r\nbody\r.\r\r\n"),
        ("desk@example.com", "ana@example.com", b"Subject: hello\r\n\r\nno end"),
        ("desk@example.com", "ana@example.com", b"Subject: hello\r\n\r\nnul\0\r\n"),
        ("desk@example.com", "ana@example.com", b"Subject: hello\r\n\r\n" + b"x" * 999 + b"\r\n"),
    ],
)
def test_t06_an_envelope_carries_nothing_that_could_end_its_line_or_its_letter(
    sender: str, recipient: str, message: bytes
) -> None:
    with pytest.raises(ValueError, match=r"envelope|message"):
        Envelope(sender, recipient, message, "<1@example.com>")
