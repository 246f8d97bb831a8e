"""Polls: questions, choices and ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("platform", sa.Text),
        sa.Column("place_key", sa.Text),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("anonymity", WORD, nullable=False),
        sa.Column("showing", WORD, nullable=False),
        sa.Column("voters", WORD, nullable=False),
        sa.Column("additions", WORD, nullable=False),
        sa.Column("most", sa.Integer, sa.CheckConstraint("most > 0", name="most")),
        sa.Column("room", sa.Integer, sa.CheckConstraint("room > 0", name="room")),
        sa.Column("quorum", sa.Integer, sa.CheckConstraint("quorum > 0", name="quorum")),
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id")),
        sa.Column("state", WORD, nullable=False),
        sa.Column("asker_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("closes", MOMENT),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("edits", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_polls_state_closes", "polls", ["state", "closes"])
    op.create_table(
        "choices",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("poll_id", NUMBER, sa.ForeignKey("polls.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.UniqueConstraint("poll_id", "position"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ballots",
        sa.Column("poll_id", NUMBER, sa.ForeignKey("polls.id"), primary_key=True, autoincrement=False),
        sa.Column("voter", sa.Text, primary_key=True),
        sa.Column("choice_id", NUMBER, sa.ForeignKey("choices.id"), primary_key=True, autoincrement=False),
        sa.Column("sole", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    sole = sa.text("sole")
    op.create_index(
        "ix_ballots_sole", "ballots", ["poll_id", "voter"], unique=True, sqlite_where=sole, postgresql_where=sole
    )
    op.create_index("ix_ballots_choice_id", "ballots", ["choice_id"])
    op.create_table(
        "free_asking",
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), primary_key=True, autoincrement=False),
    )
