"""Memos of organisers, and their snoozes."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)


def upgrade() -> None:
    op.create_table(
        "memos",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("setter_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("account_id", NUMBER, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("audience", WORD, nullable=False),
        sa.Column("platform", sa.Text),
        sa.Column("place_key", sa.Text),
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id")),
        sa.Column("digest", sa.Boolean, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("start", sa.Date),
        sa.Column("due", MOMENT),
        sa.Column("last", MOMENT),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_memos_setter_id", "memos", ["setter_id"])
    op.create_index("ix_memos_event_id", "memos", ["event_id"])
    op.create_index("ix_memos_state_due", "memos", ["state", "due"])
    op.create_table(
        "snoozes",
        sa.Column("memo_id", NUMBER, sa.ForeignKey("memos.id"), primary_key=True, autoincrement=False),
        sa.Column("ring", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("receiver", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("rang_at", MOMENT),
        sqlite_with_rowid=False,
    )
    silent = sa.text("rang_at IS NULL")
    op.create_index("ix_snoozes_due", "snoozes", ["due"], sqlite_where=silent, postgresql_where=silent)
