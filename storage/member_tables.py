"""The tables of links and of manners: who belongs together, and how they wish to be told things."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text

from storage.schema import Id, Utc, accounts, events, members, metadata

links = Table(
    "links",
    metadata,
    Column("account_id", ForeignKey(accounts.c.id), primary_key=True, autoincrement=False),
    Column("member_id", ForeignKey(members.c.id), nullable=False),  # the one that it was before
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("account_id", ForeignKey(accounts.c.id), primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("expires", Utc, nullable=False),
    Column("entered_id", ForeignKey(accounts.c.id)),
)

link_misses = Table(
    "link_misses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "account_id", "at"),
)

manners = Table(
    "manners",
    metadata,
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False),
    Column("account_id", ForeignKey(accounts.c.id)),  # none for the one with which they answered
    Column("leads", JSON(none_as_null=True)),  # none for those of the chapter
)

# Places in order of arrival are never given out twice, though whoever had them is on the list no more.
vacated = Table(
    "vacated",
    metadata,
    Column("event_id", ForeignKey(events.c.id), primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
)
