"""What a calendar program fetches. It brings no cookie, sees no sign-in page, and never gets an empty calendar."""

import logging
from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from limits import parse
from werkzeug.exceptions import TooManyRequests

from tracker.actions.feed_reading import FeedAnswer, Fragments, read_feed, record_fetch
from tracker.actions.tokens import digest
from web.context import base_url, now, tracker
from web.security import bare, throttle

log = logging.getLogger(__name__)
screen = Blueprint("subscription", __name__)

PER_FEED = parse("120 per 10 minutes")
"""Far more than any calendar asks for; beyond it something has gone wrong at the other end."""
_TRY_AGAIN = "600"
_WORDS = {
    404: "There is no such calendar.\n",
    410: "This calendar has ended.\n",
    429: "Too many requests.\n",
    503: "Please try again later.\n",
}
_HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
_ROBOTS = "User-agent: *\nAllow: /feeds/\nDisallow: /\n"


@screen.route("/feeds/<token>/<path:name>", methods=["GET"], provide_automatic_options=False)
@bare
def fetch(token: str, name: str) -> Response:
    """The calendar behind a secret address, whatever name the address ends with."""
    try:
        throttle(PER_FEED, "feed", digest(token))
        answer = _answer(token)
    except TooManyRequests as refusal:
        return _plain(429, str(refusal.retry_after))
    except Exception:
        # Thunderbird and GNOME empty the calendar when they are handed a page instead; on a 503 they keep it.
        log.exception("event=feed-fault")
        return _plain(503, _TRY_AGAIN)
    return _plain(answer.status) if answer.status in _WORDS else _calendar(answer)


@screen.get("/robots.txt")
@bare
def robots() -> Response:
    """Calendar services obey it: were feeds disallowed, they would stop fetching them."""
    return Response(_ROBOTS, content_type="text/plain; charset=utf-8")


def _answer(token: str) -> FeedAnswer:
    with tracker().reading() as session:
        answer = read_feed(session, token, now=now(), base_url=base_url(), fragments=_fragments(), known=_known())
    if answer.feed_id is not None:
        with tracker().transaction() as session:
            record_fetch(session, answer.feed_id, request.user_agent.string, now=now())
    return answer


def _known() -> Callable[[str], bool]:
    """Whether the client has a version already; RFC 9110 compares weakly here."""
    return request.if_none_match.contains_weak


def _fragments() -> Fragments:
    kept: Fragments = current_app.extensions.setdefault("feed_fragments", Fragments())
    return kept


def _calendar(answer: FeedAnswer) -> Response:
    response = Response(answer.body, answer.status, headers=_HEADERS)
    response.set_etag(answer.etag)
    if answer.status == 200:
        response.content_type = "text/calendar; charset=utf-8"
        response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(answer.name)}"
    return response


def _plain(status: int, retry_after: str = "") -> Response:
    headers = {**_HEADERS, **({"Retry-After": retry_after} if retry_after else {})}
    return Response(_WORDS[status], status, headers=headers, content_type="text/plain; charset=utf-8")
