"""Amendments as plain data: read from the fields people write, with the terms as they stood before each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.rules.clause_keys import key_problems
from tracker.rules.clauses import Clause
from tracker.rules.law import Law, read_law
from tracker.rules.money_form import read_money_terms
from tracker.rules.party_form import read_parties
from tracker.rules.problems import N_, Problem
from tracker.rules.section import Section, day, handle, line
from tracker.rules.terms import Effect
from tracker.rules.terms_form import read_clauses, read_effect

TERMS = (*("title", "parties", "law", "effect", "term", "renewal", "termination", "delivery", "obligations", "money"),)
"""The sections of a contract document that an amendment may change; the others are the team's own, or happened."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed, as far as dates depend on it."""

    effect: Effect
    clauses: tuple[Clause, ...]
    law: Law


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """One amendment with every value checked; `before` is what was agreed until then, as it was written."""

    key: str
    title: str
    signed: date
    effective: date
    before: Mapping[str, Any]
    terms: Terms
    paper: str
    note: str


def read_amendments(top: Section) -> tuple[AmendmentDraft, ...]:
    """The amendments of the document; one without a key is named by its place among them."""
    found: dict[str, AmendmentDraft] = {}
    for number, part in enumerate(top.sections("amendments"), 1):
        amendment = _amendment(part, f"amendment-{number}")
        if amendment and amendment.key in found:
            part.fault("key", N_("Two amendments have the key “%(key)s”."), key=amendment.key)
        if amendment:
            found[amendment.key] = amendment
    return tuple(found.values())


def _amendment(section: Section, key: str) -> AmendmentDraft | None:
    key, title = section.read("key", handle(80)) or key, section.need("title", line)
    signed, effective = section.need("signed", day), section.need("effective", day)
    paper, note = section.read("paper", handle(80)) or "", section.prose("note")
    before = section.section("before")
    if before is None:
        section.fault("before", N_("This is needed."))
    terms = read_terms(before) if before else None
    section.close()
    if before is None or terms is None or not (title and signed and effective):
        return None
    return AmendmentDraft(key, title, signed, effective, before.data, terms, paper, note)


def read_terms(section: Section) -> Terms | None:
    """Terms as they stood; title, parties and law may be left out where they are as now."""
    section.read("title", line)
    if section.raw("parties") is not None:
        read_parties(section)
    read_money_terms(section.section("money"))
    effect, clauses, law = (
        read_effect(section.section("effect")),
        read_clauses(section),
        read_law(section.section("law")),
    )
    section.close()
    section.problems += [
        Problem(section.at(problem.place), problem.text, problem.values) for problem in key_problems(clauses)
    ]
    return Terms(effect, clauses, law) if effect else None
