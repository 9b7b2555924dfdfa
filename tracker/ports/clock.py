"""The one place where time enters."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the instant. Read once per request, command or chore, then passed down."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is turned: for simulations, demonstrations and tests."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def turn_to(self, instant: datetime) -> None:
        self.instant = instant


def day_in(zone: str, instant: datetime) -> date:
    """The calendar day that it is in `zone` (an IANA name) at `instant`."""
    return instant.astimezone(ZoneInfo(zone)).date()
