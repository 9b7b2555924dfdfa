"""Deadlines as last computed, and what was done about them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.records.base import Base, Word
from tracker.records.contracts import Contract
from tracker.records.people import Person
from tracker.rules.clauses import Priority, Proof
from tracker.rules.deadlines import Certainty
from tracker.rules.facts import Side
from tracker.rules.readings import Nature


class State(StrEnum):
    """Where a deadline stands; upcoming, at risk and overdue follow from its dates and today."""

    OPEN = "open"
    """Still to be done; the only state in which reminders speak."""
    EVIDENCE_PENDING = "evidence_pending"
    """Done, but the evidence that the obligation wants has not been brought."""
    IN_REVIEW = "in_review"
    """Done, and waiting for the reviewer to accept the proof."""
    DONE = "done"
    WAIVED = "waived"
    SUSPENDED = "suspended"
    """Its series is paused, or performance is suspended; it comes back when that is over."""
    WITHDRAWN = "withdrawn"


ACHIEVED = (State.EVIDENCE_PENDING, State.IN_REVIEW, State.DONE)
"""States in which somebody, or what happened, has met it; what still has to be shown is another matter."""


STILL_OWED = (State.OPEN, State.SUSPENDED)
"""States in which it can be done, waived or disputed, now or when what suspends it is over."""


class Review(StrEnum):
    """What became of a completion whose proof somebody has to accept."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


class Deadline(Base):
    """One occurrence of an obligation or one date of the term. Withdrawn, never deleted."""

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("contract_id", "key"),
        Index("ix_deadline_state_action_day", "state", "action_day"),
        Index("ix_deadline_remind_on", "remind_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(200))
    """Clause and occurrence, unique in the contract; it never changes, whatever becomes of the day."""
    clause_key: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(60))
    occurrence: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(default="")
    """The clause's own title; empty where the code's standard name says it."""
    subject: Mapped[str] = mapped_column(default="")
    """What this occurrence is about: a customer, a third party, a disclosure, a holiday."""
    side: Mapped[Side] = mapped_column(Word(Side))
    nature: Mapped[Nature] = mapped_column(Word(Nature))
    legal: Mapped[date | None]
    act_by: Mapped[date | None]
    send_by: Mapped[date | None]
    target: Mapped[date | None]
    """The team's own aim where the contract gives no number; never law."""
    action_day: Mapped[date | None]
    """The day that reminders, lists and feeds stand on: send-by, else act-by, else target."""
    grace_until: Mapped[date | None]
    """The last day on which doing it is not yet late, where the contract allows a time beyond the legal day."""
    moved_from: Mapped[date | None]
    """The legal day as computed, where this one occurrence was moved by hand."""
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    certainty: Mapped[Certainty] = mapped_column(Word(Certainty))
    provisional: Mapped[list[Any]] = mapped_column(default=list)
    """Years whose working days were not announced when this was computed."""
    explanation: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Steps, safe steps, send steps and readings as data; ``tracker.render.explain`` puts them into words."""
    state: Mapped[State] = mapped_column(Word(State), default=State.OPEN)
    met_by: Mapped[str | None] = mapped_column(String(80))
    """Key of the fact that settled it, where a fact did."""
    disputed_on: Mapped[date | None]
    """Since when somebody disputes it; it stays open and keeps its reminders."""
    waived_on: Mapped[date | None]
    """Since when nobody insists on it, where it is waived."""
    reason: Mapped[str] = mapped_column(default="")
    """Why it is waived or disputed."""
    priority: Mapped[Priority] = mapped_column(Word(Priority), default=Priority.NORMAL)
    proof: Mapped[Proof] = mapped_column(Word(Proof), default=Proof.OPTIONAL)
    paper_kind: Mapped[str] = mapped_column(String(40), default="")
    """The kind of document that has to be on file, where that is what is owed."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Who answers for this obligation; the contract's owner where it names nobody of its own."""
    backup_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Who has to accept the proof."""
    revision: Mapped[int] = mapped_column(default=1)
    """Due revision: rises on every move, reopening and resumption, so that the new day is announced afresh."""
    sequence: Mapped[int] = mapped_column(default=0)
    """RFC 5545 SEQUENCE: rises on every visible change."""
    ladder: Mapped[str] = mapped_column(String(100), default="")
    """The ladder of reminders that holds, as it is written; empty for the product's own for its code."""
    own_ladder: Mapped[str] = mapped_column(String(100), default="")
    """The ladder somebody gave to this one deadline."""
    acknowledged_at: Mapped[datetime | None]
    """Since when somebody has it in hand, so that it is not carried further up; a moved day asks anew."""
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    remind_on: Mapped[date | None]
    """Next day on which a reminder may fall due; empty when none will."""
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    """Last visible change (RFC 5545 LAST-MODIFIED)."""
    withdrawn_at: Mapped[datetime | None]

    contract: Mapped[Contract] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    backup: Mapped[Person | None] = relationship(foreign_keys=backup_id)
    acknowledged_by: Mapped[Person | None] = relationship(foreign_keys=acknowledged_by_id)
    reviewer: Mapped[Person | None] = relationship(foreign_keys=reviewer_id)
    completions: Mapped[list["Completion"]] = relationship(
        back_populates="deadline", cascade="all, delete-orphan", order_by="Completion.id"
    )

    @property
    def answers(self) -> Person | None:
        """Who answers for it: its own owner, else that of its contract."""
        return self.owner or self.contract.owner

    @property
    def last_day(self) -> date | None:
        """The last day on which doing it is not late: the legal day with its grace, else the team's own aim."""
        return self.grace_until or self.legal or self.target

    def goes_on_from(self, completion: "Completion") -> None:
        """Stand where the completion takes it: before its evidence, before its reviewer, or at its end."""
        if self.proof is Proof.REQUIRED and not completion.is_shown:
            self.state = State.EVIDENCE_PENDING
        elif self.reviewer_id is not None and completion.review is not Review.APPROVED:
            self.state, completion.review = State.IN_REVIEW, Review.WAITING
        else:
            self.state = State.DONE

    def begin_anew(self) -> None:
        """What was said, heard and answered concerned it as it stood: it is announced afresh."""
        self.revision += 1
        self.acknowledged_at = self.acknowledged_by_id = None

    @property
    def public_key(self) -> str:
        """Name of this deadline outside its contract, as the API, the command line and calendars use it."""
        return f"{self.contract.uid}:{self.key}"


OWNER: ColumnElement[int] = func.coalesce(Deadline.owner_id, Contract.owner_id)
"""SQL: who answers for a deadline, its own owner or else that of its contract."""
BACKUP: ColumnElement[int] = func.coalesce(Deadline.backup_id, Contract.backup_id)
"""SQL: who stands in."""


AUTOMATIC = ("fact", "paper")
"""Ways by which a deadline is met without anybody logging it."""


class Completion(Base):
    """That a deadline was met, when, by whom, and how it is known. Undone, never deleted."""

    __tablename__ = "completion"

    id: Mapped[int] = mapped_column(primary_key=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id", ondelete="CASCADE"), index=True)
    done_on: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    channel: Mapped[str] = mapped_column(String(20))
    """By which way it came in: web, cli, file … or fact or paper, where no person said so."""
    note: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Token of the form that was sent, so that sending it twice records it once."""
    recorded_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    undo_reason: Mapped[str] = mapped_column(default="")
    review: Mapped[Review | None] = mapped_column(Word(Review))
    """Set where the obligation has a reviewer; a rejected completion is undone as well."""
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    reviewed_at: Mapped[datetime | None] = mapped_column(index=True)
    review_note: Mapped[str] = mapped_column(default="")
    deadline: Mapped[Deadline] = relationship(back_populates="completions")
    by: Mapped[Person | None] = relationship(foreign_keys=by_id)
    reviewed_by: Mapped[Person | None] = relationship(foreign_keys=reviewed_by_id)
    evidence: Mapped[list["Evidence"]] = relationship(
        back_populates="completion", cascade="all, delete-orphan", order_by="Evidence.id"
    )

    @property
    def is_automatic(self) -> bool:
        """Whether a fact or a document settled it: it is put right there, not taken back."""
        return self.channel in AUTOMATIC

    @property
    def is_shown(self) -> bool:
        """Whether there is anything that shows it was done."""
        return bool(self.link or self.evidence)


class Evidence(Base):
    """A file that proves a completion, stored once under its content hash."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    added_at: Mapped[datetime]
    completion: Mapped[Completion] = relationship(back_populates="evidence")
