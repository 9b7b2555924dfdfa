"""Letters as programs and people read them."""

import socket
from dataclasses import fields, replace
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.letter_samples import COVER, GOLDEN, LANGUAGES, NOTICE
from tracker.ports.mailer import Envelope
from tracker.render.envelope import Cover
from tracker.render.letter import Reminder, headline, write_reminder
from tracker.render.texts import texts
from tracker.rules.readings import Nature

ENGLISH = texts("en")


def letter(reminder: Reminder = NOTICE, cover: Cover = COVER, language: str = "en") -> EmailMessage:
    data = write_reminder(reminder, cover, language)
    Envelope("desk@acme.example", "ana@acme.example", data, cover.message_id)  # fit to be sent
    return message_from_bytes(data, policy=SMTP)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content


def decoded(message: EmailMessage, header: str) -> str:
    """The name before an address. The newer parser puts a space between encoded words, so the older one reads."""
    name, _ = parseaddr(dict(message.raw_items())[header.title()].replace("\r\n", ""))
    return str(make_header(decode_header(name)))


class _Text(HTMLParser):
    """The words of a page, without its head."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page.partition("</head>")[2])

    def handle_data(self, data: str) -> None:
        self.words += data.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_is_the_golden_file_byte_for_byte(language: str) -> None:
    assert write_reminder(NOTICE, COVER, language) == (GOLDEN / f"{language}.eml").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_html_say_the_same(language: str) -> None:
    message = letter(language=language)
    page = " ".join(_Text(part(message, "html")).words)
    for value in (NOTICE.contract_number, NOTICE.counterparty, NOTICE.what, NOTICE.clause, NOTICE.amount, *NOTICE.why):
        assert value in part(message, "plain")
        assert value in page
    for day in (NOTICE.send_by, NOTICE.act_by, NOTICE.legal):
        assert day is not None
        assert texts(language).long_date(day) in part(message, "plain")
        assert texts(language).long_date(day) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_t08_the_text_part_is_clean(language: str) -> None:
    text = part(letter(language=language), "plain")
    assert not [markup for markup in ("<br", "<div", "&amp;", "&lt;", "&#", "{{", "{%") if markup in text]
    assert "<" not in text.replace("<Shanghai>", "")
    assert "\n\n\n" not in text
    assert text.endswith("\n")


@pytest.mark.parametrize("field", [field.name for field in fields(Reminder) if field.type is str])
@pytest.mark.parametrize("smuggled", ["\r\nBcc: cleo@acme.example", "\n", "\r", "\0", "\u2028", "\x1b[31m"])
def test_t06_a_line_break_in_any_field_is_refused(field: str, smuggled: str) -> None:
    values: Any = {field: f"x{smuggled}y"}
    with pytest.raises(ValueError, match=field):
        replace(NOTICE, **values)


@pytest.mark.parametrize("field", [field.name for field in fields(Cover) if field.type is str])
def test_t06_a_line_break_on_the_cover_is_refused(field: str) -> None:
    smuggling: Any = {field: getattr(COVER, field) + "\r\nBcc: cleo@acme.example"}
    with pytest.raises(ValueError, match=r"CR|linefeed|line break"):
        write_reminder(NOTICE, replace(COVER, **smuggling), "en")


def test_t07_a_title_that_is_a_path_attaches_nothing_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*address: object) -> None:
        raise AssertionError(f"a connection to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    reached = replace(NOTICE, contract_title="/etc/hostname", what='<img src="https://evil.example/x.png">')
    message = letter(reached)
    assert list(message.iter_attachments()) == []
    assert message.get_content_type() == "multipart/alternative"
    assert "/etc/hostname" in part(message, "plain")
    assert "<img" not in part(message, "html")


TITLES = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" —"), min_size=1, max_size=90)


@given(title=TITLES.filter(str.strip), person=TITLES.filter(str.strip), organisation=TITLES.filter(str.strip))
def test_t10_any_title_and_any_names_survive(title: str, person: str, organisation: str) -> None:
    title, person, organisation = (" ".join(text.split()) for text in (title, person, organisation))
    reminder = replace(NOTICE, contract_title=title)
    message = letter(reminder, replace(COVER, recipient_name=person, sender_name=organisation))
    assert message["subject"] == f"{title}: {headline(reminder, ENGLISH)}"
    assert (decoded(message, "to"), decoded(message, "from")) == (person, organisation)


@pytest.mark.parametrize("title", ["办公室租赁合同（上海市黄浦区）及其补充协议" * 3, "x" * 200, "a b " * 60, "é" * 120])
def test_t10_a_long_title_is_folded_and_read_back_whole(title: str) -> None:
    reminder = replace(NOTICE, contract_title=title.strip())
    message = letter(reminder)
    assert message["subject"] == f"{title.strip()}: {headline(reminder, ENGLISH)}"


def test_t10_a_mailbox_outside_ascii_is_named_as_it_is() -> None:
    message = letter(cover=replace(COVER, recipient="王芳@xn--fsqu00a.example"))
    assert "王芳@xn--fsqu00a.example" in str(message["to"])


def test_t11_each_header_stands_once_and_says_that_a_machine_wrote() -> None:
    message = letter()
    for header in ("message-id", "date", "subject", "from", "to", "in-reply-to", "references"):
        assert len(message.get_all(header, [])) == 1
    assert message["auto-submitted"] == "auto-generated"
    assert message["x-auto-response-suppress"] == "All"
    assert message["in-reply-to"] == message["references"] == "<1a2b@acme.example>"


def test_what_is_not_known_is_left_out() -> None:
    bare = Reminder(
        today=date(2026, 1, 1), contract_number="1", contract_title="Lease", what="Pay", side=NOTICE.side,
        nature=Nature.BY, action_day=date(2026, 1, 2), target=date(2026, 1, 2),
    )  # fmt: skip
    text = part(letter(bare), "plain")
    assert "Our own target, not a legal day: Friday, 2 January 2026" in text
    for left_out in ("Counterparty", "Send by", "Act by", "Amount", "Clause", "worked out", "Not settled", "http"):
        assert left_out not in text


@pytest.mark.parametrize(
    ("nature", "today", "said"),
    [
        (Nature.BY, "2026-01-30", "1 day left: Notice (31 Jan 2026)"),
        (Nature.BY, "2026-01-31", "today is the last day: Notice (31 Jan 2026)"),
        (Nature.BY, "2026-02-01", "act now: Notice (the safe day was 31 Jan 2026, the last day is 7 Feb 2026)"),
        (Nature.BY, "2026-02-07", "act now: Notice (the safe day was 31 Jan 2026, the last day is 7 Feb 2026)"),
        (Nature.BY, "2026-02-08", "1 day overdue: Notice (7 Feb 2026)"),
        (Nature.BY, "2026-02-09", "2 days overdue: Notice (7 Feb 2026)"),
        (Nature.NOT_BEFORE, "2026-01-29", "opens in 2 days: Notice (31 Jan 2026)"),
        (Nature.NOT_BEFORE, "2026-01-31", "open from today: Notice (31 Jan 2026)"),
        (Nature.NOT_BEFORE, "2026-02-02", "open since 31 Jan 2026: Notice"),
        (Nature.STATE, "2026-01-01", "ends in 30 days: Notice (31 Jan 2026)"),
        (Nature.UNTIL, "2026-01-31", "ends today: Notice (31 Jan 2026)"),
        (Nature.UNTIL, "2026-02-01", "ended on 31 Jan 2026: Notice"),
    ],
)
def test_the_subject_says_what_and_how_many_days_are_truly_left(nature: Nature, today: str, said: str) -> None:
    reminder = replace(NOTICE, what="Notice", nature=nature, today=date.fromisoformat(today))
    assert headline(reminder, ENGLISH) == said


def test_what_opens_on_a_day_is_told_no_last_day() -> None:
    opening = replace(NOTICE, nature=Nature.NOT_BEFORE)
    text = part(letter(opening), "plain")
    assert "Earliest day by the contract's rules: Saturday, 7 February 2026" in text
    assert "Last day" not in text
    assert "Last day by the contract's rules: Saturday, 7 February 2026" in part(letter(NOTICE), "plain")


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-01-30", "1 day left: Notice (31 Jan 2026)"),
        ("2026-02-01", "6 days left: Notice (7 Feb 2026)"),
        ("2026-02-07", "today is the last day: Notice (7 Feb 2026)"),
        ("2026-02-08", "ended on 7 Feb 2026: Notice"),
    ],
)
def test_what_the_other_side_may_leave_is_never_called_overdue(today: str, said: str) -> None:
    reminder = replace(NOTICE, what="Notice", missable=False, today=date.fromisoformat(today))
    assert headline(reminder, ENGLISH) == said
