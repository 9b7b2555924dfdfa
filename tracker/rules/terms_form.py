"""What was agreed as plain data: when it takes effect, and every clause."""

from collections import Counter

from tracker.rules.clause_form import read_delivery, read_obligation, read_renewal, read_term, read_termination
from tracker.rules.clauses import Clause
from tracker.rules.problems import N_
from tracker.rules.section import Section, day, read_lines
from tracker.rules.terms import Effect, EffectMode


def read_effect(section: Section | None) -> Effect | None:
    """When the contract takes effect; on signing where the document does not say."""
    if section is None:
        return Effect()
    when, conditions = section.raw("when"), read_lines(section, "conditions")
    section.close()
    if conditions:
        if when is not None:
            section.fault("when", N_("Write a day or conditions, not both."))
        return Effect(EffectMode.ON_CONDITIONS, conditions=conditions)
    if when in (None, "signing"):
        return Effect()
    at = section.read("when", day)
    return Effect(EffectMode.ON_DATE, at) if at else None


def read_clauses(top: Section) -> tuple[Clause, ...]:
    """Every clause of a document, obligations without a key named by their code."""
    found: list[Clause | None] = []
    if term := top.section("term"):
        found.append(read_term(term))
    if renewal := top.section("renewal"):
        found.append(read_renewal(renewal))
    found += [read_termination(part, f"termination-{n}") for n, part in enumerate(top.sections("termination"), 1)]
    found += [read_delivery(part) for part in top.sections("delivery")]
    found += _obligations(top)
    return tuple(clause for clause in found if clause is not None)


def _obligations(top: Section) -> list[Clause | None]:
    seen: Counter[str] = Counter()
    found: list[Clause | None] = []
    for part in top.sections("obligations"):
        code = str(part.data.get("code", ""))
        seen[code] += 1
        found.append(read_obligation(part, code if seen[code] == 1 else f"{code}-{seen[code]}"))
    return found
