"""Digests as programs and people read them."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.render.letter_samples import COVER, GATHERED, GOLDEN, LANGUAGES, MONDAY, STOP
from tests.render.test_letter import _Text, part
from tracker.ports.mailer import Envelope
from tracker.render.digest import write_digest
from tracker.render.envelope import Cover
from tracker.render.texts import texts


def digest(language: str = "en", cover: Cover = MONDAY) -> EmailMessage:
    data = write_digest(GATHERED, cover, language)
    Envelope("desk@acme.example", "ana@acme.example", data, cover.message_id)  # fit to be sent
    return message_from_bytes(data, policy=SMTP)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_is_the_golden_file_byte_for_byte(language: str) -> None:
    assert write_digest(GATHERED, MONDAY, language) == (GOLDEN / f"digest-{language}.eml").read_bytes()
    assert write_digest(GATHERED[::-1], MONDAY, language) == write_digest(GATHERED, MONDAY, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_html_tell_the_same_of_every_reminder_the_nearest_first(language: str) -> None:
    message, words = digest(language), texts(language)
    plain = part(message, "plain").replace("\r\n", "\n")
    page = " ".join(_Text(part(message, "html")).words)
    told = sorted(GATHERED, key=lambda one: (one.action_day, one.contract_number))
    assert [one.contract_number for one in told] == ["2023-004", "2024-017", "2025-031"]
    for said in (plain, page):
        places = [said.index(one.what) for one in told]
        assert places == sorted(places)
    for one in told:
        days = [words.long_date(day) for day in (one.act_by, one.legal) if day]
        for value in (one.what, one.contract_title, one.counterparty, one.clause, *one.why, *one.doubts, *days):
            assert value in plain
            assert value in page
        for address in (one.link, one.answer, STOP):
            assert address in plain
            assert address in part(message, "html")
    assert str(message["subject"]) in plain
    assert "\n\n\n" not in plain
    assert plain.count(f"\n{words.long_date(told[0].action_day)}\n") == 1, "one heading a day"


def test_the_subject_says_how_many_and_the_nearest_day() -> None:
    assert digest()["subject"] == "3 reminders: the nearest day is in 14 days (9 Feb 2026)"
    assert digest("zh-Hans")["subject"] == "3 项提醒：最近的一项还有 14 天（2026年2月9日）"
    one = message_from_bytes(write_digest(GATHERED[:1], MONDAY, "en"), policy=SMTP)
    assert one["subject"] == "1 reminder: its day is in 35 days (2 Mar 2026)"


def test_mail_programs_find_how_to_end_digests_and_no_letter_but_a_digest_says_so() -> None:
    message = digest()
    assert message["list-unsubscribe"] == f"<{STOP}>"
    assert message["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    far = f"https://tracker.example/{'a' * 120}/digest/{'x' * 90}"
    raw = write_digest(GATHERED, replace(MONDAY, unsubscribe=far), "en")
    assert f"List-Unsubscribe: <{far}>\r\n".encode() in raw, "neither folded nor written as encoded words"
    plain = digest(cover=replace(MONDAY, unsubscribe="http://tracker.example/digest/x"))
    assert plain["list-unsubscribe"] is not None
    assert plain["list-unsubscribe-post"] is None, "RFC 8058 allows one click for https alone"
    assert digest(cover=COVER)["list-unsubscribe"] is None


def test_where_no_address_is_known_none_is_named() -> None:
    bare = [replace(one, link="", answer="") for one in GATHERED]
    message = message_from_bytes(write_digest(bare, replace(MONDAY, unsubscribe=""), "en"), policy=SMTP)
    for kind in ("plain", "html"):
        assert "http" not in part(message, kind)
        assert "forward" not in part(message, kind)
