"""One deadline as a calendar file that comes with a letter: published (RFC 5546 §3.2.1), never an invitation to answer.

The event is the one that stands in the feeds, with the same UID and SEQUENCE, so that a calendar which holds both shows
one, and a later letter about a moved day moves it.
"""

from dataclasses import dataclass
from urllib.parse import quote

from icalendar import Calendar, Parameters, vCalAddress, vText

from tracker.render.feed import PRODUCT, FeedEntry, clean_line, entry_event

METHOD = "PUBLISH"
NAME = "deadline.ics"


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who publishes the event: a name, and an address in wire form."""

    name: str
    address: str


def invitation(entry: FeedEntry, organiser: Organiser) -> bytes:
    """The whole file. Equal values give equal bytes."""
    event = entry_event(entry)
    name = clean_line(organiser.name).replace('"', "'")
    # Some calendars call what is published without an organiser invalid.
    event["ORGANIZER"] = vCalAddress(
        f"mailto:{quote(organiser.address, safe='@.+-_')}", params=Parameters({"CN": name} if name else {})
    )
    calendar = Calendar()
    for key, value in (("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("METHOD", METHOD)):
        calendar[key] = vText(value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
