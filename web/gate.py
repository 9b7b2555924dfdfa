"""Nobody comes in unless signed in or the view says it is public."""

from flask import Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from web.context import organisation
from web.security import is_bare, needs_sign_in
from web.visit import signed_in


def install(app: Flask) -> None:
    """Ask every request who sends it, before any view runs."""

    @app.before_request
    def come_in() -> Response | None:
        if is_bare(app):
            return None
        g.person = signed_in()
        if g.person is not None or not needs_sign_in(app):
            return None
        if organisation() is None:
            return redirect(url_for("welcome.waiting"), 303)
        wanted = request.script_root + request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
        return redirect(url_for("account.sign_in", next=wanted), 303)
