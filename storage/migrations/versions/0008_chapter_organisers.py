"""Organisers of one chapter."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "chapter_organisers",
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), primary_key=True, autoincrement=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
    )
    op.create_index("ix_chapter_organisers_member_id", "chapter_organisers", ["member_id"])
