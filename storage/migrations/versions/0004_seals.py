"""Polls remember with which key their ballots are sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("polls", sa.Column("seal", sa.Text))
