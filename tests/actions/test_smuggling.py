"""Whatever may stand in the head of a letter is one line from the moment it is entered."""

from copy import deepcopy
from itertools import product
from typing import Any

import pytest

from tests.support.cast import contract
from tests.support.office import Office
from tracker.actions.actor import OPERATOR
from tracker.actions.errors import Refused
from tracker.actions.first_run import Defaults, set_up_organisation
from tracker.actions.people import NewPerson, add_person

SMUGGLED = ("\r\nBcc: cleo@acme.example", "\n.\r\nMAIL FROM:<x@y>", "\u2028Bcc: x", "\x00")
FIELDS: tuple[tuple[str | int, ...], ...] = (
    ("number",),
    ("title",),
    ("parties", 1, "name"),
    ("term", "reference"),
    ("obligations", 0, "title"),
    ("obligations", 0, "reference"),
    ("facts", 0, "subject"),
)
"""What a letter tells of a contract, by its place in the document."""
DOCUMENT = contract(
    term={"length": "2 years", "first_day_counts": True, "reference": "3.1"},
    obligations=[{"code": "report", "side": "us", "due": "on 2026-12-15", "title": "Insure", "reference": "9.4"}],
    facts=[{"kind": "invoice_received", "day": "2026-01-15", "subject": "rent"}],
)


def smuggling(place: tuple[str | int, ...], smuggled: str) -> Any:
    """The document with more than one line at this place."""
    document: Any = deepcopy(DOCUMENT)
    *way, last = place
    inner = document
    for step in way:
        inner = inner[step]
    inner[last] = f"x{smuggled}y"
    return document


def test_t06_a_line_break_in_a_contract_is_refused_where_it_is_entered(office: Office) -> None:
    for place, smuggled in product(FIELDS, SMUGGLED):
        with pytest.raises(Refused) as refused:
            office.register(smuggling(place, smuggled))
        (problem,) = refused.value.problems
        assert "control characters" in str(problem), (place, smuggled)
        assert problem.place.endswith(str(place[-1]))
    assert office.register(DOCUMENT).contract.title == "Office lease"


@pytest.mark.parametrize("smuggled", SMUGGLED)
def test_t06_a_line_break_in_a_name_or_an_address_is_refused_where_it_is_entered(office: Office, smuggled: str) -> None:
    with office.tracker.transaction() as session:
        for email, name in ((f"dora{smuggled}@acme.example", "Dora"), ("dora@acme.example", f"Do{smuggled}ra")):
            with pytest.raises(Refused):
                add_person(session, OPERATOR, NewPerson(email=email, name=name), now=office.now)
        acme = Defaults(organisation=f"Ac{smuggled}me", language="en", zone="Asia/Shanghai", calendar="CN")
        with pytest.raises(Refused):
            set_up_organisation(session, acme, now=office.now)
