"""What a contract's page tells of its reminders: the last that left, what did not arrive, and what comes next."""

from sqlalchemy.orm import Session

from tracker.actions.letter_book import LetterFilter, Tally, tally
from tracker.actions.outlook import first_to_come
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from web.context import actor, now


def letters_part(session: Session, contract: Contract, rows: list[Deadline]) -> dict[str, object]:
    """The reminders in short."""
    told: Tally = tally(session, actor(), LetterFilter(contract_id=contract.id))
    return {"told": told, "told_next": first_to_come(session, rows, now())}
