"""Today: what needs doing now, what comes, and whether the machinery is alive."""

from datetime import datetime

from flask import Blueprint, render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.actions.board import BANDS, Wanted, band_counts, contracts, deadlines
from tracker.actions.letter_book import last_sent, undelivered
from tracker.actions.next_steps import evidence_to_bring, to_review
from tracker.actions.shelf import references
from tracker.records.deadlines import Deadline
from tracker.records.feeds import Feed
from tracker.records.history import Pulse
from tracker.records.letters import Letter, LetterState
from web.context import actor, tracker
from web.context import today as this_day

screen = Blueprint("today", __name__)
MOST_ROWS = 15


@screen.get("/")
def show() -> str:
    """The first page."""
    with tracker().reading() as session:
        counts = band_counts(session, actor(), this_day())
        rows: list[Deadline] = []
        for band in ("overdue", "30"):
            if counts[band] and len(rows) < MOST_ROWS:
                wanted = deadlines(session, actor(), Wanted(band=band), this_day(), limit=MOST_ROWS - len(rows))
                rows += wanted.rows
        _listed, total = contracts(session, actor(), limit=0)
        return render_template(
            "today.html",
            bands=BANDS,
            counts=counts,
            rows=rows,
            more=counts["overdue"] + counts["30"] - len(rows),
            references=references(session, rows),
            contracts_total=total,
            to_review=to_review(session, actor()),
            to_show=evidence_to_bring(session, actor()),
            smtp=tracker().settings.smtp,
            not_delivered=undelivered(session, actor()),
            **_signs(session),
        )


def _signs(session: Session) -> dict[str, datetime | None]:
    """Signs of life: the last letter sent, of those the visitor may know of and to themselves, the last fetch of one of
    their feeds, the last heartbeat."""
    mine = Letter.state == LetterState.SENT, Letter.person_id == actor().person_id
    fetched = select(func.max(Feed.last_fetched_at)).where(Feed.person_id == actor().person_id)
    return {
        "last_letter": last_sent(session, actor()),
        "last_to_me": session.scalar(select(func.max(Letter.finished_at)).where(*mine)),
        "last_fetch": session.scalar(fetched),
        "last_pulse": session.scalar(select(func.max(Pulse.at))),
    }
