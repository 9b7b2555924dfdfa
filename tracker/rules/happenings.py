"""The facts of a contract, put so that the order in which they were recorded does not matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Fact, FactKind, Side
from tracker.rules.terms import Effect, EffectMode


@dataclass(frozen=True, slots=True)
class Known:
    """A day and how surely it is known. `fact` is the key of the fact it rests on, if one; `later` the later day that
    the contract's words may mean as well; `unsettled` the years whose days off are not known and that it rests on."""

    day: date
    certainty: Certainty = Certainty.CONFIRMED
    fact: str = ""
    later: date | None = None
    unsettled: tuple[int, ...] = ()


class Happenings:
    """Facts by kind, each kind in the order of its days."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by_kind: dict[FactKind, list[Fact]] = {}
        for fact in sorted(facts, key=lambda fact: (fact.day, fact.key)):
            self._by_kind.setdefault(fact.kind, []).append(fact)

    def of(self, *kinds: FactKind) -> list[Fact]:
        """The facts of these kinds by day."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], [])
        return sorted((fact for kind in kinds for fact in self.of(kind)), key=lambda fact: (fact.day, fact.key))

    def first(self, kind: FactKind) -> Fact | None:
        return next(iter(self.of(kind)), None)

    def formed(self) -> Known | None:
        """The last signature, once both sides have signed (Civil Code art. 490)."""
        signed = self.of(FactKind.SIGNED)
        sides = {fact.by for fact in signed}
        if not (sides & {None, Side.BOTH} or sides >= {Side.US, Side.THEM}):
            return None
        return Known(signed[-1].day, fact=signed[-1].key)

    def effective(self, effect: Effect) -> Known | None:
        """The day it takes effect: as recorded, else as the contract provides (Civil Code arts. 158, 502)."""
        if recorded := self.first(FactKind.EFFECTIVE):
            return Known(recorded.day, fact=recorded.key)
        if effect.mode is EffectMode.ON_DATE and effect.day:
            return Known(effect.day)
        if effect.mode is EffectMode.ON_CONDITIONS:
            return self._conditions_met(effect)
        return self.formed()

    def _conditions_met(self, effect: Effect) -> Known | None:
        met = {fact.subject: fact for fact in reversed(self.of(FactKind.CONDITION_MET))}
        if not set(effect.conditions) <= met.keys():
            return None
        last = max((met[name] for name in effect.conditions), key=lambda fact: (fact.day, fact.key))
        return Known(last.day, fact=last.key)
