"""The contract document: the one shape in which a contract comes in, by form, YAML, JSON or bundle, and goes out.

The format is told in ``docs/contract-file.md``. Reading never stops at the first fault: every problem is gathered with
its place, and a document with problems yields no contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.rules.adjustment_form import read_adjustments
from tracker.rules.adjustments import Adjustment
from tracker.rules.amendment_form import AmendmentDraft, read_amendments
from tracker.rules.clause_keys import key_problems
from tracker.rules.clauses import Clause
from tracker.rules.completion_form import CompletionDraft, read_completions
from tracker.rules.fact_form import read_facts
from tracker.rules.facts import Fact
from tracker.rules.ladders import read_ladders
from tracker.rules.law import Law, read_law
from tracker.rules.mark_form import MarkDraft, read_marks
from tracker.rules.money_form import MoneyTerms, read_money_terms
from tracker.rules.paper_form import PaperDraft, read_papers
from tracker.rules.party_form import PartyDraft, read_parties
from tracker.rules.problems import N_, Problem, Unfit
from tracker.rules.section import Section, day, handle, line, read_lines, up_to
from tracker.rules.terms import Effect
from tracker.rules.terms_form import read_clauses, read_effect

FORMAT = "contract/1"


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """A whole contract as a document gives it, every value checked."""

    uid: str
    number: str
    title: str
    kind: str
    language: str
    owner: str
    backup: str
    access: str
    """Who may see it: organisation or named; empty leaves it as it is."""
    only: tuple[str, ...]
    """E-mail addresses of those named."""
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    tracked_from: date | None
    law: Law
    parties: tuple[PartyDraft, ...]
    effect: Effect
    clauses: tuple[Clause, ...]
    facts: tuple[Fact, ...]
    notes: Mapping[str, str]
    """Notes of facts by the fact's key."""
    completions: tuple[CompletionDraft, ...]
    adjustments: tuple[Adjustment, ...] = ()
    parent: str | None = None
    """Number or id of the contract it belongs to; empty for none, None leaves it as it is."""
    papers: tuple[PaperDraft, ...] = ()
    money: MoneyTerms = field(default_factory=MoneyTerms)
    amendments: tuple[AmendmentDraft, ...] = ()
    marks: tuple[MarkDraft, ...] = ()
    reminders: Mapping[str, str] = field(default_factory=dict)
    """Ladders of reminders by code."""
    told: tuple[str, ...] | None = None
    """E-mail addresses of others who get the reminders; None leaves them as they are."""


def read_contract(document: object) -> tuple[ContractDraft | None, list[Problem]]:
    """The contract that `document` describes, or every problem it has."""
    problems: list[Problem] = []
    top = Section.of(document, "", problems)
    if top.text("format") != FORMAT:
        top.fault("format", N_("Write format: %(format)s."), format=FORMAT)
    number, title = top.need("number", up_to(100)), top.need("title", line)
    uid, kind, language = top.read("id", _uid) or "", top.read("kind", handle(60)) or "general", _language(top)
    owner, backup = top.text("owner"), top.text("backup")
    (access, only), tags, fields = _access(top), read_lines(top, "tags"), _fields(top)
    tracked_from, law, parties = top.read("tracked_from", day), read_law(top.section("law")), read_parties(top)
    effect, clauses = read_effect(top.section("effect")), read_clauses(top)
    facts, notes = read_facts(top)
    completions, adjustments, parent = read_completions(top), read_adjustments(top), _parent(top)
    papers, money = read_papers(top), read_money_terms(top.section("money"))
    amendments, marks = read_amendments(top), read_marks(top)
    reminders, told = read_ladders(top.section("reminders")), read_lines(top, "told")
    top.close()
    problems += key_problems(clauses)
    if problems or effect is None:
        return None, problems
    draft = ContractDraft(
        uid, number or "", title or "", kind, language, owner, backup, access, only, tags, fields,
        tracked_from, law, parties, effect, clauses, facts, notes, completions, adjustments, parent,
        papers, money, amendments=amendments, marks=marks, reminders=reminders,
        told=told if top.raw("told") is not None else None,
    )  # fmt: skip
    return draft, []


def _uid(value: object) -> str:
    text = handle(32)(value)
    if not text.isascii():
        raise Unfit(N_("Write a name of letters, digits, dots and hyphens, such as annual-fee."))
    return text


def _language(top: Section) -> str:
    language = top.text("language") or "zh-Hans"
    if language not in ("en", "zh-Hans", "zh-Hant"):
        top.fault("language", N_("Write one of: %(choices)s."), choices="en, zh-Hans, zh-Hant")
    return language


def _access(top: Section) -> tuple[str, tuple[str, ...]]:
    value = top.raw("access")
    if value in (None, "organisation"):
        return str(value or ""), ()
    part = Section.of(value, top.at("access"), top.problems)
    only = read_lines(part, "only")
    part.close()
    return "named", only


def _parent(top: Section) -> str | None:
    """The contract it belongs to: a field that is there but empty takes it out from under another."""
    return (top.read("parent", up_to(100)) or "") if "parent" in top.data else None


def _fields(top: Section) -> dict[str, str]:
    part = top.section("fields")
    return {} if part is None else {name: part.prose(name) for name in part.data}
