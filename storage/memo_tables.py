"""The tables of memos: what organisers want to be said at a time, and what was put off."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text

from bot.domain.memos import Audience, MemoState
from storage.schema import Id, Utc, accounts, chapters, events, members, metadata, word

memos = Table(
    "memos",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("setter_id", ForeignKey(members.c.id), nullable=False, index=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False),
    Column("text", Text, nullable=False),
    Column("audience", word(Audience), nullable=False),
    Column("platform", Text),  # of the channel, where it is for one
    Column("place_key", Text),
    Column("event_id", ForeignKey(events.c.id), index=True),
    Column("digest", Boolean, nullable=False),
    Column("rule", Text, nullable=False),  # the rhythm's, empty without one
    Column("zone", Text, nullable=False),
    Column("start", Date),
    Column("due", Utc),
    Column("last", Utc),
    Column("rung", Integer, nullable=False),
    Column("state", word(MemoState), nullable=False),
    Column("trouble", Text, nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    Index(None, "state", "due"),
    # A memo's number stands on old buttons and must never become another one's.
    sqlite_autoincrement=True,
)

snoozes = Table(
    "snoozes",
    metadata,
    Column("memo_id", ForeignKey(memos.c.id), primary_key=True, autoincrement=False),
    Column("ring", Integer, primary_key=True, autoincrement=False),
    Column("receiver", Id, primary_key=True, autoincrement=False),  # an account, or 0 for the channels
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("due", Utc, nullable=False),
    Column("rang_at", Utc),
    sqlite_with_rowid=False,
)
_silent = snoozes.c.rang_at.is_(None)
Index("ix_snoozes_due", snoozes.c.due, sqlite_where=_silent, postgresql_where=_silent)
