"""Chapters that are made and changed in chat, and their members."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("founded", "origin"):
        op.add_column("chapters", sa.Column(name, sa.Text))
        op.create_index(f"ix_chapters_{name}", "chapters", [name], unique=True)
    # Until now, chapters came from the configuration alone.
    op.execute("UPDATE chapters SET founded = name")
    op.add_column("homes", sa.Column("chosen", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "chapter_members",
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), primary_key=True, autoincrement=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("gone", sa.Boolean, nullable=False),
    )
    op.create_index("ix_chapter_members_member_id", "chapter_members", ["member_id"])
    # Whoever has answered one of a chapter's events is a member of it.
    op.execute(
        "INSERT INTO chapter_members (chapter_id, member_id, gone) "
        "SELECT DISTINCT events.chapter_id, rsvps.member_id, FALSE "
        "FROM rsvps JOIN events ON events.id = rsvps.event_id"
    )
