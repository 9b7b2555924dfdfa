"""The chores alone, without the web server: ``python -m jobs``."""

import logging
import os
import signal
import sys
from threading import Event
from types import FrameType

from jobs.timetable import Timetable
from tracker.chores import Chores
from tracker.settings import SettingsError
from tracker.wiring import wire

log = logging.getLogger("jobs")


def main() -> int:
    """Run until told to stop (SIGTERM, SIGINT), finishing the letter in hand; 2 if the settings are wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        tracker = wire(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    stopping = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    tracker.migrate()
    timetable = Timetable(Chores(tracker, tracker.settings.base_url or ""))
    timetable.start()
    log.info("jobs_started mail=%s", "smtp" if tracker.settings.smtp else "files")
    stopping.wait()
    timetable.stop()
    tracker.close()
    log.info("jobs_stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
