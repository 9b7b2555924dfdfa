"""The parties of a contract: read from the fields people write."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.problems import N_
from tracker.rules.section import Section, flag, line, up_to

PARTY_DETAILS = ("representative", "authorised", "contact", "email", "phone", "address", "bank", "customer_class")


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """One side of the contract."""

    role: str
    name: str
    is_us: bool
    details: Mapping[str, str]


def read_parties(top: Section) -> tuple[PartyDraft, ...]:
    """The parties of the document: two or more, one of them us."""
    parties = tuple(_party(part, position) for position, part in enumerate(top.sections("parties")))
    if len(parties) < 2:
        top.fault("parties", N_("A contract has at least two parties."))
    elif sum(party.is_us for party in parties) != 1:
        top.fault("parties", N_("Say which one party is us."))
    if len({party.role for party in parties}) < len(parties):
        top.fault("parties", N_("Two parties have the same role."))
    return parties


def _party(section: Section, position: int) -> PartyDraft:
    role = section.read("role", up_to(20)) or chr(ord("A") + position % 26)
    name, is_us = section.need("name", line) or "", section.read("us", flag) or False
    details = {detail: section.prose(detail) for detail in PARTY_DETAILS if section.raw(detail) is not None}
    section.close()
    return PartyDraft(role, name, is_us, details)
