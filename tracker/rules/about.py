"""What an earlier fact a later one is about: as it says itself, or by their subject."""

from collections.abc import Sequence

from tracker.rules.facts import Fact


def same_subject(one: Fact, other: Fact) -> bool:
    """Whether both name the same subject, however it is spelt; neither naming one is the same."""
    return _plain(one) == _plain(other)


def concerned(later: Fact, earlier: Sequence[Fact]) -> Fact | None:
    """The one of `earlier`, given by day, that `later` is about.

    Where it does not say, the last of its subject up to that day. The only one there is may leave its subject out, or
    be told of without it.
    """
    if later.about:
        return next((fact for fact in earlier if fact.key == later.about), None)
    before = [fact for fact in earlier if fact.day <= later.day]
    match before:
        case [only] if "" in (_plain(only), _plain(later)):
            return only
    return next((fact for fact in reversed(before) if same_subject(fact, later)), None)


def _plain(fact: Fact) -> str:
    return " ".join(fact.subject.split()).casefold()
