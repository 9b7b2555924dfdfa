"""A stand-in for the place where Google gives out tokens: it notes what it was asked and answers as it is told."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl

import pytest

GIVEN = json.dumps({"access_token": "ya29.token", "expires_in": 3599}).encode()


@dataclass
class TokenServer:
    """`answer` is sent with `status`, after `delay` seconds."""

    answer: bytes = GIVEN
    status: int = 200
    delay: float = 0.0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and form of every request."""

    def allow(self) -> None:
        self.answer, self.status = GIVEN, 200

    def refuse(self, why: str, status: int = 400) -> None:
        self.answer, self.status = json.dumps({"error": why, "error_description": "Bad Request"}).encode(), status


@pytest.fixture
def token_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[TokenServer]:
    """The server, to which yagmail's address of Google leads."""
    script = TokenServer()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            script.asked.append((self.path, dict(parse_qsl(form))))
            time.sleep(script.delay)
            self.send_response(script.status)
            self.send_header("Content-Length", str(len(script.answer)))
            self.end_headers()
            self.wfile.write(script.answer)

        def log_message(self, *_words: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        monkeypatch.setattr("yagmail.oauth2.GOOGLE_ACCOUNTS_BASE_URL", f"http://127.0.0.1:{server.server_port}")
        yield script
        server.shutdown()
        serving.join()
