"""On whose behalf something is done."""

from dataclasses import dataclass

from tracker.records.people import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting through a door, or the operator at the machine (no person), who may do everything."""

    channel: str
    person_id: int | None = None
    role: Role = Role.ADMIN
    language: str = "en"

    @property
    def is_operator(self) -> bool:
        return self.person_id is None


OPERATOR = Actor("cli")
"""Whoever holds the machine's own account holds the database file, so nothing is kept from them."""
