"""Calendar feeds: values in, iCalendar bytes out (RFC 5545, with NAME, COLOR and REFRESH-INTERVAL of RFC 7986).

A deadline becomes one all-day event on its action day: free time, no time zone, no METHOD. Equal values always give
equal bytes, whatever the process, its time zone or the day: nothing here reads a clock. A fragment is one rendered
VEVENT, so that it can be kept by revision and a feed of thousands assembled by joining bytes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from icalendar import Alarm, Calendar, Event, Parameters, vCategory, vDate, vDatetime, vDuration, vInt, vText, vUri

CAP = 2_000
"""Most events a feed holds; beyond it `overflow` must be added, so that nobody takes the feed for complete."""

REFRESH = timedelta(hours=6)
ALARM_TIME = timedelta(hours=9)
DONE_MARK = "✓ "
PRODUCT = "-//Contract Tracker//Deadlines//EN"
_END = b"END:VCALENDAR\r\n"

# Every character at which some client's parser breaks a line: str.splitlines() knows more of them than RFC 5545 does.
_BREAKS = dict.fromkeys(map(ord, "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF])
_CLEANING = {**_CONTROLS, **_BREAKS, 0x09: " "}
_URI_SAFE = "%/:?#[]@!$&'()*+,;=-._~"


class EntryStatus(StrEnum):
    """What a calendar shows of a deadline's state; waived and withdrawn ones are cancelled."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One deadline as a calendar shows it.

    `uid` never changes; `sequence` and `modified` (an aware instant) rise with every visible change. `lines` are the
    paragraphs of the description, to which the link is added. `alarm` is the number of days before `day` on which
    an open entry rings at 09:00 of the reader's own time; None is silent.
    """

    uid: str
    day: date
    title: str
    modified: datetime
    lines: tuple[str, ...] = ()
    status: EntryStatus = EntryStatus.OPEN
    sequence: int = 0
    url: str = ""
    categories: tuple[str, ...] = ()
    alarm: int | None = None

    def __post_init__(self) -> None:
        """Refuse what would make another event of it at every fetch: no identity, or a time that depends on the host.

        Raises ValueError for a uid that is not visible ASCII, a naive `modified`, or a negative `sequence`.
        """
        if not re.fullmatch(r"[!-~]+", self.uid):
            raise ValueError(f"an event needs a uid of visible ASCII characters, not {self.uid!r}")
        if self.modified.tzinfo is None:
            raise ValueError("an event's modification time must be aware")
        if self.sequence < 0:
            raise ValueError("an event's sequence starts at 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What stands before the events: the calendar's name, a sentence about it, and a CSS colour name (RFC 7986)."""

    name: str
    description: str = ""
    colour: str = ""


class _Text(vText):
    r"""TEXT that keeps every backslash: the library reads a user's `\N`, as in `C:\New`, as a line break."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def clean_text(value: str) -> str:
    """The same text without what breaks calendar clients; every kind of line break becomes `\\n`.

    Control characters and byte order marks go (NUL ends libical's reading), a lone surrogate becomes U+FFFD.
    """
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\r\n", "\n").translate(_CLEANING)


def clean_line(value: str) -> str:
    """Cleaned text on one line, each run of white space a single space."""
    return " ".join(clean_text(value).split())


def clean_name(value: str) -> str:
    """A calendar's name without `, ; \\`, which clients show escaped or take for the end of the name."""
    return clean_line(re.sub(r"[,;\\]", " ", value))


def entry_fragment(entry: FeedEntry) -> bytes:
    """The entry as a VEVENT, folded, each line ended by CRLF."""
    return bytes(entry_event(entry).to_ical())


def entry_event(entry: FeedEntry) -> Event:
    """The entry as a VEVENT."""
    event = Event()
    title = clean_line(entry.title)
    event["SUMMARY"] = _Text(DONE_MARK + title if entry.status is EntryStatus.DONE else title)
    event["DTSTART"] = _day(entry.day)
    event["DTEND"] = _day(entry.day + timedelta(days=1))
    _add_identity(event, entry)
    _add_meaning(event, entry)
    if entry.alarm is not None and entry.status is EntryStatus.OPEN:
        event.add_component(_alarm(title, entry.alarm))
    return event


def assemble(head: FeedHead, fragments: Iterable[bytes]) -> bytes:
    """A whole calendar: the head, then the fragments in the order given."""
    calendar = Calendar()
    calendar["VERSION"] = _Text("2.0")
    calendar["PRODID"] = _Text(PRODUCT)
    calendar["CALSCALE"] = _Text("GREGORIAN")
    name = clean_name(head.name)
    calendar["NAME"] = calendar["X-WR-CALNAME"] = _Text(name)
    if head.description:
        description = clean_text(head.description).strip()
        calendar["DESCRIPTION"] = calendar["X-WR-CALDESC"] = _Text(description)
    if re.fullmatch(r"[a-z]+", head.colour):
        calendar["COLOR"] = _Text(head.colour)
    # Without VALUE=DURATION the property is invalid, and the library's own refresh_interval= leaves it out.
    calendar["REFRESH-INTERVAL"] = vDuration(REFRESH, params=Parameters({"VALUE": "DURATION"}))
    calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH)
    opening = bytes(calendar.to_ical()).removesuffix(_END)
    return b"".join((opening, *fragments, _END))


def overflow(uid: str, today: date, title: str, lines: tuple[str, ...]) -> FeedEntry:
    """The event that says some deadlines were left out. It stands on `today`, where it is seen, and moves with it."""
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    return FeedEntry(uid=uid, day=today, title=title, lines=lines, modified=midnight, sequence=today.toordinal())


def _day(day: date) -> vDate:
    return vDate(day, params=Parameters({"VALUE": "DATE"}))


def _add_identity(event: Event, entry: FeedEntry) -> None:
    stamp = vDatetime(entry.modified.astimezone(UTC).replace(microsecond=0))
    event["UID"] = _Text(entry.uid)
    event["DTSTAMP"] = event["LAST-MODIFIED"] = stamp
    event["SEQUENCE"] = vInt(entry.sequence)


def _add_meaning(event: Event, entry: FeedEntry) -> None:
    url = _uri(entry.url)
    lines = [clean_text(line).strip() for line in entry.lines]
    description = "\n".join([*lines, url] if url else lines)
    if description:
        event["DESCRIPTION"] = _Text(description)
    if url:
        event["URL"] = vUri(url)
    categories: list[vText | str] = [_Text(name) for category in entry.categories if (name := clean_line(category))]
    if categories:
        event["CATEGORIES"] = category_list = vCategory([])
        category_list.cats = categories  # given to the constructor, each would become the library's own text again
    event["STATUS"] = _Text("CANCELLED" if entry.status is EntryStatus.CANCELLED else "CONFIRMED")
    event["TRANSP"] = _Text("TRANSPARENT")
    event["X-MICROSOFT-CDO-BUSYSTATUS"] = _Text("FREE")


def _uri(address: str) -> str:
    """The address with everything but the characters of RFC 3986 percent-encoded; a URI is written without escapes."""
    return quote(clean_line(address), safe=_URI_SAFE)


def _alarm(title: str, days_before: int) -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = _Text("DISPLAY")
    alarm["DESCRIPTION"] = _Text(title)
    alarm["TRIGGER"] = vDuration(ALARM_TIME - timedelta(days=days_before))
    return alarm
