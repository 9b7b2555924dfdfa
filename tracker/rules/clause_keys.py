"""Clauses of a contract are told apart by their keys, and so are the deadlines that follow from them."""

from collections import Counter
from collections.abc import Iterator

from tracker.rules.clauses import Clause
from tracker.rules.problems import N_, Problem
from tracker.rules.terms import Delivery, Renewal, Term, Termination

_OF_RENEWAL = ("renewal-formalities", "renewal-intention", "renewal-window-opens")


def key_problems(clauses: tuple[Clause, ...]) -> Iterator[Problem]:
    """Keys that would hide one clause, or one deadline, behind another."""
    keys = Counter(clause.source.key for clause in clauses if not isinstance(clause, Delivery))
    keys["effect"] += 1
    kinds = {type(clause) for clause in clauses}
    for key, times in keys.items():
        if times > 1:
            yield Problem("obligations", N_("Two clauses have the key “%(key)s”."), {"key": key})
        elif _is_taken(key, kinds):
            text = N_("The key “%(key)s” belongs to the term itself; give this obligation a key of its own.")
            yield Problem("obligations", text, {"key": key})


def _is_taken(key: str, kinds: set[type]) -> bool:
    """Whether deadlines of the term, its renewal or its ending have this name."""
    stem = key.partition(".")[0]
    return (
        (Term in kinds and stem == "term-end")
        or (Renewal in kinds and stem in _OF_RENEWAL)
        or (Termination in kinds and stem == "termination-notice")
    )
