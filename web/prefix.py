"""Serving below a path of the public address, such as https://example.com/contracts."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[..., Iterable[bytes]]


class Prefix:
    """WSGI: makes every link start with `path`, whether or not the proxy in front takes it off the request."""

    def __init__(self, application: Application, path: str) -> None:
        self.application = application
        self.path = path.rstrip("/")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["SCRIPT_NAME"] = self.path
        asked: str = environ.get("PATH_INFO", "")
        if self.path and (asked == self.path or asked.startswith(self.path + "/")):
            environ["PATH_INFO"] = asked.removeprefix(self.path) or "/"
        return self.application(environ, start_response)
