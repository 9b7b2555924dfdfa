"""After the end: what survives a contract, how far that is done, and what stands in the way of closing it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.actions.agreements import agreement_of
from tracker.actions.board import stands
from tracker.actions.complete import standing as holding
from tracker.actions.documents import fact_values
from tracker.actions.shelf import deadlines_of
from tracker.records.contracts import Clause, Contract, Fact, Paper
from tracker.records.deadlines import Completion, Deadline
from tracker.rules.agreement import Agreement
from tracker.rules.clauses import Obligation
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import FactKind
from tracker.rules.happenings import Known
from tracker.rules.papers import PaperKind
from tracker.rules.readings import Nature
from tracker.rules.schedule import life_of
from tracker.rules.settling import PAPER
from tracker.rules.standing import Standing, can_be_overdue
from tracker.rules.survival import Certificate, Obstacle, belongs_after, phase_of
from tracker.rules.timeline import Timeline

CERTIFICATE = "ending-certificate"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist."""

    deadline: Deadline
    stands: Standing
    completion: Completion | None
    paper: Paper | None
    """The document that settles it, where one does."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do: done and shown, let go, or a time that has run out."""
        return self.stands in (Standing.DONE, Standing.WAIVED, Standing.PASSED)

    @property
    def lasts(self) -> bool:
        """Whether it is a time that runs rather than something to do."""
        return self.deadline.nature in (Nature.UNTIL, Nature.STATE)


@dataclass(frozen=True, slots=True)
class Plan:
    """The time after the end of one contract, as it stands on a day."""

    contract: Contract
    today: date
    life: Timeline
    fact: Fact | None
    """The fact that records the end, where it is recorded."""
    items: tuple[Item, ...]
    left_over: tuple[Item, ...]
    """What was owed before the end and is still open."""
    endless: tuple[Clause, ...]
    """Obligations that go on for ever, and so have no day."""
    certificate: Certificate

    @property
    def ended(self) -> Known | None:
        """The end, as surely as it is known."""
        return self.life.ended

    @property
    def done(self) -> int:
        return sum(item.is_settled for item in self.items)

    @property
    def overdue(self) -> int:
        return sum(item.stands is Standing.OVERDUE for item in (*self.items, *self.left_over))

    @property
    def next(self) -> Item | None:
        """What is to be done next and not overdue."""
        return next((item for item in self.items if not item.is_settled and _is_ahead(item, self.today)), None)

    @property
    def running(self) -> tuple[Item, ...]:
        """Times that still run; they keep nobody from closing the contract."""
        return tuple(item for item in self.items if item.lasts and not item.is_settled)

    @property
    def runs_until(self) -> date | None:
        """The last day of those times."""
        return max((item.deadline.legal for item in self.running if item.deadline.legal), default=None)

    @property
    def obstacles(self) -> Mapping[Obstacle, int]:
        """What stands in the way of closing, and how often; empty where the contract can be closed."""
        counted = Counter(self._found())
        return {obstacle: counted[obstacle] for obstacle in Obstacle if counted[obstacle]}

    def _found(self) -> Iterator[Obstacle]:
        if self.ended is None:
            yield Obstacle.NO_END
        elif self.ended.certainty is not Certainty.CONFIRMED:
            is_over = self.ended.certainty is Certainty.UNCONFIRMED
            yield Obstacle.END_NOT_CONFIRMED if is_over else Obstacle.NOT_ENDED
        for item in self.items:
            yield from _obstacles_of(item)
        for _item in self.left_over:
            yield Obstacle.LEFT_OVER
        if self.certificate is Certificate.MISSING:
            yield Obstacle.NO_CERTIFICATE
        if self.certificate is Certificate.UNPROVEN:
            yield Obstacle.CERTIFICATE_UNPROVEN


def plan_of(session: Session, contract: Contract, today: date, deadlines: Sequence[Deadline] | None = None) -> Plan:
    """What an opened contract leaves to be done after its end; `deadlines` are those that stand, if known."""
    agreement = agreement_of(session, contract)
    life = life_of(agreement, fact_values(contract.facts), today)
    rows = [_item(row, contract, today) for row in deadlines or deadlines_of(session, contract)]
    sorting = _Sorting(agreement, contract, life.ended.day if life.ended else None)
    after: list[Item] = []
    before: list[Item] = []
    for item in rows:
        (after if sorting.is_after(item.deadline) else before).append(item)
    return Plan(
        contract=contract,
        today=today,
        life=life,
        fact=recorded_end(contract),
        items=tuple(after),
        left_over=tuple(item for item in before if _is_left_over(item)) if _is_ending(life.ended) else (),
        endless=tuple(clause for clause in contract.clauses if _is_endless(clause)),
        certificate=_certificate(contract, rows),
    )


def recorded_end(contract: Contract) -> Fact | None:
    """The fact that the contract has ended; the first, if somebody recorded several."""
    ended = (fact for fact in contract.facts if fact.kind is FactKind.ENDED)
    return min(ended, key=lambda fact: (fact.day, fact.key), default=None)


def _item(row: Deadline, contract: Contract, today: date) -> Item:
    paper = next((one for one in contract.papers if row.met_by == f"{PAPER}{one.key}"), None)
    return Item(row, stands(row, today), holding(row), paper)


class _Sorting:
    """Tells what belongs to the time after the end."""

    def __init__(self, agreement: Agreement, contract: Contract, ended: date | None) -> None:
        self.ended = ended
        clauses = [*(clause for earlier in agreement.earlier for clause in earlier.clauses), *agreement.clauses]
        self.obligations = {one.source.key: one for one in clauses if isinstance(one, Obligation)}
        self.facts = {fact.key: fact.day for fact in contract.facts}

    def is_after(self, deadline: Deadline) -> bool:
        obligation = self.obligations.get(deadline.clause_key)
        if obligation is None:
            return False
        started = self.facts.get(deadline.occurrence) if phase_of(obligation) is None else deadline.legal
        lasts_to = deadline.legal if deadline.nature is Nature.UNTIL else None
        return belongs_after(obligation, started, lasts_to, self.ended)


def _is_endless(clause: Clause) -> bool:
    return clause.type == "obligations" and clause.body.get("due") == "perpetual" and "every" not in clause.body


def _is_ending(ended: Known | None) -> bool:
    """Whether it has ended or somebody means to end it; before that, what is open under it is simply open."""
    return ended is not None and (ended.certainty is not Certainty.PROJECTED or bool(ended.fact))


def _is_left_over(item: Item) -> bool:
    deadline = item.deadline
    must = can_be_overdue(deadline.code, deadline.nature, deadline.side)
    return must and not item.is_settled and deadline.action_day is not None


def _is_ahead(item: Item, today: date) -> bool:
    return item.deadline.action_day is not None and item.deadline.action_day >= today


def _obstacles_of(item: Item) -> Iterator[Obstacle]:
    states = {
        Standing.EVIDENCE_PENDING: Obstacle.TO_SHOW,
        Standing.IN_REVIEW: Obstacle.TO_REVIEW,
        Standing.SUSPENDED: Obstacle.SUSPENDED,
    }
    if item.stands in states:
        yield states[item.stands]
    elif not item.is_settled and not item.lasts:
        yield Obstacle.TO_DO
    if item.deadline.disputed_on is not None:
        yield Obstacle.DISPUTED


def _certificate(contract: Contract, rows: list[Item]) -> Certificate:
    if any(paper.kind is PaperKind.TERMINATION_CERTIFICATE for paper in contract.papers):
        return Certificate.PROVEN
    asked = [item for item in rows if item.deadline.code == CERTIFICATE]
    done = [item.completion for item in asked if item.completion]
    if not done:
        waived = all(item.stands is Standing.WAIVED for item in asked)
        return Certificate.NOT_ASKED if waived else Certificate.MISSING
    return Certificate.PROVEN if any(completion.is_shown for completion in done) else Certificate.UNPROVEN
