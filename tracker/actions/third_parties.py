"""Third parties of a contract: how far each has come, and what it still lacks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from tracker.actions.actor import Actor
from tracker.actions.documents import fact_values
from tracker.actions.family import family_of
from tracker.actions.figures import liability_cap
from tracker.actions.shelf import deadlines_of
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.rules.about import concerned
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings
from tracker.rules.money import Money
from tracker.rules.papers import PaperKind
from tracker.rules.third_parties import Entry, entries

FAMILY_OF_CODES = "third-party-"
"""How the codes of obligations about third parties begin."""


class Stage(StrEnum):
    """How far a third party has come."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    ENGAGED = "engaged"
    REPLACED = "replaced"
    EXITED = "exited"


class Need(StrEnum):
    """What a third party has to have; the ends of codes of the catalogue, but for the consent."""

    CONSENT = "consent"
    QUALIFICATION = "qualification"
    CAP = "cap"
    AGREEMENT = "agreement"
    REPLACEMENT = "replacement"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Check:
    """Whether one thing is there; `deadline` is the one by which it is owed, where the contract asks for it."""

    need: Need
    is_met: bool
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """One third party of a contract, from its proposal to its exit."""

    contract: Contract
    entry: Entry
    replaced: Fact | None
    exited: Fact | None
    checks: tuple[Check, ...]
    agreement: Contract | None
    """The contract with it: one under this contract that the reader may see, or this one."""
    cap: Money | None

    @property
    def name(self) -> str:
        """Whom the facts name; empty where they name nobody."""
        return self.entry.fact.subject

    @property
    def stage(self) -> Stage:
        """The last step that was taken."""
        steps = (
            (Stage.EXITED, self.exited),
            (Stage.REPLACED, self.replaced),
            (Stage.ENGAGED, self.entry.engaged),
            (Stage.CONSENTED, self.entry.consent),
        )
        return next((stage for stage, fact in steps if fact), Stage.PROPOSED)

    @property
    def lacks(self) -> tuple[Check, ...]:
        """What is not there."""
        return tuple(check for check in self.checks if not check.is_met)

    @property
    def is_uninvited(self) -> bool:
        """Whether it has stepped in without consent."""
        return self.entry.engaged is not None and not self.entry.has_consent


def third_parties_of(
    session: Session, actor: Actor, contract: Contract, deadlines: Sequence[Deadline] | None = None
) -> list[ThirdParty]:
    """The third parties of an opened contract and of those under it that the actor may see, by the day of their
    proposal; `deadlines` are those of the contract that stand, if they are at hand."""
    children = [child.contract for child in family_of(session, actor, contract).children]
    found = list(_of(session, actor, contract, children, deadlines))
    for child in children:
        found += _of(session, actor, child, [], None)
    return found


def asks_for_third_parties(contract: Contract) -> bool:
    """Whether the contract says anything about third parties."""
    return any(str(clause.body.get("code", "")).startswith(FAMILY_OF_CODES) for clause in contract.clauses)


def _of(
    session: Session,
    actor: Actor,
    contract: Contract,
    children: Sequence[Contract],
    deadlines: Sequence[Deadline] | None,
) -> Iterator[ThirdParty]:
    happenings = Happenings(fact_values(contract.facts))
    found = entries(happenings)
    if not found:
        return
    rows = deadlines or deadlines_of(session, contract)
    replaced = _later(happenings.of(FactKind.THIRD_PARTY_REPLACED), found)
    exited = _later(happenings.of(FactKind.THIRD_PARTY_EXITED), found)
    keys = {fact.key for fact in contract.facts}
    for entry in found:
        agreement = next((one for one in (*children, contract) if _is_with(one, entry.fact.subject)), None)
        own = _Own(contract, entry, [row for row in rows if row.occurrence in entry.keys or row.occurrence not in keys])
        gone = [fact for fact in (replaced.get(entry.fact.key), exited.get(entry.fact.key)) if fact]
        leaving = [row for row in rows if row.occurrence in {fact.key for fact in gone}]
        cap = own.cap() or (liability_cap(session, actor, agreement)[0] if agreement else None)
        checks = (*own.checks(agreement, cap), *_leaving(leaving))
        yield ThirdParty(
            contract, entry, replaced.get(entry.fact.key), exited.get(entry.fact.key), checks, agreement, cap
        )


def _later(facts: Iterable[Fact], found: Sequence[Entry]) -> dict[str, Fact]:
    """The facts by the third party they are about, named by the fact that first tells of it."""
    firsts = {key: entry.fact for entry in found for key in entry.keys}
    told = {}
    for fact in facts:
        about = firsts.get(fact.about) or concerned(fact, [entry.fact for entry in found])
        if about:
            told[about.key] = fact
    return told


def _is_with(child: Contract, name: str) -> bool:
    wanted = " ".join(name.split()).casefold()
    return bool(wanted) and any(
        " ".join(party.name.split()).casefold() == wanted for party in child.parties if not party.is_us
    )


def is_settled(deadline: Deadline) -> bool:
    """Whether nothing is left to do."""
    return deadline.state in (State.DONE, State.WAIVED)


@dataclass(frozen=True, slots=True)
class _Own:
    """What a contract asks of one third party; `rows` are the deadlines about it, or about whoever it may be."""

    contract: Contract
    entry: Entry
    rows: list[Deadline]

    def checks(self, agreement: Contract | None, cap: Money | None) -> Iterator[Check]:
        yield Check(Need.CONSENT, self.entry.has_consent, self._owed("third-party-notice"))
        if owed := self._owed("third-party-qualification"):
            yield Check(Need.QUALIFICATION, is_settled(owed), owed)
        owed = self._owed("third-party-cap")
        if owed or cap:
            yield Check(Need.CAP, is_settled(owed) if owed else True, owed)
        owed = self._owed("third-party-agreement")
        if owed or self.entry.engaged:
            yield Check(Need.AGREEMENT, is_settled(owed) if owed else bool(agreement or self._has_paper()), owed)

    def cap(self) -> Money | None:
        """The sum that the contract itself names."""
        owed = self._owed("third-party-cap")
        return Money(owed.amount, owed.currency) if owed and owed.amount is not None and owed.currency else None

    def _owed(self, code: str) -> Deadline | None:
        return next((row for row in self.rows if row.code == code), None)

    def _has_paper(self) -> bool:
        return any(
            paper.kind is PaperKind.THIRD_PARTY_AGREEMENT and paper.fact_key in self.entry.keys
            for paper in self.contract.papers
        )


def _leaving(rows: Iterable[Deadline]) -> Iterator[Check]:
    needs = {"third-party-replacement": Need.REPLACEMENT, "third-party-exit": Need.EXIT}
    return (Check(needs[row.code], is_settled(row), row) for row in rows if row.code in needs)
