"""What a watchdog asks: are reminders going out?"""

from flask import Blueprint, Response, jsonify

from tracker.actions.health import health
from web.context import now, tracker
from web.security import bare

screen = Blueprint("health", __name__)


@screen.get("/healthz")
@bare
def healthz() -> tuple[Response, int]:
    """200 when all is well, else 503 with the names of what is not. It tells nothing else."""
    with tracker().reading() as session:
        problems = health(session, now()).problems
    return jsonify(status="red" if problems else "green", problems=list(problems)), 503 if problems else 200
