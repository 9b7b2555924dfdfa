"""Where to go next, when the visitor's form says so."""

from urllib.parse import urlsplit

from flask import url_for


def way_back(path: str | None) -> str:
    """`path` if it is one of our own pages, else Today: nobody is sent to another site by a link made elsewhere."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return url_for("today.show")
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or any(ord(character) < 33 for character in path):
        return url_for("today.show")
    return path
