"""The schema: every table, with what the database itself guards, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.types import TypeDecorator

from bot.domain.events import EventState
from bot.domain.reminders import ReminderKind
from bot.domain.rsvps import Answer
from bot.errands import Ending


class Utc(TypeDecorator[datetime]):
    """A moment. It goes in aware, in any zone, and comes out aware, in UTC; later moments sort later."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} names no moment: it has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        # SQLite keeps no zone: what stands there is UTC, because only UTC goes in.
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Way(StrEnum):
    """Which way an errand goes."""

    CARD = "card"
    THREAD = "thread"
    DIRECT = "direct"


def word(words: type[StrEnum]) -> Enum:
    """One of a few words, kept as it is said. No CHECK: a word more is no reason to rebuild a table."""
    return Enum(words, values_callable=lambda every: [word.value for word in every], native_enum=False, length=20)


# SQLite counts rows only by a column that it calls INTEGER, which holds 64 bits there.
Id = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

members = Table(
    "members",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),  # as they were called when we met them
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", ForeignKey(members.c.id), nullable=False, index=True),
    Column("platform", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("direct", Boolean, nullable=False),
    UniqueConstraint("platform", "key"),
)

organisers = Table(
    "organisers",
    metadata,
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False),
)

chapters = Table(
    "chapters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("zone", Text, nullable=False),
    Column("leads", JSON, nullable=False),
    Column("founded", Text),  # under what name the configuration founds it
    Column("origin", Text),  # the call that made it, where it was made in chat
    Index(None, "founded", unique=True),
    Index(None, "origin", unique=True),
)

homes = Table(
    "homes",
    metadata,
    Column("chapter_id", ForeignKey(chapters.c.id), primary_key=True, autoincrement=False),
    Column("platform", Text, primary_key=True),
    Column("place_key", Text, nullable=False),  # empty where chat has said that there is none
    Column("name", Text, nullable=False),
    Column("chosen", Boolean, nullable=False, server_default=false()),
)

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("title", Text, nullable=False),
    Column("starts", Utc),
    Column("venue", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("seats", Integer, CheckConstraint("seats > 0", name="seats")),
    Column("state", word(EventState), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("planner_id", ForeignKey(members.c.id), nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    Column("timed", Boolean, nullable=False, server_default=true()),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("settled", Integer, nullable=False, server_default="1"),
    Column("finish", Utc),
    Column("closes", Utc),
    Column("question", Text, nullable=False, server_default=text("''")),
    Column("guests", Integer, nullable=False, server_default="0"),
    Column("offered", Integer, nullable=False, server_default="3"),
    Index(None, "state", "starts"),
)

editions = Table(
    "editions",
    metadata,
    Column("event_id", ForeignKey(events.c.id), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("starts", Utc),
    Column("timed", Boolean, nullable=False),
    Column("venue", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("seats", Integer),
    Column("finish", Utc),
    Column("closes", Utc),
    Column("question", Text, nullable=False, server_default=text("''")),
    Column("guests", Integer, nullable=False, server_default="0"),
    Column("offered", Integer, nullable=False, server_default="3"),
)

rsvps = Table(
    "rsvps",
    metadata,
    Column("event_id", ForeignKey(events.c.id), primary_key=True, autoincrement=False),
    Column("member_id", ForeignKey(members.c.id), primary_key=True, autoincrement=False),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False),
    Column("answer", word(Answer), nullable=False),
    Column("arrived", Integer, CheckConstraint("arrived > 0", name="arrived"), nullable=False),
    Column("seen", Integer, nullable=False, server_default="1"),
    Column("guests", Integer, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=text("''")),
    # Until when a seat is held, in seconds since 1970: crowds are written as JSON, which has no moments.
    Column("held", BigInteger),
    # Two people in one place of the line would be a lost answer: better none at all.
    UniqueConstraint("event_id", "arrived"),
    Index(None, "event_id", "answer", "arrived"),
    # The rows lie in the order of the key, which is how a crowd's answers are looked up.
    sqlite_with_rowid=False,
)

_offered = rsvps.c.held.is_not(None)
Index("ix_rsvps_held", rsvps.c.held, sqlite_where=_offered, postgresql_where=_offered)

reminders = Table(
    "reminders",
    metadata,
    Column("event_id", ForeignKey(events.c.id), primary_key=True, autoincrement=False),
    Column("kind", word(ReminderKind), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("lead", Text, primary_key=True),
    Column("due", Utc, nullable=False),
    Column("rang_at", Utc),
)
_silent = reminders.c.rang_at.is_(None)
Index("ix_reminders_due", reminders.c.due, sqlite_where=_silent, postgresql_where=_silent)

errands = Table(
    "errands",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", word(Way), nullable=False),
    Column("drawing", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("place_key", Text),  # of the card, whether it is posted, replied to or fallen back on
    Column("card_drawing", Text),  # of that card
    Column("person_key", Text),  # whom to tell directly
    Column("destination", Text, nullable=False),  # what is sent there goes one by one
    Column("wanted", Integer, nullable=False),  # how often a card was asked for
    Column("tries", Integer, nullable=False),  # how many attempts have failed
    Column("due", Utc),  # when to try next; nothing when all is done
    Column("held_until", Utc),  # the end of the lease of whoever is at it
    Column("attempted_at", Utc),  # when the first attempt began of which nobody knows how it ended
    Column("people", Text, nullable=False, server_default=text("''")),  # whom it is for, where that was settled
    Column("subject", Text, nullable=False, server_default=text("''"), index=True),  # what it is about
    Column("ending", word(Ending)),  # how the last attempt ended
    Column("ended_at", Utc),
    Column("detail", Text, nullable=False, server_default=text("''")),
)
_undone = errands.c.due.is_not(None)
_held = errands.c.held_until.is_not(None)
Index("ix_errands_due", errands.c.platform, errands.c.due, sqlite_where=_undone, postgresql_where=_undone)
Index(
    "ix_errands_destination",
    *(errands.c.platform, errands.c.destination, errands.c.due),
    sqlite_where=_undone,
    postgresql_where=_undone,
)
Index("ix_errands_held", errands.c.platform, errands.c.held_until, sqlite_where=_held, postgresql_where=_held)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("errand", Text, nullable=False),
    Column("drawing", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("at", Utc, nullable=False, index=True),
    Column("ending", word(Ending), nullable=False),
    Column("detail", Text, nullable=False),
)

announcements = Table(
    "announcements",
    metadata,
    Column("drawing", Text, primary_key=True),
    Column("platform", Text, primary_key=True),
    Column("place_key", Text, primary_key=True),
    Column("ref", Text, nullable=False),
)

kept_forms = Table(
    "kept_forms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("person_key", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("given", JSON, nullable=False),
    Column("errors", JSON, nullable=False),
    Column("kept_at", Utc, nullable=False, index=True),
    Index(None, "platform", "person_key"),
    # A dropped form's number stands on old buttons and must never become somebody else's.
    sqlite_autoincrement=True,
)
