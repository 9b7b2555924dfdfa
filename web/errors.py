"""Error pages: what happened, what to do, and for our own faults a reference to find them in the log by."""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden as ForbiddenPage
from werkzeug.exceptions import HTTPException, NotFound

from tracker.actions.errors import Forbidden, Missing
from tracker.render.texts import N_
from web.context import _

log = logging.getLogger(__name__)
Answer = tuple[str, int, dict[str, str]]

_EXPIRED = N_("This form has expired"), N_("Go back, reload the page and send it again.")
_PAGES = {
    400: (N_("That request could not be read"), N_("Go back, reload the page and try again.")),
    403: (N_("You may not do this"), N_("Your role does not allow it. An administrator can change roles.")),
    404: (N_("There is nothing here"), N_("The address may be wrong, or this may not be open to you.")),
    405: (N_("This address cannot be used that way"), N_("Go back and follow the links on the page.")),
    410: (N_("This link no longer works"), N_("It was used, withdrawn or has run out. Ask for a new one.")),
    413: (
        N_("That is too large"),
        N_("Nothing was saved. Go back, choose files of at most 25 MB each and 50 MB in all, and send again."),
    ),
    429: (N_("Too many tries"), N_("Wait a few minutes and try again.")),
    500: (
        N_("Something went wrong on our side"),
        N_("Nothing was saved. Tell your administrator the reference below."),
    ),
}


def install_error_pages(app: Flask) -> None:
    """Answer every refusal with a page of our own; what actions refuse becomes 403 and 404."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda error: _page(400, *_EXPIRED))
    app.register_error_handler(Missing, lambda error: _http(NotFound()))
    app.register_error_handler(Forbidden, lambda error: _http(ForbiddenPage()))
    app.register_error_handler(Exception, _our_fault)


def _http(error: HTTPException) -> Answer | HTTPException:
    code = error.code or 500
    if code < 400 or request.path.startswith("/feeds/"):  # a page of ours repeats its address, there a secret
        return error
    title, advice = _PAGES.get(code, _PAGES[400 if code < 500 else 500])
    text, status, headers = _page(code, title, advice)
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return text, status, headers | kept


def _our_fault(error: Exception) -> Answer:
    reference = secrets.token_hex(4)
    g.setdefault("organisation", None)  # the page must not ask a database that may be what failed
    log.exception("event=fault reference=%s", reference)
    return _page(500, *_PAGES[500], reference=reference)


def _page(code: int, title: str, advice: str, reference: str = "") -> Answer:
    name = HTTPStatus(code).value
    page = render_template("error.html", code=name, title=_(title), advice=_(advice), reference=reference)
    return page, code, {}
