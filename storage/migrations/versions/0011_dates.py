"""Polls about dates, of which a ballot can also say “if need be” or “no”, and polls that wait for their time."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("choices", sa.Column("starts", sa.DateTime(timezone=True)))
    op.add_column("choices", sa.Column("timed", sa.Boolean))
    op.add_column("ballots", sa.Column("voice", sa.String(20), nullable=False, server_default=sa.text("'yes'")))
    op.add_column("polls", sa.Column("opens", sa.DateTime(timezone=True)))
    op.create_index("ix_polls_state_opens", "polls", ["state", "opens"])
    op.create_index("ix_polls_event_id", "polls", ["event_id"])
