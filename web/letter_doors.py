"""What the pages have in common that the signed addresses in letters open without sign-in."""

from collections.abc import Mapping
from typing import TypeVar

from flask import Response, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.actions.links import Reason
from tracker.render.texts import N_
from web.context import _
from web.security import LINK_TRIES, throttle

R = TypeVar("R", bound=AnyResponse)
_HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
_TITLES = {
    Reason.UNREADABLE: N_("This link is not complete"),
    Reason.EXPIRED: N_("This link has run out"),
    Reason.CLOSED: N_("This link is not for you any more"),
    Reason.MOVED: N_("This letter is out of date"),
}
_INCOMPLETE = N_("Part of the address seems to be missing. Open it from the letter again, or copy it whole.")


def guarded(response: R) -> R:
    """An answer to a signed address, kept from indexes and from whoever is linked to."""
    response.headers.update(_HEADERS)
    return response


def dead_link(reason: Reason, advice: Mapping[Reason, str]) -> Response:
    """Why the link leads nowhere, with advice for one that once did. Whoever tries addresses is slowed down."""
    unreadable = reason is Reason.UNREADABLE
    if unreadable:
        throttle(LINK_TRIES, "link", request.remote_addr or "")
    text = _INCOMPLETE if unreadable else advice[reason]
    page = render_template("answer_dead.html", title=_(_TITLES[reason]), advice=_(text))
    return guarded(make_response(page, 404 if unreadable else 410))
