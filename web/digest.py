"""The page behind the address in a digest: it asks, without sign-in, and a mail program may send the answer itself
(RFC 8058: one POST without cookies, answered without a redirect)."""

from flask import Blueprint, Response, g, make_response, render_template

from tracker.actions.digest_links import reader_of, stop_digests
from tracker.actions.links import DeadLink, Reason
from tracker.actions.tokens import digest
from tracker.render.texts import N_, texts
from web.context import now, tracker
from web.language import chosen
from web.letter_doors import dead_link, guarded
from web.security import LINK_TRIES, signed, throttle

screen = Blueprint("digest", __name__)

_SIGN_IN = N_("If you have a password here, sign in to choose how your reminders come.")
_ADVICE = {Reason.EXPIRED: _SIGN_IN, Reason.CLOSED: _SIGN_IN}


@screen.get("/digest/<token>")
@signed
def ask(token: str) -> Response:
    """Ask whether each reminder is to come by itself again."""
    return _page(token, stop=False)


@screen.post("/digest/<token>")
@signed
def stop(token: str) -> Response:
    """Let each reminder come by itself again; sending it twice changes nothing more."""
    return _page(token, stop=True)


def _page(token: str, *, stop: bool) -> Response:
    throttle(LINK_TRIES, "digest", digest(token))
    secret = tracker().settings.secret_key
    try:
        with tracker().transaction() if stop else tracker().reading() as session:
            person = (stop_digests if stop else reader_of)(session, secret, token, now=now())
    except DeadLink as dead:
        return dead_link(dead.reason, _ADVICE)
    g.words = texts(chosen(person.language))
    return guarded(make_response(render_template("digest_stop.html", reader=person)))
