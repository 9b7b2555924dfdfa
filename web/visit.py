"""The signed-in visit of this browser: its secret stands in the session cookie, its row in the database."""

from flask import g, request, session

from tracker.actions.sign_in import is_due_to_be_seen, touch, visit_of
from tracker.actions.sign_in import sign_out as end
from tracker.records.people import Person
from web.context import now, tracker

_KEY = "visit"


def signed_in() -> Person | None:
    """Who this browser is signed in as."""
    token = secret()
    if not token:
        return None
    with tracker().reading() as reading:
        visit = visit_of(reading, token, now())
    if visit is None:
        return None
    if is_due_to_be_seen(visit, now()):
        with tracker().transaction() as writing:
            touch(writing, visit.id, now())
    g.visit_id = visit.id
    return visit.person


def begin(token: str) -> None:
    """Make this browser the holder of a new visit. Everything it held before is dropped, so that nobody who planted
    a session cookie earlier shares it."""
    session.clear()
    session.permanent = True
    session[_KEY] = token


def finish() -> None:
    """Sign this browser out."""
    with tracker().transaction() as writing:
        end(writing, secret())
    session.clear()


def secret() -> str:
    """The visit's secret, empty when there is none."""
    token = session.get(_KEY, "")
    return token if isinstance(token, str) else ""


def agent() -> str:
    """How this browser names itself."""
    return request.user_agent.string
