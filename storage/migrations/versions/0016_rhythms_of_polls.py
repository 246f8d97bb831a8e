"""Polls that are asked again by a rhythm."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("polls", sa.Column("rule", sa.Text))
    op.add_column("polls", sa.Column("zone", sa.Text))
    op.add_column("polls", sa.Column("since", sa.Date))
