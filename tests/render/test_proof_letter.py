"""Letters about proof: the same facts as text and as HTML, in each language, to the byte."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape

import pytest

from tests.render.letter_samples import COVER, GOLDEN, LANGUAGES
from tests.render.proof_samples import SAMPLES, SENT_BACK, WAITING
from tracker.render.proof_letter import Asking, write_proof_note
from tracker.render.texts import texts


def parts(message: EmailMessage) -> tuple[str, str]:
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert isinstance(text, EmailMessage)
    assert isinstance(page, EmailMessage)
    return text.get_content(), page.get_content()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_letter_is_the_golden_file_byte_for_byte(name: str, language: str) -> None:
    assert write_proof_note(SAMPLES[name], COVER, language) == (GOLDEN / f"proof-{name}-{language}.eml").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asking", Asking)
def test_text_and_html_say_the_same(asking: Asking, language: str) -> None:
    note = replace(SENT_BACK, asking=asking)
    message = message_from_bytes(write_proof_note(note, COVER, language), policy=default)
    words = texts(language)
    days = [words.long_date(day) for day in (note.done_on, note.since, note.action_day) if day]
    for text in parts(message):
        told = unescape(text)
        for value in (note.contract_number, note.what, note.by, note.note, note.judge, note.missing, note.link, *days):
            assert value in told
    assert note.contract_title in message["Subject"]
    assert message["Auto-Submitted"] == "auto-generated"


def test_what_is_not_there_is_left_out() -> None:
    bare = replace(WAITING, by="", note="", link="")
    for text in parts(message_from_bytes(write_proof_note(bare, COVER, "en"), policy=default)):
        for label in ("Logged by", "Note", "Not accepted", "What is missing", "Last day", "Look at the proof"):
            assert label not in text


def test_whoever_did_not_log_it_is_told_why_they_are_written_to() -> None:
    other = replace(SENT_BACK, own=False)
    for text in parts(message_from_bytes(write_proof_note(other, COVER, "en"), policy=default)):
        assert "because you look after this contract, or are to be told of it" in text


def test_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="note holds a line break"):
        replace(WAITING, note="one\ntwo")
