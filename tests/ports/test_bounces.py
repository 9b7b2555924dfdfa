"""Reports of mail servers, as they write them and as somebody might who wishes us ill."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.returned import SERVERS, answer, exchange, exim, gmail, international, postfix
from tracker.ports.bounces import LARGEST, Bounce, Fate, read_bounce

OURS = "<0123456789abcdef0123456789abcdef@acme.example>"
ANA = "ana@acme.example"


@pytest.mark.parametrize(
    ("mail", "status", "said"),
    [
        (postfix(OURS, ANA), "5.1.1", f"550 5.1.1 <{ANA}>: Recipient address rejected: User unknown"),
        (
            exchange(OURS, ANA),
            "5.1.10",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        ),
        (exim(OURS, ANA), "5.0.0", "550 No such user here"),
        (
            gmail(OURS, ANA),
            "5.1.1",
            "550-5.1.1 The email account that you tried to reach does not exist. "
            "550 5.1.1 Please try double-checking the address",
        ),
        (international(OURS, ANA), "5.1.1", "550 5.1.1 用户不存在"),
    ],
    ids=[*SERVERS, "international"],
)
def test_o13_a_report_tells_which_letter_came_back_from_where_and_why(mail: bytes, status: str, said: str) -> None:
    assert read_bounce(mail) == Bounce(OURS, Fate.REFUSED, ANA, status, said)


@pytest.mark.parametrize(
    ("action", "status", "fate"),
    [
        ("failed", "5.1.1", Fate.REFUSED),
        ("failed", "5.7.1", Fate.REFUSED),
        ("Failed", "5.2.1", Fate.REFUSED),
        ("failed (mailbox)", "5.0.0", Fate.REFUSED),
        ("failed", "5.2.2", Fate.GIVEN_UP),
        ("failed", "5.4.4", Fate.GIVEN_UP),
        ("failed", "4.4.1", Fate.GIVEN_UP),
        ("failed", "", Fate.GIVEN_UP),
        ("delayed", "4.4.1", Fate.DELAYED),
        ("delayed", "5.1.1", Fate.DELAYED),
        ("delivered", "2.0.0", None),
        ("relayed", "2.0.0", None),
        ("expanded", "2.0.0", None),
        ("", "5.1.1", None),
    ],
)
def test_o13_what_failed_for_good_what_was_given_up_and_what_is_late_are_told_apart(
    action: str, status: str, fate: Fate | None
) -> None:
    found = read_bounce(postfix(OURS, ANA, status, action, said="no words"))
    assert (found.fate if found else None) == fate


def test_o13_the_status_is_taken_from_the_servers_words_where_it_is_missing() -> None:
    found = read_bounce(postfix(OURS, ANA, status=""))
    assert found is not None
    assert (found.status, found.fate) == ("5.1.1", Fate.REFUSED)


def test_o13_of_several_recipients_the_worst_counts() -> None:
    late = b"Final-Recipient: rfc822; b@c.example\r\nAction: delayed\r\nStatus: 4.0.0\r\n\r\nFinal-Recipient:"
    found = read_bounce(postfix(OURS, ANA).replace(b"Final-Recipient:", late, 1))
    assert found is not None
    assert (found.fate, found.recipient) == (Fate.REFUSED, ANA)


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\0\xff\xfe",
        answer(OURS),
        postfix(OURS, ANA).replace(b"multipart/report", b"multipart/mixed"),
        postfix(OURS, ANA).replace(b"message/delivery-status", b"text/plain"),
        postfix("", ANA),
        postfix("<>", ANA),
        postfix("<a b@c>", ANA),
        b"Content-Type: multipart/report\r\n\r\nno parts",
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n--b--",
    ],
)
def test_o13_whatever_is_no_report_of_a_letter_is_no_bounce(mail: bytes) -> None:
    assert read_bounce(mail) is None


def test_o13_a_letter_within_the_letter_is_not_taken_for_it() -> None:
    inner = b"Act by 2026-01-31.\r\n\r\nMessage-ID: <other@acme.example>"
    found = read_bounce(postfix(OURS, ANA).replace(b"Act by 2026-01-31.", inner))
    assert found is not None
    assert found.message_id == OURS


def test_o13_what_a_server_says_is_one_line_that_can_be_shown_and_stored() -> None:
    said = "550 5.1.1 \x00\x1b[2J\x07\u0085 无" + "x" * 5000
    found = read_bounce(postfix(OURS, ANA, said=said))
    assert found is not None
    assert found.said.startswith("550 5.1.1 [2J 无xxx")
    assert len(found.said) < 500


def test_o13_a_mail_beyond_all_measure_is_looked_at_only_so_far() -> None:
    found = read_bounce(postfix(OURS, ANA).replace(b"Act by", b"x" * 4 * LARGEST))
    assert found is not None
    assert read_bounce(b"X-Padding: " + b"x" * LARGEST + b"\r\n" + postfix(OURS, ANA)) is None


@pytest.mark.parametrize("depth", [50, 5000])
def test_o13_parts_within_parts_neither_crash_nor_hold_up(depth: int) -> None:
    nested = b"".join(
        b"Content-Type: multipart/report; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(depth)
    )
    began = time.monotonic()
    assert read_bounce(nested + postfix(OURS, ANA)) is None
    assert time.monotonic() - began < 10


@given(st.data())
def test_o13_no_mail_can_break_the_reading(data: st.DataObject) -> None:
    mail = data.draw(st.sampled_from([write(OURS, ANA) for write in (*SERVERS.values(), international)]))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(mail)))
        mail = mail[:start] + data.draw(st.binary(max_size=12)) + mail[start + data.draw(st.integers(0, 40)) :]
    found = read_bounce(mail)
    if found is not None:
        assert found.message_id.isascii()
        assert "\0" not in f"{found.recipient}{found.status}{found.said}"
        assert all(len(text.encode()) <= 1600 for text in (found.message_id, found.recipient, found.said))
