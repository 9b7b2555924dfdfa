"""What every answer and every request must pass: headers, sign-in by default, and throttling."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFProtect
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from web.visit import secret

P = ParamSpec("P")
R = TypeVar("R")

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
_csrf = CSRFProtect()
LARGEST_FORM = 2 * 1024 * 1024
"""Bytes of a form without files."""
LARGEST_UPLOAD = 1000 * 1024 * 1024
"""Bytes of a form with files that is read to its end, so that a file far too large is told at its field."""
_ONE_YEAR = "max-age=31536000"


def guard(app: Flask, *, https: bool) -> None:
    """Put the headers, the CSRF check and the throttle on an application."""

    @app.before_request
    def bound_forms() -> None:
        # Before anything reads the form. Flask's own limit on fields leaves out the plain encoding.
        if request.mimetype != "multipart/form-data":
            request.max_content_length = LARGEST_FORM
        elif _is_marked(app, "takes_files") and secret():
            request.max_content_length = LARGEST_UPLOAD

    _csrf.init_app(app)
    app.extensions["throttle"] = MovingWindowRateLimiter(MemoryStorage())

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if https:
            response.headers["Strict-Transport-Security"] = _ONE_YEAR
        return response


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that anyone may reach; every other one asks for sign-in first."""
    view.is_public = True  # type: ignore[attr-defined]  # functions take attributes; typeshed does not say so
    return view


def bare(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a public view for programs: no visitor is looked for, so that no cookie is read or set."""
    view.is_bare = True  # type: ignore[attr-defined]  # as above
    return public(view)


def signed(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a public view whose address is itself the secret that its form has to carry: no cookie is read or set, so
    that it works wherever a letter is opened."""
    _csrf.exempt(view)
    return bare(view)


def takes_files(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view whose form has files, to be read with `web.incoming`; from a signed-in visitor they may be large."""
    view.takes_files = True  # type: ignore[attr-defined]  # as above
    return view


def is_bare(app: Flask) -> bool:
    """Whether this request is for a static file or a view for programs."""
    return request.endpoint == "static" or _is_marked(app, "is_bare")


def _is_marked(app: Flask, mark: str) -> bool:
    """Whether the view this request is routed to has the mark."""
    return bool(getattr(app.view_functions.get(request.endpoint or ""), mark, False))


def needs_sign_in(app: Flask) -> bool:
    """Whether the view this request is routed to asks for sign-in."""
    if request.endpoint is None:
        return False
    return not _is_marked(app, "is_public")


SIGN_IN_TRIES = parse("10 per 5 minutes")
SIGN_INS_FROM_ONE_PLACE = parse("100 per 5 minutes")
"""Whatever the names tried: enough for an office behind one address, not for guessing many people's passwords."""
LINK_TRIES = parse("60 per 5 minutes")


def throttle(limit: RateLimitItem, *who: str) -> None:
    """Count one try by somebody.

    Raises:
        TooManyRequests: there were more than the limit allows; it says when to come back.
    """
    limiter: MovingWindowRateLimiter = current_app.extensions["throttle"]
    if not limiter.hit(limit, *who):
        raise TooManyRequests(retry_after=limit.get_expiry())


def keep_cookie(response: Response, name: str, value: str) -> None:
    """Keep a choice on this device for a year, as carefully as the session."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(name, value, max_age=365 * 86400, secure=secure, httponly=True, samesite="Lax")
