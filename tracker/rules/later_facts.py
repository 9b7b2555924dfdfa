"""Facts that change a day that runs already: an answer put off in time, a limitation interrupted."""

from dataclasses import dataclass, replace

from tracker.rules.about import concerned
from tracker.rules.agreement import Counting
from tracker.rules.clauses import Obligation
from tracker.rules.conventions import Direction
from tracker.rules.deadlines import Deadline
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings
from tracker.rules.steps import Step, StepKind

INTERRUPTING = (FactKind.BREACH_NOTICE, FactKind.DISPUTE_RAISED, FactKind.NOTICE_SERVED)
"""A claim made to the debtor, an action brought, or what is equal to it (Civil Code art. 195)."""
LIMITED_BY = "prc-civil-code"
"""The rules under which an interruption starts a limitation anew; other laws ask for more than such a fact tells."""


@dataclass(frozen=True, slots=True)
class LaterFacts:
    """What was heard after a clock had started."""

    counting: Counting
    happenings: Happenings

    def told(self, obligation: Obligation, deadline: Deadline) -> Deadline:
        """The deadline as later facts leave it."""
        if obligation.code == "complaint-answer":
            for fact in self.extensions(deadline.started_by):
                deadline = self.put_off(deadline, fact)
        elif obligation.code == "limitation" and self.counting.preset.name == LIMITED_BY:
            for fact in self._interruptions(deadline):
                deadline = self._interrupted(obligation, deadline, fact)
        return deadline

    # ------------------------------------------------------------ complaints

    def extensions(self, complaint: str) -> list[Fact]:
        """What was told of a complaint's being put off, by day."""
        complaints = self.happenings.of(FactKind.COMPLAINT_RECEIVED)
        found = []
        for fact in self.happenings.of(FactKind.COMPLAINT_EXTENDED):
            about = concerned(fact, complaints)
            if about and about.key == complaint:
                found.append(fact)
        return found

    def put_off(self, deadline: Deadline, told: Fact) -> Deadline:
        """The deadline on the later day that was named, if that was told on its legal day at the latest. Where no day
        was owed by law, the day named is an aim."""
        until = told.until
        if until is None or (deadline.legal and (told.day > deadline.legal or until < deadline.legal)):
            return deadline
        safe = self.counting.on_the_day(until, deadline.nature)
        step = Step(StepKind.PUT_OFF, deadline.legal or deadline.target or told.day, until)
        if deadline.legal is None:
            return replace(deadline, target=safe.act_by, safe_steps=(step, *safe.safe_steps))
        steps = (*deadline.steps, step)
        return replace(
            deadline,
            legal=until,
            act_by=min(until, safe.act_by or until),
            steps=steps,
            safe_steps=(*steps, *safe.safe_steps),
            readings=(),
            provisional=tuple(sorted({*deadline.provisional, *safe.provisional})),
        )

    # ------------------------------------------------------------ limitation

    def _interruptions(self, deadline: Deadline) -> list[Fact]:
        return [fact for fact in self.happenings.of(*INTERRUPTING) if fact.about and fact.about == deadline.started_by]

    def _interrupted(self, obligation: Obligation, deadline: Deadline, fact: Fact) -> Deadline:
        """The limitation counted anew from the interruption (Civil Code art. 195), unless it was over by then."""
        due = obligation.due
        if due is None or due.period is None or due.direction is not Direction.AFTER:
            return deadline
        if deadline.legal is None or deadline.since is None or not deadline.since < fact.day <= deadline.legal:
            return deadline
        counted = self.counting.count(fact.day, due.period, due.direction, deadline.nature)
        step = Step(StepKind.INTERRUPTED, deadline.since, fact.day, f"{LIMITED_BY}/195")
        return replace(deadline.dated(counted), since=fact.day, steps=(step, *counted.steps))
