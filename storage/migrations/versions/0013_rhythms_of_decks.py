"""Decks remember by which clock their rhythm goes."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("decks", sa.Column("zone", sa.Text, nullable=False, server_default=sa.text("''")))
