"""The tables of rounds and breakouts: what was written in which column, who supports it, and who was with whom."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, false

from bot.domain.breakouts import BreakoutState, Who
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
    Column("wrote", Boolean, nullable=False, server_default=false()),  # the very same, in words of their own
    Index(None, "member_id"),
)

breakouts = Table(
    "breakouts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("event_id", ForeignKey(events.c.id), nullable=False, index=True),
    Column("who", word(Who), nullable=False),
    Column("size", Integer, nullable=False),
    Column("questions", Text, nullable=False),  # one a line
    Column("starter_id", ForeignKey(members.c.id), nullable=False),
    Column("state", word(BreakoutState), nullable=False),
    Column("mix", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

breakout_people = Table(
    "breakout_people",
    metadata,
    Column("breakout_id", ForeignKey(breakouts.c.id), primary_key=True, autoincrement=False),
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False),
    Column("position", Integer),  # of their group, from 0; nothing for whoever is in none yet
    Index(None, "member_id"),
)
