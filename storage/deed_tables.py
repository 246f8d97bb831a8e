"""The table of the audit trail, which is only ever added to.

Triggers, made by a migration, refuse to change or remove a row, but for the members' numbers, which follow when two
accounts become one member. A migration that makes this table anew must make them anew as well.
"""

from sqlalchemy import JSON, Column, ForeignKey, Index, Table, Text

from storage.schema import Id, Utc, chapters, members, metadata

deeds = Table(
    "deeds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("member_id", ForeignKey(members.c.id), nullable=False, index=True),
    Column("platform", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Id),
    Column("title", Text, nullable=False),
    Column("chapter_id", ForeignKey(chapters.c.id), index=True),
    Column("whom_id", ForeignKey(members.c.id), index=True),
    Column("differences", JSON, nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    Index(None, "kind", "subject"),
    sqlite_autoincrement=True,
)
