"""Facts as plain data: read from the fields people write."""

from collections import Counter

from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.problems import N_
from tracker.rules.section import Section, day, handle, up_to


def read_facts(top: Section) -> tuple[tuple[Fact, ...], dict[str, str]]:
    """The facts of the document, and their notes by key."""
    seen: Counter[str] = Counter()
    facts: dict[str, Fact] = {}
    notes: dict[str, str] = {}
    for part in top.sections("facts"):
        kind = str(part.data.get("kind", ""))
        seen[kind] += 1
        fact, note = _fact(part, f"{kind}-{seen[kind]}")
        if fact and fact.key in facts:
            part.fault("key", N_("Two facts have the key “%(key)s”."), key=fact.key)
        if fact:
            facts[fact.key], notes[fact.key] = fact, note
    return tuple(facts.values()), notes


def _fact(section: Section, key: str) -> tuple[Fact | None, str]:
    kind, on = section.word("kind", FactKind), section.need("day", day)
    if kind is None and section.raw("kind") is None:
        section.fault("kind", N_("This is needed."))
    key, by = section.read("key", handle(80)) or key, section.word("by", Side)
    subject, until = section.text("subject"), section.read("until", day)
    how, note = section.read("how", up_to(40)) or "", section.prose("note")
    about = section.read("about", handle(80)) or ""
    section.close()
    return (Fact(key, kind, on, by, subject, until, how, about) if kind and on else None), note
