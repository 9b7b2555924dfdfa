"""For other servers: ``gunicorn 'web.wsgi:application()'``. Run ``python -m jobs`` beside it for the chores."""

import os

from flask import Flask

from tracker.wiring import wire
from web.app import create_app


def application() -> Flask:
    """The web app of this environment, its database brought up to date."""
    tracker = wire(os.environ)
    tracker.migrate()
    return create_app(tracker)
