"""The web application: `create_app(tracker)` puts the parts together."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

from tracker.records.base import LARGEST_NUMBER
from tracker.wiring import Tracker
from web import gate
from web.context import equip_templates
from web.errors import install_error_pages
from web.incoming import Incoming
from web.navigation import equip_navigation
from web.prefix import Prefix
from web.redaction import keep_secrets_out_of_logs
from web.screens import SCREENS
from web.security import LARGEST_FORM, guard
from web.speech import equip_speech

LARGEST_REQUEST = 30 * 1024 * 1024


class RowNumber(IntegerConverter):
    """The number of a row in an address: one that no database can hold leads nowhere."""

    regex = r"\d{1,18}"

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value)
        if number > LARGEST_NUMBER:
            raise ValidationError
        return number


def create_app(tracker: Tracker) -> Flask:
    """The web application over a wired tracker. Opens nothing before the first request."""
    address = urlsplit(tracker.settings.base_url or "")
    app = Flask(__name__)
    app.request_class = Incoming
    app.extensions["tracker"] = tracker
    app.url_map.converters["int"] = RowNumber
    # Its own redirects to the address with the right slashes would lead to whatever host and scheme a request names.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.config.from_mapping(_config(tracker, https=address.scheme == "https"))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    guard(app, https=address.scheme == "https")
    keep_secrets_out_of_logs()
    gate.install(app)
    equip_templates(app)
    equip_navigation(app)
    equip_speech(app)
    install_error_pages(app)
    for screen in SCREENS:
        app.register_blueprint(screen)
    app.wsgi_app = Prefix(app.wsgi_app, address.path)  # type: ignore[method-assign]  # Flask's way to wrap itself
    return app


def _config(tracker: Tracker, *, https: bool) -> dict[str, object]:
    return {
        "SECRET_KEY": tracker.settings.secret_key,
        "SESSION_COOKIE_NAME": "tracker",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
        "WTF_CSRF_TIME_LIMIT": None,  # a contract may take an afternoon to type; the token dies with the session
        "PREFERRED_URL_SCHEME": "https" if https else "http",
    }
