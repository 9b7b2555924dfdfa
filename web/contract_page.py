"""One contract's page: every part brings what its piece of the template shows.

A piece is a template of its own, included in ``contract.html``; one that has nothing to say prints nothing, and then
the page offers no way to it.
"""

from collections.abc import Callable, Mapping
from datetime import date

from flask import render_template
from sqlalchemy.orm import Session

from tracker.actions.board import stands
from tracker.actions.contract_life import life_of_contract
from tracker.actions.documents import clause_values
from tracker.actions.shelf import deadlines_of, events_of, open_contract, references
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline, State
from tracker.render.terms import TermLine, obligation_lines
from tracker.rules.clauses import Obligation
from tracker.rules.facts import FactKind
from tracker.rules.standing import Standing
from web.adjustment_words import adjustments_part
from web.after_end import after_end_part
from web.amendments import amendments_part
from web.choices import endings, facts_in_words, sides
from web.context import actor, today, tracker, words
from web.contract_letters import letters_part
from web.fact_review import Review
from web.family import family_part
from web.forms import Form
from web.money import money_part
from web.picture import picture_of
from web.third_parties import third_parties_part

Part = Callable[[Session, Contract, list[Deadline]], Mapping[str, object]]

PARTS: tuple[Part, ...] = (
    after_end_part,
    adjustments_part,
    third_parties_part,
    amendments_part,
    family_part,
    money_part,
    letters_part,
)
"""What the pieces of the page need, by name; asked with the opened contract and the deadlines that stand."""


MOST_ROWS = 100
"""How many deadlines the page shows; the list has them all."""


def contract_page(contract_id: int, form: Form, review: Review | None = None) -> str:
    """The page. Raises Missing."""
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        rows = deadlines_of(session, contract)
        life = life_of_contract(session, contract, today())
        shown = {name: value for part in PARTS for name, value in part(session, contract, rows).items()}
        return render_template(
            "contract.html",
            contract=contract,
            rows=rows,
            at_hand=_at_hand(rows, today()),
            life=life,
            picture=picture_of(life, rows, today()),
            references=references(session, rows),
            awaited=_awaited(contract, rows),
            events=events_of(session, contract),
            form=form,
            review=review,
            facts=facts_in_words(),
            sides=sides(),
            endings=endings(),
            **shown,
        )


def _awaited(contract: Contract, rows: list[Deadline]) -> list[TermLine]:
    """The obligations whose clock starts when something happens that has not happened yet."""
    dated = {row.clause_key for row in rows}
    waiting = [
        clause
        for clause in clause_values(contract.clauses)
        if isinstance(clause, Obligation)
        and clause.source.key not in dated
        and clause.due
        and isinstance(clause.due.anchor, FactKind)
    ]
    return obligation_lines(waiting, words())


def _at_hand(rows: list[Deadline], day: date) -> list[Deadline]:
    """As many as the page shows, in their own order: what is overdue, then what is open, then what is near."""

    def rank(row: Deadline) -> tuple[int, int]:
        urgency = 0 if stands(row, day) is Standing.OVERDUE else 1 if row.state is State.OPEN else 2
        return urgency, abs((row.action_day - day).days) if row.action_day else 0

    kept = {row.id for row in sorted(rows, key=rank)[:MOST_ROWS]}
    return [row for row in rows if row.id in kept]
