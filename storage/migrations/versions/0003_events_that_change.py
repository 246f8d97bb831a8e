"""Events that change: what is still open, their versions, and what they said before."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _an_open_date()
    op.add_column("events", sa.Column("timed", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("events", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.add_column("events", sa.Column("settled", sa.Integer, nullable=False, server_default="1"))
    op.add_column("rsvps", sa.Column("seen", sa.Integer, nullable=False, server_default="1"))
    op.create_table(
        "editions",
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id"), primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("starts", MOMENT),
        sa.Column("timed", sa.Boolean, nullable=False),
        sa.Column("venue", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("seats", sa.Integer),
    )


def _an_open_date() -> None:
    """Let an event be without a date. SQLite cannot; it would write the table anew, to which others refer."""
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("events", "starts", nullable=True)
        return
    op.drop_index("ix_events_state_starts", "events")
    op.add_column("events", sa.Column("begins", MOMENT))
    op.execute("UPDATE events SET begins = starts")
    op.drop_column("events", "starts")
    op.execute("ALTER TABLE events RENAME COLUMN begins TO starts")
    op.create_index("ix_events_state_starts", "events", ["state", "starts"])
