"""The tables of what was learnt: takeaways, who supports them, and what can be found again."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from bot.domain.memories import MemoryKind
from bot.domain.takeaways import Credit, TakeawayState
from storage.prompt_tables import postings
from storage.schema import Id, Utc, chapters, events, members, metadata, word

takeaways = Table(
    "takeaways",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("event_id", ForeignKey(events.c.id), index=True),
    Column("posting_id", ForeignKey(postings.c.id), index=True),
    Column("text", Text, nullable=False),
    Column("author_id", ForeignKey(members.c.id), nullable=False, index=True),
    Column("credit", word(Credit), nullable=False),
    Column("keeper_id", ForeignKey(members.c.id), nullable=False),
    Column("state", word(TakeawayState), nullable=False),
    Column("at", Utc, nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    # A takeaway's number stands on old buttons and must never become another one's.
    sqlite_autoincrement=True,
)

supports = Table(
    "supports",
    metadata,
    Column("takeaway_id", ForeignKey(takeaways.c.id), primary_key=True, autoincrement=False),
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False),
    Index(None, "member_id"),
)

# Their words stand once more in `memory_words`, which each database searches in its own way: see storage.memories.
memories = Table(
    "memories",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", word(MemoryKind), nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("platform", Text),  # where alone it may be found, unless that is everywhere
    Column("place_key", Text),
    UniqueConstraint("kind", "subject"),
    sqlite_autoincrement=True,
)
