"""Figures about the reminders, for Prometheus (text exposition format 0.0.4)."""

from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest

from flask import Blueprint, abort, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from werkzeug.wrappers import Response

from tracker.actions.health import Health, health
from web.context import now, tracker
from web.security import bare

screen = Blueprint("metrics", __name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@screen.get("/metrics")
@bare
def figures() -> Response:
    """The figures, for a program that shows the token; without one in the settings there is no such page."""
    expected = tracker().settings.metrics_token
    if not expected:
        abort(404)
    shown = request.authorization.token if request.authorization else None
    if not compare_digest((shown or "").encode(), expected.encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    with tracker().reading() as session:
        found = health(session, now())
    registry = CollectorRegistry()
    registry.register(_Figures(found, now()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE)


class _Figures(Collector):
    """The state of the background work as gauges."""

    def __init__(self, found: Health, now: datetime) -> None:
        self.found = found
        self.now = now

    def collect(self) -> Iterator[Metric]:
        found = self.found
        yield _gauge("letters_waiting", "Letters that are still to go.", found.waiting)
        yield _gauge("letters_dead", "Letters that failed and that nobody has laid to rest.", found.dead_letters)
        yield _gauge("oldest_due_letter_seconds", "How long the oldest letter that may go has waited.", self._waited())
        yield _gauge(
            "heartbeat_age_seconds", "Time since the last sign of the background work.", self._age("heartbeat_at")
        )
        yield _gauge("last_sent_age_seconds", "Time since a letter was last sent.", self._age("last_sent"))
        yield _gauge("mail_halted", "1 while mail is stopped until its settings are put right.", found.halted)
        yield _gauge("outbox_held", "1 while a restored outbox waits to be released.", found.held)
        problems = GaugeMetricFamily("tracker_problem", "1 for each thing that is in the way.", labels=["problem"])
        for problem in found.problems:
            problems.add_metric([problem], 1)
        yield problems

    def _waited(self) -> float:
        due = self.found.oldest_due
        return max((self.now - due).total_seconds(), 0.0) if due else 0.0

    def _age(self, name: str) -> float:
        at: datetime | None = getattr(self.found, name)
        return (self.now - at).total_seconds() if at else float("nan")


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"tracker_{name}", meaning, value=value)
