"""Between rows and the contract document: what is stored is what was written, section by section."""

from typing import Any

from tracker.actions.adjustment_rows import adjustments_section
from tracker.actions.amendment_rows import amendments_section
from tracker.actions.paper_rows import papers_section
from tracker.ports.clock import day_in
from tracker.records.contracts import Access, Clause, Contract, Fact, Party
from tracker.records.deadlines import Completion, Review
from tracker.rules.clause_form import read_delivery, read_obligation, read_renewal, read_term, read_termination
from tracker.rules.clauses import Clause as ClauseValue
from tracker.rules.contract_file import FORMAT
from tracker.rules.facts import Fact as FactValue
from tracker.rules.section import Section
from tracker.rules.terms import Effect
from tracker.rules.terms_form import read_effect
from tracker.rules.written import SINGLE, as_files_keep


def clause_values(clauses: list[Clause]) -> tuple[ClauseValue, ...]:
    """The values the schedule reads. What is stored was checked when it came in."""
    values = (_value(clause) for clause in clauses if clause.type != "effect")
    return tuple(value for value in values if value is not None)


def _value(clause: Clause) -> ClauseValue | None:
    section = Section.of(clause.body, clause.key, [])
    readers = {"term": read_term, "renewal": read_renewal, "delivery": read_delivery}
    if clause.type in readers:
        return readers[clause.type](section)
    return (
        read_termination(section, clause.key) if clause.type == "termination" else read_obligation(section, clause.key)
    )


def effect_value(clauses: list[Clause]) -> Effect:
    """When the contract takes effect; on signing where nothing is written."""
    body = next((clause.body for clause in clauses if clause.type == "effect"), None)
    return read_effect(None if body is None else Section.of(body, "effect", [])) or Effect()


def fact_values(facts: list[Fact]) -> tuple[FactValue, ...]:
    """The facts the schedule reads."""
    return tuple(
        FactValue(fact.key, fact.kind, fact.day, fact.by, fact.subject, fact.until, fact.how, fact.about)
        for fact in facts
    )


def document_of(
    contract: Contract, completions: list[Completion] | None = None, *, parent: Contract | None = None
) -> dict[str, Any]:
    """The contract document that would bring this contract about; `parent` is the one it belongs to, where the reader
    may see that."""
    document = _head(contract, parent)
    for clause in contract.clauses:
        if clause.type in SINGLE:
            document[clause.type] = dict(clause.body)
        else:
            document.setdefault(clause.type, []).append(dict(clause.body))
    document["amendments"] = amendments_section(contract)
    document["facts"] = [_fact(fact) for fact in contract.facts]
    document["adjustments"] = adjustments_section(contract)
    document["papers"] = papers_section(contract)
    document["completions"] = [_completion(completion) for completion in completions or ()]
    return {name: as_files_keep(value) for name, value in document.items() if value not in (None, "", [], {})}


def _head(contract: Contract, parent: Contract | None) -> dict[str, Any]:
    """What stands above the clauses."""
    only = sorted(grant.person.email for grant in contract.grants)
    return {
        "format": FORMAT,
        "id": contract.uid,
        "number": contract.number,
        "title": contract.title,
        "kind": contract.kind,
        "parent": parent.number if parent else None,
        "language": contract.language,
        "owner": contract.owner.email if contract.owner else None,
        "backup": contract.backup.email if contract.backup else None,
        "access": {"only": only} if contract.access is Access.NAMED else "organisation",
        "told": sorted(grant.person.email for grant in contract.grants if grant.told),
        "reminders": dict(contract.ladders),
        "tags": list(contract.tags),
        "fields": dict(contract.fields),
        "tracked_from": contract.tracked_from,
        "law": {"counting": contract.preset, "calendar": contract.calendar, "zone": contract.zone},
        "parties": [_party(party) for party in contract.parties],
        "money": dict(contract.money),
    }


def _party(party: Party) -> dict[str, Any]:
    return {"role": party.role, "name": party.name, **({"us": True} if party.is_us else {}), **party.details}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "key": fact.key,
        "kind": fact.kind.value,
        "day": fact.day,
        "by": fact.by.value if fact.by else None,
        "subject": fact.subject,
        "until": fact.until,
        "how": fact.how,
        "about": fact.about,
        "note": fact.note,
    }


def _completion(completion: Completion) -> dict[str, Any]:
    return {
        "deadline": completion.deadline.key,
        "done_on": completion.done_on,
        "note": completion.note,
        "link": completion.link,
        "evidence": [{"sha256": item.sha256, "name": item.name} for item in completion.evidence],
        "review": _review(completion),
    }


def _review(completion: Completion) -> dict[str, Any] | None:
    if completion.review is not Review.APPROVED or completion.reviewed_at is None:
        return None
    return {
        "by": completion.reviewed_by.email if completion.reviewed_by else "",
        "day": day_in(completion.deadline.contract.zone, completion.reviewed_at),
        "note": completion.review_note,
    }
