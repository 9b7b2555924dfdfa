"""Who else is told of a contract, and when, between the contract form and the contract document.

The form shows the ladders as rows of a code and its days; the document has them by code.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracker.records.people import Person, Role
from tracker.rules.ladders import ANY
from tracker.rules.problems import N_
from web.choices import codes_in_words
from web.context import _
from web.document_paths import as_text
from web.forms import Form

ASKED = "told.asked"
"""A field that is there where the form shows who is told: nobody ticked then means nobody."""
PERSON, ROW = "told.", "reminders"


def told_fields(document: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the fields for a document."""
    people = {f"{PERSON}{email}": "1" for email in document.get("told") or ()}
    fields = people | {ASKED: "1"}
    for number, (code, ladder) in enumerate((document.get("reminders") or {}).items()):
        fields |= {f"{ROW}[{number}].code": str(code), f"{ROW}[{number}].ladder": as_text(ladder)}
    return fields


def people_told(form: Form) -> list[str]:
    """The addresses of those who are ticked."""
    return sorted(name.removeprefix(PERSON) for name in form.typed if name.startswith(PERSON) and name != ASKED)


def ladders_typed(form: Form, numbers: Iterable[int]) -> Iterator[tuple[str, str, str]]:
    """Place, code and days of every row with something in its days; one without a code, or with that of another row, is
    a problem of the form and left out."""
    seen: set[str] = set()
    for number in numbers:
        place = f"{ROW}[{number}]"
        code, ladder = (form.value(f"{place}.{column}").strip() for column in ("code", "ladder"))
        if not ladder:
            continue
        if not code:
            form.refuse(f"{place}.code", N_("Choose one."))
        elif code in seen:
            form.refuse(f"{place}.code", N_("Another line says this already."))
        else:
            seen.add(code)
            yield place, code, ladder


def ladder_codes() -> dict[str, str]:
    """What a line may be about."""
    return {ANY: _("Everything else"), **codes_in_words()}


def ticked_people(form: Form, prefix: str, people: Iterable[Person]) -> dict[str, str]:
    """Whom a box can be ticked for, by address: everybody here, and whoever is ticked and cannot be written to now."""
    named = {one.email: _named(one) for one in people}
    ticked = (name.removeprefix(prefix) for name in form.typed if name.startswith(prefix) and name != ASKED)
    gone = {email: _("%(email)s (disabled)", email=email) for email in ticked if email not in named}
    return named | gone


def _named(person: Person) -> str:
    if person.role is Role.RECIPIENT:
        return _("%(name)s (only letters)", name=person.name)
    return person.name
