"""Amendments, adjustments, documents by kind, and who answers for an obligation"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _new_tables()
    _new_columns()


def _new_tables() -> None:
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("of", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_adjustment_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_adjustment_recorded_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sa.UniqueConstraint("contract_id", "key", name=op.f("uq_adjustment_contract_id_key")),
    )
    op.create_index(op.f("ix_adjustment_contract_id"), "adjustment", ["contract_id"], unique=False)
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("signed", sa.Date(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("paper_key", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_amendment_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_amendment_recorded_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("contract_id", "key", name=op.f("uq_amendment_contract_id_key")),
    )
    op.create_index(op.f("ix_amendment_contract_id"), "amendment", ["contract_id"], unique=False)
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fact_key", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_paper_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("contract_id", "key", name=op.f("uq_paper_contract_id_key")),
    )
    op.create_index(op.f("ix_paper_contract_id"), "paper", ["contract_id"], unique=False)
    op.create_table(
        "paper_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_paper_version_added_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_paper_version_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_version")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_paper_version_paper_id_number")),
    )
    op.create_index(op.f("ix_paper_version_paper_id"), "paper_version", ["paper_id"], unique=False)
    op.create_index(op.f("ix_paper_version_sha256"), "paper_version", ["sha256"], unique=False)


def _new_columns() -> None:
    """Columns are added in place: rebuilding a table, as SQLite otherwise would, deletes what points at it."""
    _refer("contract", "parent_id", "contract")
    _add("contract", sa.Column("money", sa.JSON(), nullable=False, server_default="{}"))
    _add("fact", _text("about", sa.String(80)))
    for name in ("grace_until", "moved_from", "disputed_on", "waived_on"):
        _add("deadline", sa.Column(name, sa.Date(), nullable=True))
    _add("deadline", _text("subject"))
    _add("deadline", _text("reason"))
    _add("deadline", _text("paper_kind", sa.String(40)))
    _add("deadline", sa.Column("priority", sa.String(40), nullable=False, server_default="normal"))
    _add("deadline", sa.Column("proof", sa.String(40), nullable=False, server_default="optional"))
    for name in ("owner_id", "backup_id", "reviewer_id"):
        _refer("deadline", name, "person")
    _add("completion", sa.Column("review", sa.String(40), nullable=True))
    _refer("completion", "reviewed_by_id", "person", indexed=False)
    _add("completion", sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
    _add("completion", _text("review_note"))


def _text(name: str, kind: sa.types.TypeEngine[str] | None = None) -> sa.Column[str]:
    return sa.Column(name, kind or sa.Text(), nullable=False, server_default="")


def _add(table: str, column: sa.Column[Any]) -> None:
    op.add_column(table, column)


def _refer(table: str, name: str, other: str, *, indexed: bool = True) -> None:
    """A column that points at another table; Alembic's own way forgets what happens on deletion."""
    points = f"CONSTRAINT fk_{table}_{name}_{other} REFERENCES {other} (id) ON DELETE SET NULL"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER {points}")
    if indexed:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
