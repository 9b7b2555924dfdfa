"""The default process: the web app, and the chores beside it. ``python -m web.serve [--host H] [--port N]``."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from types import FrameType
from typing import Any, NoReturn

from flask import Flask
from waitress import create_server

from jobs.timetable import Timetable
from tracker.actions.invitations import welcome_token
from tracker.chores import Chores
from tracker.settings import SettingsError
from tracker.wiring import Tracker, wire
from web.app import create_app

log = logging.getLogger("web")
FIRST_PORT = 8765
THREADS = 8


def main(words: list[str] | None = None) -> int:
    """Serve until told to stop (SIGTERM, SIGINT); 2 if the settings are wrong or the port is taken."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for quiet in ("alembic", "apscheduler", "waitress.queue"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
    try:
        tracker = wire(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    chosen = _arguments(words)
    host, port = chosen.host or tracker.settings.host, chosen.port or tracker.settings.port
    tracker.migrate()
    server = _bound(host, [port] if port else list(range(FIRST_PORT, FIRST_PORT + 100)))
    if server is None:
        print(f"{host}: port {port or FIRST_PORT} is taken; choose another with --port.", file=sys.stderr)
        return 2
    _serve(_addressed(tracker, host, server.effective_port), server)
    return 0


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tracker serve", description=__doc__)
    parser.add_argument("--host", help="address to listen on; this machine alone unless you say otherwise")
    parser.add_argument("--port", type=int, help=f"port to listen on; the first free one from {FIRST_PORT}")
    return parser.parse_args(words)


def _bound(host: str, ports: list[int]) -> Any:
    """A server on the first port that is free; None when none is."""
    for port in ports:
        try:
            return create_server(_later, host=host, port=port, threads=THREADS, ident=None)
        except OSError:
            continue
    return None


def _later(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
    """Stands in until the app is built, which needs to know the port."""
    raise RuntimeError("not serving yet")


def _addressed(tracker: Tracker, host: str, port: int) -> Tracker:
    """The tracker that knows the address it is reached at, where the settings do not say."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "localhost") else host  # noqa: S104  compared, not bound
    address = tracker.settings.base_url or f"http://{shown}:{port}"
    return replace(tracker, settings=replace(tracker.settings, base_url=address, host=host, port=port))


def _serve(tracker: Tracker, server: Any) -> None:
    app: Flask = create_app(tracker)
    server.application = app
    _announce(tracker)
    timetable = Timetable(Chores(tracker, tracker.settings.base_url or ""))
    signal.signal(signal.SIGTERM, _stop)
    timetable.start()
    try:
        server.run()
    finally:
        timetable.stop()
        tracker.close()
        log.info("event=stopped")


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """SIGTERM: waitress takes SystemExit as its word to stop."""
    raise SystemExit(0)


def _announce(tracker: Tracker) -> None:
    """Say on the terminal where the app is, and print the link that makes the first administrator."""
    address = tracker.settings.base_url
    log.info("event=serving mail=%s", "smtp" if tracker.settings.smtp else "files")
    print(f"\n  {address}\n", flush=True)
    with tracker.transaction() as session:
        token = welcome_token(session, tracker.clock.now())
    if token:
        print(f"  Make the first administrator (once, within an hour):\n  {address}/welcome/{token}\n", flush=True)
    if tracker.settings.smtp is None:
        print(f"  No mail server is set: letters are kept in {tracker.settings.instance / 'mail'}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
