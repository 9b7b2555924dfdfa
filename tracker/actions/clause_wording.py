"""What a clause says of a deadline: as it is agreed now, or as it was when the clock of the deadline started."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.records.contracts import Amendment
from tracker.records.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause as it governs one deadline; `until` is the amendment since which it reads otherwise."""

    type: str
    body: Mapping[str, Any]
    until: Amendment | None = None


def wording_of(deadline: Deadline) -> Wording | None:
    """The clause; None where the contract has none of that name any more."""
    contract, before = deadline.contract, deadline.explanation.get("terms_before")
    amendment = next((row for row in contract.amendments if row.key == before), None) if before else None
    if amendment is not None:
        found = (body for body in amendment.before.get("obligations") or () if body["key"] == deadline.clause_key)
        body = next(found, None)
        return Wording("obligations", body, amendment) if body is not None else None
    clause = next((one for one in contract.clauses if one.key == deadline.clause_key), None)
    return Wording(clause.type, clause.body) if clause else None
