"""The tables of prompts: decks, prompts, postings and stances."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from bot.domain.prompts import Priority, PromptState
from bot.domain.stances import Asking, Stance
from storage.schema import Id, Utc, chapters, events, members, metadata, word

decks = Table(
    "decks",
    metadata,
    Column("chapter_id", ForeignKey(chapters.c.id), primary_key=True, autoincrement=False),
    Column("cycle", Integer, CheckConstraint("cycle > 0", name="cycle"), nullable=False),
    Column("rule", Text, nullable=False),  # the rhythm's, empty without one
    Column("start", Date),
    Column("zone", Text, nullable=False, server_default=text("''")),
    Column("due", Utc, index=True),
    Column("avoids_events", Boolean, nullable=False),
    Column("renews", Boolean, nullable=False),
    Column("cap", Integer, CheckConstraint("cap > 0", name="cap"), nullable=False),
    Column("keeper_id", ForeignKey(members.c.id)),
    Column("warned", Boolean, nullable=False),
    Column("dryings", Integer, nullable=False),
    Column("later", Integer, nullable=False),
)

prompts = Table(
    "prompts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", word(PromptState), nullable=False),
    Column("priority", word(Priority), nullable=False),
    Column("tags", JSON, nullable=False),
    Column("stance", Boolean, nullable=False),
    Column("suggester_id", ForeignKey(members.c.id)),
    Column("credited", Boolean, nullable=False),
    Column("decider_id", ForeignKey(members.c.id)),
    Column("place", Integer, nullable=False),
    Column("cycle", Integer, nullable=False),
    Column("asked", Utc),
    Column("origin", Text, nullable=False, unique=True),
    Index(None, "chapter_id", "state"),
    # A prompt's number stands on old buttons and must never become another one's.
    sqlite_autoincrement=True,
)

postings = Table(
    "postings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("prompt_id", ForeignKey(prompts.c.id), nullable=False),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("text", Text, nullable=False),  # as it was when it was posted
    Column("posted", Utc, nullable=False),
    Column("stance", Boolean, nullable=False),
    Column("asking", word(Asking), nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("event_id", ForeignKey(events.c.id), index=True),
    Column("asker_id", ForeignKey(members.c.id)),
    Column("turns", Utc),
    Column("origin", Text, nullable=False, unique=True),
    Index(None, "chapter_id", "posted"),
    sqlite_autoincrement=True,
)
_open = postings.c.turns.is_not(None)
Index("ix_postings_turns", postings.c.turns, sqlite_where=_open, postgresql_where=_open)

stances = Table(
    "stances",
    metadata,
    Column("posting_id", ForeignKey(postings.c.id), primary_key=True, autoincrement=False),
    Column("asking", word(Asking), primary_key=True),
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False),
    Column("stance", word(Stance), nullable=False),
    sqlite_with_rowid=False,
)
