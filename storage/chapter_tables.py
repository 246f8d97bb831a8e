"""The tables of chapters' people: who plans for one chapter."""

from sqlalchemy import Column, ForeignKey, Table

from storage.schema import chapters, members, metadata

chapter_organisers = Table(
    "chapter_organisers",
    metadata,
    Column("chapter_id", ForeignKey(chapters.c.id), primary_key=True, autoincrement=False),
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False, index=True),
)
