"""Polls that are asked while an event goes on count into its write-up."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    # Alembic adds no key to a table of SQLite without writing all of it anew; both databases take it with the column.
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE polls ADD COLUMN during_id {number} REFERENCES events (id)")
    op.add_column("polls", sa.Column("apart", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_polls_during_id", "polls", ["during_id"])
