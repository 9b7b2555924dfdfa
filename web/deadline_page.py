"""One deadline's page, as it is shown and as it comes back when something was refused."""

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.answering import answer_of, ways_for
from tracker.actions.clause_wording import wording_of
from tracker.actions.complete import UNDO_FOR, standing
from tracker.actions.errors import Refused
from tracker.actions.letter_book import letters_about
from tracker.actions.outlook import next_reminders
from tracker.actions.review import may_review
from tracker.actions.shelf import open_deadline
from tracker.records.contracts import Adjustment, Fact
from tracker.records.deadlines import Deadline
from web.context import actor, now, today, tracker
from web.forms import Form

REFUSED = 422


def deadline_page(session: Session, deadline: Deadline, form: Form) -> str:
    """The page of an opened deadline."""
    completion = standing(deadline)
    freely = completion is not None and now() - completion.recorded_at <= UNDO_FOR
    return render_template(
        "deadline.html",
        deadline=deadline,
        completion=completion,
        freely=freely,
        clause=wording_of(deadline),
        held_by=_held_by(session, deadline),
        answer=answer_of(session, deadline, actor().person_id),
        ways=[way.value for way in ways_for(session, actor(), deadline, today())],
        may_review=may_review(session, actor(), deadline),
        form=form,
        letters=letters_about(session, actor(), deadline.id),
        coming=next_reminders(session, deadline, now()),
    )


def sent_back(deadline_id: int, form: Form, refusal: Refused) -> tuple[str, int]:
    """The page with what was refused beside its fields."""
    form.add(refusal.problems)
    with tracker().reading() as session:
        return deadline_page(session, open_deadline(session, actor(), deadline_id), form), REFUSED


def _held_by(session: Session, deadline: Deadline) -> Adjustment | Fact | None:
    """The pause or the fact that suspends it."""
    key = deadline.explanation.get("suspended_by", "")
    if not key:
        return None
    pause = select(Adjustment).where(Adjustment.contract_id == deadline.contract_id, Adjustment.key == key)
    fact = select(Fact).where(Fact.contract_id == deadline.contract_id, Fact.key == key)
    return session.scalar(pause) or session.scalar(fact)
