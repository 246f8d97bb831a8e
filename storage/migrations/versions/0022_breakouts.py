"""Breakouts: who was split into which groups."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)


def upgrade() -> None:
    op.create_table(
        "breakouts",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("who", WORD, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("questions", sa.Text, nullable=False),
        sa.Column("starter_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("mix", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_breakouts_event_id", "breakouts", ["event_id"])
    op.create_table(
        "breakout_people",
        sa.Column("breakout_id", NUMBER, sa.ForeignKey("breakouts.id"), primary_key=True, autoincrement=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer),
    )
    op.create_index("ix_breakout_people_member_id", "breakout_people", ["member_id"])
