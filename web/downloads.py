"""Files on their way out: always saved, never shown or run, whatever they hold."""

from io import BytesIO
from typing import Protocol

from flask import send_file
from werkzeug.wrappers import Response

from tracker.actions.errors import Missing
from web.context import tracker


class Stored(Protocol):
    """A file as its row tells of it."""

    sha256: str
    name: str
    media_type: str


def download(item: Stored) -> Response:
    """The file under its own name. Raises Missing when it is lost."""
    try:
        data = tracker().files.get(item.sha256)
    except FileNotFoundError:
        raise Missing from None
    response = send_file(BytesIO(data), item.media_type, as_attachment=True, download_name=item.name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
