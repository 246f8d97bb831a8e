"""Linked accounts, and how members wish to be told things."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _one(table: str) -> sa.Column[int]:
    return sa.Column(f"{table}_id", NUMBER, sa.ForeignKey(f"{table}s.id"), primary_key=True, autoincrement=False)


def upgrade() -> None:
    op.create_table(
        "links",
        _one("account"),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
    )
    op.create_table(
        "link_codes",
        _one("account"),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("entered_id", NUMBER, sa.ForeignKey("accounts.id")),
    )
    op.create_table(
        "link_misses",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("account_id", NUMBER, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_link_misses_account_id_at", "link_misses", ["account_id", "at"])
    op.create_table(
        "manners",
        _one("member"),
        sa.Column("account_id", NUMBER, sa.ForeignKey("accounts.id")),
        sa.Column("leads", sa.JSON),
    )
    op.create_table("vacated", _one("event"), sa.Column("place", sa.Integer, nullable=False))
