"""Rounds: what is collected in columns, and who supports it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id")),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("columns", sa.Text, nullable=False),
        sa.Column("starter_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rounds_event_id", "rounds", ["event_id"])
    op.create_table(
        "entries",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("round_id", NUMBER, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("credit", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    for column in ("round_id", "author_id"):
        op.create_index(f"ix_entries_{column}", "entries", [column])
    op.create_table(
        "entry_supports",
        sa.Column("entry_id", NUMBER, sa.ForeignKey("entries.id"), primary_key=True, autoincrement=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
    )
    op.create_index("ix_entry_supports_member_id", "entry_supports", ["member_id"])
