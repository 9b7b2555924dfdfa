"""The parties of a contract: read from the fields people write."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.rules.contact_form import read_contacts
from tracker.rules.problems import N_
from tracker.rules.section import Section, flag, line, up_to

PARTY_DETAILS = ("representative", "authorised", "contact", "email", "phone", "address", "bank", "customer_class")


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """One side of the contract."""

    role: str
    name: str
    is_us: bool
    details: Mapping[str, Any]
    """What else is known, by the names of the contract file; ``contacts`` is a list of named fields."""


def read_parties(top: Section) -> tuple[PartyDraft, ...]:
    """The parties of the document: two or more, one of them us."""
    taken: set[str] = set()
    parties = tuple(_party(part, position, taken) for position, part in enumerate(top.sections("parties")))
    if len(parties) < 2:
        top.fault("parties", N_("A contract has at least two parties."))
    elif sum(party.is_us for party in parties) != 1:
        top.fault("parties", N_("Say which one party is us."))
    if len({party.role for party in parties}) < len(parties):
        top.fault("parties", N_("Two parties have the same role."))
    return parties


def _party(section: Section, position: int, taken: set[str]) -> PartyDraft:
    role = section.read("role", up_to(20)) or chr(ord("A") + position % 26)
    name, is_us = section.need("name", line) or "", section.read("us", flag) or False
    details: dict[str, Any] = {
        detail: section.prose(detail) for detail in PARTY_DETAILS if section.raw(detail) is not None
    }
    if contacts := read_contacts(section, taken):
        details["contacts"] = contacts
    section.close()
    return PartyDraft(role, name, is_us, details)
