"""Everybody is spoken to in their language."""

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Office, send, text_of
from web.language import best_of


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("zh_MO", "zh-Hant"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr-FR,de;q=0.9", "en"),
        ("fr;q=0.9,zh-TW;q=0.8", "zh-Hant"),
        ("en;q=0.1,zh-CN;q=0.9", "zh-Hans"),
        ("", "en"),
        (";;;,,q=", "en"),
    ],
)
def test_the_browser_s_wish_is_understood(asked: str, spoken: str) -> None:
    assert best_of(asked) == spoken


def spoken_at(client: FlaskClient, path: str, asked: str = "en") -> str:
    page = text_of(client.get(path, headers={"Accept-Language": asked}))
    return page.split('<html lang="', 1)[1].split('"', 1)[0]


def test_a_choice_on_this_device_beats_the_browser_s_wish(office: Office) -> None:
    visitor = office.browser()
    assert spoken_at(visitor, "/sign-in", "zh-TW") == "zh-Hant"
    assert send(visitor, "/preferences", language="zh-Hans", back="/sign-in").location == "/sign-in"
    assert spoken_at(visitor, "/sign-in", "zh-TW") == "zh-Hans"


def test_one_s_own_language_beats_the_device_and_follows_to_the_next_one(office: Office) -> None:
    first = office.sit("Ana")
    assert spoken_at(first, "/", "zh-TW") == "en"
    send(first, "/preferences", language="zh-Hans", back="/")
    assert spoken_at(office.sit("Ana"), "/") == "zh-Hans"


def test_nobody_is_sent_to_another_site_on_the_way_back(office: Office) -> None:
    visitor = office.browser()
    for path in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb"):
        assert send(visitor, "/preferences", language="en", back=path).location == "/"
