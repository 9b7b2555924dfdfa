"""What a contract says and what has happened: contract, parties, clauses, facts and who may see them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.records.base import Base, Word
from tracker.records.people import Person
from tracker.rules.adjustments import Adjusting
from tracker.rules.facts import FactKind, Side
from tracker.rules.papers import PaperKind


class Access(StrEnum):
    """Who may see a contract."""

    ORGANISATION = "organisation"
    NAMED = "named"


class Contract(Base):
    """A contract with everything the schedule is computed from."""

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    """Never changes, whatever the contract is renumbered to; the front half of every deadline's public key."""
    number: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(16))
    access: Mapped[Access] = mapped_column(Word(Access), default=Access.ORGANISATION)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    backup_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    preset: Mapped[str] = mapped_column(String(40))
    """Name of the counting rules, a key of ``tracker.rules.presets.PRESETS``."""
    calendar: Mapped[str] = mapped_column(String(32))
    zone: Mapped[str] = mapped_column(String(64))
    tracked_from: Mapped[date | None]
    """Deadlines of a series that fell due before this day were never this product's business."""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id", ondelete="SET NULL"), index=True)
    """The contract that this one belongs to, such as that whose work a third party takes over."""
    money: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The section on money of the contract document, as it was written."""
    tags: Mapped[list[Any]] = mapped_column(default=list)
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Free fields of the team's own."""
    ladders: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ladders of reminders by code of obligation, for this contract alone; `*` is for all others."""
    sample: Mapped[bool] = mapped_column(default=False)
    """Demonstration data, which one command removes."""
    scheduled_to: Mapped[date | None] = mapped_column(index=True)
    """First day on which passing time alone may change the schedule, so that a tick looks only at due contracts."""
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    backup: Mapped[Person | None] = relationship(foreign_keys=backup_id)
    parent: Mapped["Contract | None"] = relationship(remote_side=id)
    parties: Mapped[list["Party"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="Party.position"
    )
    clauses: Mapped[list["Clause"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="Clause.position"
    )
    facts: Mapped[list["Fact"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="Fact.day, Fact.id"
    )
    grants: Mapped[list["Grant"]] = relationship(back_populates="contract", cascade="all, delete-orphan")
    amendments: Mapped[list["Amendment"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="Amendment.effective, Amendment.id"
    )
    adjustments: Mapped[list["Adjustment"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="Adjustment.day, Adjustment.id"
    )
    papers: Mapped[list["Paper"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="Paper.id"
    )

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  SQLAlchemy reads this attribute from the class


class Party(Base):
    """One side of a contract."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))
    """甲方, 乙方, 丙方 … written ``A``, ``B``, ``C`` … in files."""
    name: Mapped[str]
    is_us: Mapped[bool]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Representatives, contacts, address for notice, e-mail, phone: keys of the contract file."""
    contract: Mapped[Contract] = relationship(back_populates="parties")


class Clause(Base):
    """A typed term of a contract; ``body`` holds its section of the contract document, as it was written."""

    __tablename__ = "clause"
    __table_args__ = (UniqueConstraint("contract_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    """Stable name within the contract, part of the key of every deadline that follows from this clause."""
    type: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    body: Mapped[dict[str, Any]]
    contract: Mapped[Contract] = relationship(back_populates="clauses")


class Fact(Base):
    """Something that happened and starts or stops clocks."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("contract_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    """Stable name within the contract; it survives a corrected date."""
    kind: Mapped[FactKind] = mapped_column(Word(FactKind))
    day: Mapped[date]
    by: Mapped[Side | None] = mapped_column(Word(Side))
    subject: Mapped[str] = mapped_column(default="")
    until: Mapped[date | None]
    """The end agreed or intended, for a renewal or a notice that ends the contract."""
    how: Mapped[str] = mapped_column(String(40), default="")
    about: Mapped[str] = mapped_column(String(80), default="")
    """Key of the earlier fact that this one concerns, such as the complaint whose answer is put off."""
    note: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    recorded_at: Mapped[datetime]
    contract: Mapped[Contract] = relationship(back_populates="facts")


class Amendment(Base):
    """A dated change of the terms. What stood before it stays readable, and governs what began before it."""

    __tablename__ = "amendment"
    __table_args__ = (UniqueConstraint("contract_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str]
    signed: Mapped[date]
    effective: Mapped[date]
    """First day on which the new terms hold."""
    paper_key: Mapped[str] = mapped_column(String(80), default="")
    """The document on file that makes the change."""
    note: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]]
    """The terms as they stood until then: the contract document without facts, completions and papers."""
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    recorded_at: Mapped[datetime]
    contract: Mapped[Contract] = relationship(back_populates="amendments")


class Adjustment(Base):
    """What was decided about a series or one occurrence of it, without a change of the contract."""

    __tablename__ = "adjustment"
    __table_args__ = (UniqueConstraint("contract_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    action: Mapped[Adjusting] = mapped_column(Word(Adjusting))
    of: Mapped[str] = mapped_column(String(200))
    """Key of the clause that is paused or ended, of the deadline that is moved."""
    day: Mapped[date]
    """First day of the pause, last day of the series, or the new day."""
    until: Mapped[date | None]
    """Last day of a pause; open while it is empty."""
    reason: Mapped[str]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    recorded_at: Mapped[datetime]
    contract: Mapped[Contract] = relationship(back_populates="adjustments")


class Paper(Base):
    """A document of a contract, by kind, with every version that was put on file."""

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("contract_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[PaperKind] = mapped_column(Word(PaperKind))
    title: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    """The day on which it came on file; what it has to be on file by is measured against it."""
    fact_key: Mapped[str] = mapped_column(String(80), default="")
    """The fact that it shows, if one."""
    note: Mapped[str] = mapped_column(default="")
    contract: Mapped[Contract] = relationship(back_populates="papers")
    versions: Mapped[list["PaperVersion"]] = relationship(
        back_populates="paper", cascade="all, delete-orphan", order_by="PaperVersion.number"
    )


class PaperVersion(Base):
    """One file of a document, stored once under its content hash; an older version stays what it was."""

    __tablename__ = "paper_version"
    __table_args__ = (UniqueConstraint("paper_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
    paper: Mapped[Paper] = relationship(back_populates="versions")
    added_by: Mapped[Person | None] = relationship()


class Grant(Base):
    """Leave for one named person to see a contract that is not open to the organisation."""

    __tablename__ = "contract_grant"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    told: Mapped[bool] = mapped_column(default=False)
    """Whether the person gets the reminders of this contract as well."""
    contract: Mapped[Contract] = relationship(back_populates="grants")
    person: Mapped[Person] = relationship()
