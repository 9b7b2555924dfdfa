"""Fetching what somebody else serves over http."""

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
)

TIMEOUT = 30.0
LARGEST = 50 * 1024 * 1024


class CannotFetch(Exception):
    """Nothing usable came back; the text says why."""


def fetch(url: str) -> bytes:
    """The body behind an http, https or webcal address. Raises CannotFetch."""
    scheme, separator, rest = url.partition("://")
    if scheme not in ("http", "https", "webcal") or not separator:
        raise CannotFetch("write an address that begins with https://, http:// or webcal://")
    try:
        with _opener().open(f"{'http' if scheme == 'webcal' else scheme}://{rest}", timeout=TIMEOUT) as answer:
            body: bytes = answer.read(LARGEST + 1)
    except HTTPError as error:
        error.close()
        raise CannotFetch(f"the server answered {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise CannotFetch(str(error)) from error
    if len(body) > LARGEST:
        raise CannotFetch(f"the answer is larger than {LARGEST // 1024 // 1024} MB")
    return body


def _opener() -> OpenerDirector:
    """One that knows http and nothing else: no redirection leads to a local file."""
    opener = OpenerDirector()
    for handler in (HTTPHandler, HTTPSHandler, HTTPRedirectHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler):
        opener.add_handler(handler())
    return opener
