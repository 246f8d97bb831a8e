"""Whoever suggested a prompt is named as they are called now, if at all: their name stands nowhere beside it."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.drop_column("postings", "credit")
