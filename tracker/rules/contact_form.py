"""People at the other side as plain data: read from the fields people write, and what greetings need of them.

Birthdays are personal data: no message about one repeats it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, count
from typing import Any, Protocol

from tracker.rules.customers import Birthday, Contact, Customer
from tracker.rules.problems import N_, Unfit
from tracker.rules.section import Section, day, handle, line, up_to

_WITHOUT_YEAR = re.compile(r"(?:--)?(\d{1,2})[-/](\d{1,2})|(\d{1,2})月(\d{1,2})日")
_LEAP_YEAR = 2000
LONGEST_KEY = 60


def read_contacts(party: Section, taken: set[str]) -> list[dict[str, str]]:
    """The contacts of a party as they are kept, each with its key; `taken` are the keys of those before."""
    found = []
    for section in party.sections("contacts"):
        name = section.need("name", line) or ""
        given = section.read("key", handle(LONGEST_KEY))
        if given in taken:
            section.fault("key", N_("Two contacts have the key “%(key)s”."), key=given)
        key = given or _free_key(name, taken)
        taken.add(key)
        read = {
            "title": section.text("title"),
            "email": section.text("email"),
            "phone": section.text("phone"),
            "birthday": section.read("birthday", birthday_text) or "",
            "customer_class": section.read("customer_class", up_to(40)) or "",
        }
        section.close()
        found.append({"key": key, "name": name, **{field: value for field, value in read.items() if value}})
    return found


def _free_key(name: str, taken: set[str]) -> str:
    stem = re.sub(r"[^\w.-]+", "-", name)[: LONGEST_KEY - 4].strip("-") or "contact"
    return next(key for key in chain([stem], (f"{stem}-{number}" for number in count(2))) if key not in taken)


def birthday_text(value: object) -> str:
    """A birthday as it is kept: ``1992-02-29``, or ``02-29`` where the year is not told."""
    try:
        if isinstance(value, date):
            return day(value).isoformat()
        text = line(value)
        if match := _WITHOUT_YEAR.fullmatch(text):
            month, number = (int(group) for group in match.groups() if group)
            return date(_LEAP_YEAR, month, number).isoformat()[5:]
        return day(text).isoformat()
    except ValueError:
        raise Unfit(N_("Write a birthday such as 1990-02-28 or, without the year, 02-28.")) from None


class PartyLike(Protocol):
    """A party of a draft or of a stored contract."""

    @property
    def role(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def is_us(self) -> bool: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


def customers_of(parties: Iterable[PartyLike]) -> tuple[Customer, ...]:
    """The parties that are not us, with their people. What is kept was checked when it came in."""
    return tuple(
        Customer(
            party.role,
            party.name,
            str(party.details.get("customer_class", "")),
            tuple(_contact(contact) for contact in party.details.get("contacts") or ()),
        )
        for party in parties
        if not party.is_us
    )


def _contact(fields: Mapping[str, str]) -> Contact:
    kept = fields.get("birthday")
    return Contact(fields["key"], fields["name"], _birthday(kept) if kept else None, fields.get("customer_class", ""))


def _birthday(kept: str) -> Birthday:
    month, number = kept.split("-")[-2:]
    return Birthday(int(month), int(number))
