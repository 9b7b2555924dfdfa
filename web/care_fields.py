"""People of a party and greetings between the contract form and the contract document."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from web.forms import Form

CONTACT = ("name", "title", "email", "phone", "birthday", "customer_class")
GREETING_LISTS = ("holidays", "classes")
"""Lists that stand on one line of the form, with commas between their words."""
_BETWEEN = re.compile(r"[,，、;；\n]")


def contact_fields(party: str, contacts: list[Mapping[str, Any]]) -> dict[str, str]:
    """What stands in the fields of a party's people."""
    fields: dict[str, str] = {}
    for number, contact in enumerate(contacts):
        place = f"{party}.contacts[{number}]"
        fields |= {f"{place}.{column}": str(contact.get(column) or "") for column in ("key", *CONTACT)}
    return fields


def contacts_typed(form: Form, party: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The people typed in for a party, each with its place on the form; a row without a name is not there."""
    for place in contact_places(form, party):
        typed = {column: form.value(f"{place}.{column}").strip() for column in ("key", *CONTACT)}
        if typed["name"] or any(typed[column] for column in CONTACT):
            yield place, {column: value for column, value in typed.items() if value}


def contact_places(form: Form, party: str, spare: int = 0) -> list[str]:
    """The places of the rows there are for a party's people, and `spare` empty ones after them."""
    pattern = re.compile(re.escape(party) + r"\.contacts\[(\d{1,3})\]\.")
    numbers = sorted({int(match[1]) for field in form.typed if (match := pattern.match(field))})
    typed = [number for number in numbers if any(form.value(f"{party}.contacts[{number}].{name}") for name in CONTACT)]
    after = typed[-1] + 1 if typed else 0
    return [f"{party}.contacts[{number}]" for number in [*typed, *range(after, after + spare)]]


def listed(value: object) -> str:
    """A list as one line of the form."""
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value or "")


def unlisted(typed: str) -> list[str]:
    """The words of one line."""
    return [word.strip() for word in _BETWEEN.split(typed) if word.strip()]
