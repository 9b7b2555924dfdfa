"""Who is told of what and how: ladders, wishes, answers"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns are added in place: rebuilding a table, as SQLite otherwise would, deletes what points at it."""
    _people()
    _contracts()
    _letters()


def _people() -> None:
    for name in ("manager_id", "delegate_id"):
        _refer("person", name, "person")
    for name in ("away_from", "away_until"):
        op.add_column("person", sa.Column(name, sa.Date(), nullable=True))
    for name in ("quiet_from", "quiet_until"):
        op.add_column("person", sa.Column(name, sa.Time(), nullable=True))
    _given("person", "working_days_only", sa.Boolean(), sa.false())
    op.add_column("person", sa.Column("calendar", sa.String(32), nullable=True))
    _given("person", "muted", sa.JSON(), "[]")
    op.add_column("person", sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
    _given("person", "bounce", sa.Text(), "")
    _given("organisation", "ladders", sa.JSON(), "{}")


def _contracts() -> None:
    _given("contract", "ladders", sa.JSON(), "{}")
    _given("contract_grant", "told", sa.Boolean(), sa.false())
    for name in ("ladder", "own_ladder"):
        _given("deadline", name, sa.String(100), "")
    op.add_column("deadline", sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True))
    _refer("deadline", "acknowledged_by_id", "person")


def _letters() -> None:
    op.create_index(op.f("ix_letter_message_id"), "letter", ["message_id"])
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_revision", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_answer_deadline_id_deadline"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_answer_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("deadline_id", "person_id", name=op.f("uq_answer_deadline_id_person_id")),
    )
    op.create_index(op.f("ix_answer_deadline_id"), "answer", ["deadline_id"])
    op.create_index(op.f("ix_answer_person_id"), "answer", ["person_id"])


def _given(table: str, name: str, kind: Any, default: Any) -> None:
    """A column that every row has, with what stands in the rows that are there."""
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))


def _refer(table: str, name: str, other: str) -> None:
    """A column that points at another table; Alembic's own way forgets what happens on deletion."""
    points = f"CONSTRAINT fk_{table}_{name}_{other} REFERENCES {other} (id) ON DELETE SET NULL"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER {points}")
