"""Which language a visitor reads: their own setting, else the one picked on this device, else what the browser asks."""

from flask import request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from tracker.render.texts import LANGUAGES

COOKIE = "language"
FALLBACK = "en"
_TRADITIONAL = frozenset({"tw", "hk", "mo", "hant"})


def chosen(person_language: str | None) -> str:
    """The language for this request, always one of `LANGUAGES`."""
    for candidate in (person_language, request.cookies.get(COOKIE)):
        if candidate and candidate in LANGUAGES:
            return candidate
    return best_of(request.headers.get("Accept-Language", ""))


def best_of(accepted: str) -> str:
    """The language of the product nearest to an Accept-Language header.

    Werkzeug's own matcher hands simplified Chinese to readers in Taiwan and English to those in mainland China,
    because it compares tags letter by letter and knows nothing of scripts.
    """
    for tag, _quality in parse_accept_header(accepted, LanguageAccept):
        language, *parts = tag.lower().replace("_", "-").split("-")
        if language == "zh":
            return "zh-Hant" if _TRADITIONAL & set(parts) else "zh-Hans"
        if language == "en":
            return "en"
    return FALLBACK
