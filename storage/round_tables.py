"""The tables of rounds: what was asked for in columns, what was written, and who supports it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from bot.domain.rounds import RoundState
from bot.domain.takeaways import Credit
from storage.schema import Id, Utc, chapters, events, members, metadata, word

rounds = Table(
    "rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("event_id", ForeignKey(events.c.id), index=True),
    Column("title", Text, nullable=False),
    Column("columns", Text, nullable=False),  # their names, one a line
    Column("starter_id", ForeignKey(members.c.id), nullable=False),
    Column("state", word(RoundState), nullable=False),
    Column("at", Utc, nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    # A round's number stands on old buttons and must never become another one's.
    sqlite_autoincrement=True,
)

entries = Table(
    "entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", ForeignKey(rounds.c.id), nullable=False, index=True),
    Column("position", Integer, nullable=False),  # of its column, from 0
    Column("text", Text, nullable=False),
    Column("author_id", ForeignKey(members.c.id), nullable=False, index=True),
    Column("credit", word(Credit), nullable=False),
    Column("at", Utc, nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

entry_supports = Table(
    "entry_supports",
    metadata,
    Column("entry_id", ForeignKey(entries.c.id), primary_key=True, autoincrement=False),
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False),
    Index(None, "member_id"),
)
