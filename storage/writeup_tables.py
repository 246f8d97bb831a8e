"""The table of write-ups."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text

from bot.domain.writeups import WriteupState
from storage.schema import Id, Utc, chapters, events, members, metadata, word

writeups = Table(
    "writeups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("event_id", ForeignKey(events.c.id), nullable=False, unique=True),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("title", Text, nullable=False),
    Column("writer_id", ForeignKey(members.c.id), nullable=False),
    Column("state", word(WriteupState), nullable=False),
    Column("opening", Text, nullable=False),
    Column("closing", Text, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("published", Utc),
    # A write-up's number stands on old buttons and must never become another one's.
    sqlite_autoincrement=True,
)
