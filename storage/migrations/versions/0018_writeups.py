"""Write-ups of events."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)


def upgrade() -> None:
    op.create_table(
        "writeups",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id"), nullable=False, unique=True),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("writer_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("opening", sa.Text, nullable=False),
        sa.Column("closing", sa.Text, nullable=False),
        sa.Column("left_out", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("published", MOMENT),
        sqlite_autoincrement=True,
    )
