"""The tables of chapters' people: who plans for one, and who is a member of one."""

from sqlalchemy import Boolean, Column, ForeignKey, Table

from storage.schema import chapters, members, metadata

chapter_organisers = Table(
    "chapter_organisers",
    metadata,
    Column("chapter_id", ForeignKey(chapters.c.id), primary_key=True, autoincrement=False),
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False, index=True),
)

chapter_members = Table(
    "chapter_members",
    metadata,
    Column("chapter_id", ForeignKey(chapters.c.id), primary_key=True, autoincrement=False),
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False, index=True),
    Column("gone", Boolean, nullable=False),  # left on purpose: to say that one can't make it does not undo that
)
