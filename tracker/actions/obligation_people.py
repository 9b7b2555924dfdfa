"""The one place that checks whom an obligation may name: who is told of it must be able to see its contract."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import EDITING, may_sign_in, visible_to
from tracker.actions.errors import Refused
from tracker.records.contracts import Contract
from tracker.records.people import Person
from tracker.rules.problems import N_, Problem

ROLES = ("owner", "backup", "reviewer")
UNKNOWN = N_(
    "Nobody here has the address %(email)s. An administrator can add them among the people, as a recipient where they "
    "are only to get letters."
)
CANNOT_OWN = N_("%(email)s only gets letters and cannot sign in, so cannot own it. Name them to be told instead.")


def must_see_it(session: Session, contract: Contract) -> None:
    """Raises Refused for everybody named by an obligation who is not here, may not see the contract as it now stands,
    or is to review and may not change anything. The contract must have been flushed."""
    named = list(_named(contract))
    if not named:
        return
    found = select(Person).where(Person.email.in_({email for _place, _role, email in named}), Person.active)
    people = {person.email: person for person in session.scalars(found)}
    insiders = select(Person.id).join(Contract, visible_to(Person.id)).where(Contract.id == contract.id)
    seeing = set(session.scalars(insiders.where(Person.id.in_({person.id for person in people.values()}))))
    problems = [
        Problem(place, text, {"email": email})
        for place, role, email in named
        if (text := _what_is_wrong(people.get(email), role, seeing))
    ]
    if problems:
        raise Refused(problems)


def _named(contract: Contract) -> Iterator[tuple[str, str, str]]:
    """Place in the document, role and address of everybody an obligation names."""
    bodies = [clause.body for clause in contract.clauses if clause.type == "obligations"]
    for position, body in enumerate(bodies):
        for role in ROLES:
            if email := str(body.get(role) or "").strip().lower():
                yield f"obligations[{position}].{role}", role, email


def _what_is_wrong(person: Person | None, role: str, seeing: set[int]) -> str:
    if person is None:
        return UNKNOWN
    if person.id not in seeing:
        return N_("%(email)s may not see this contract; give access first.")
    if role == "owner" and not may_sign_in(person):
        return CANNOT_OWN
    if role == "reviewer" and person.role not in EDITING:
        return N_("%(email)s may only look, so cannot accept anything.")
    return ""
