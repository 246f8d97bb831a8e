"""The tables of the door: who came."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from storage.schema import Id, events, members, metadata

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("event_id", ForeignKey(events.c.id), nullable=False),
    Column("member_id", ForeignKey(members.c.id), index=True),
    Column("name", Text, nullable=False),  # of somebody whose account nobody knows
    Column("guests", Integer, CheckConstraint("guests >= 0", name="guests"), nullable=False),
    # A tick's number stands on old buttons and must never become somebody else's.
    sqlite_autoincrement=True,
)
_known = arrivals.c.member_id.is_not(None)
_unknown = arrivals.c.member_id.is_(None)
Index(
    "ix_arrivals_member",
    arrivals.c.event_id,
    arrivals.c.member_id,
    unique=True,
    sqlite_where=_known,
    postgresql_where=_known,
)
Index(
    "ix_arrivals_name",
    arrivals.c.event_id,
    arrivals.c.name,
    unique=True,
    sqlite_where=_unknown,
    postgresql_where=_unknown,
)
