"""Prompts: decks, prompts, postings and stances."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)


def upgrade() -> None:
    op.create_table(
        "decks",
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), primary_key=True, autoincrement=False),
        sa.Column("cycle", sa.Integer, sa.CheckConstraint("cycle > 0", name="cycle"), nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("start", sa.Date),
        sa.Column("due", MOMENT),
        sa.Column("avoids_events", sa.Boolean, nullable=False),
        sa.Column("renews", sa.Boolean, nullable=False),
        sa.Column("cap", sa.Integer, sa.CheckConstraint("cap > 0", name="cap"), nullable=False),
        sa.Column("keeper_id", NUMBER, sa.ForeignKey("members.id")),
        sa.Column("warned", sa.Boolean, nullable=False),
        sa.Column("dryings", sa.Integer, nullable=False),
        sa.Column("later", sa.Integer, nullable=False),
    )
    op.create_index("ix_decks_due", "decks", ["due"])
    op.create_table(
        "prompts",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("priority", WORD, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("stance", sa.Boolean, nullable=False),
        sa.Column("suggester_id", NUMBER, sa.ForeignKey("members.id")),
        sa.Column("credited", sa.Boolean, nullable=False),
        sa.Column("decider_id", NUMBER, sa.ForeignKey("members.id")),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("cycle", sa.Integer, nullable=False),
        sa.Column("asked", MOMENT),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_prompts_chapter_id_state", "prompts", ["chapter_id", "state"])
    op.create_table(
        "postings",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("prompt_id", NUMBER, sa.ForeignKey("prompts.id"), nullable=False),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("posted", MOMENT, nullable=False),
        sa.Column("stance", sa.Boolean, nullable=False),
        sa.Column("asking", WORD, nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
        sa.Column("credit", sa.Text, nullable=False),
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id")),
        sa.Column("asker_id", NUMBER, sa.ForeignKey("members.id")),
        sa.Column("turns", MOMENT),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_postings_event_id", "postings", ["event_id"])
    op.create_index("ix_postings_chapter_id_posted", "postings", ["chapter_id", "posted"])
    turns = sa.text("turns IS NOT NULL")
    op.create_index("ix_postings_turns", "postings", ["turns"], sqlite_where=turns, postgresql_where=turns)
    op.create_table(
        "stances",
        sa.Column("posting_id", NUMBER, sa.ForeignKey("postings.id"), primary_key=True, autoincrement=False),
        sa.Column("asking", WORD, primary_key=True),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("stance", WORD, nullable=False),
        sqlite_with_rowid=False,
    )
