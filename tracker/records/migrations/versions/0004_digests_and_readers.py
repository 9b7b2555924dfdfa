"""Reminders that come together in one letter"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns are added in place: rebuilding a table, as SQLite otherwise would, deletes what points at it."""
    op.add_column("person", sa.Column("digest", sa.String(40), nullable=False, server_default="never"))
    op.add_column("person", sa.Column("calendar_files", sa.Boolean(), nullable=False, server_default=sa.true()))
    points = "CONSTRAINT fk_letter_digest_id_letter REFERENCES letter (id) ON DELETE SET NULL"
    op.execute(f"ALTER TABLE letter ADD COLUMN digest_id INTEGER {points}")
    op.create_index(op.f("ix_letter_digest_id"), "letter", ["digest_id"])
    op.create_index(op.f("ix_completion_reviewed_at"), "completion", ["reviewed_at"])
