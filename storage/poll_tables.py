"""The tables of polls: questions, choices and ballots."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.domain.ballots import Voice
from bot.domain.polls import Additions, Anonymity, ChoiceState, PollKind, PollState, Showing, Voters
from storage.schema import Id, Utc, chapters, events, members, metadata, word

polls = Table(
    "polls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chapter_id", ForeignKey(chapters.c.id), nullable=False),
    Column("platform", Text),  # where it was asked, unless that was no channel
    Column("place_key", Text),
    Column("question", Text, nullable=False),
    Column("kind", word(PollKind), nullable=False),
    Column("anonymity", word(Anonymity), nullable=False),
    Column("showing", word(Showing), nullable=False),
    Column("voters", word(Voters), nullable=False),
    Column("additions", word(Additions), nullable=False),
    Column("most", Integer, CheckConstraint("most > 0", name="most")),
    Column("room", Integer, CheckConstraint("room > 0", name="room")),
    Column("quorum", Integer, CheckConstraint("quorum > 0", name="quorum")),
    Column("event_id", ForeignKey(events.c.id)),
    Column("state", word(PollState), nullable=False),
    Column("asker_id", ForeignKey(members.c.id), nullable=False),
    Column("closes", Utc),
    Column("opens", Utc),  # when it is to be posted, as long as it is not
    Column("revision", Integer, nullable=False),
    Column("edits", Text, nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    Column("seal", Text),  # which key its ballots are sealed with, in a secret poll
    Column("rule", Text),  # of the rhythm by which the same is asked again, with its zone and its first day
    Column("zone", Text),
    Column("since", Date),
    Column("during_id", ForeignKey(events.c.id)),  # the event that went on when it was asked
    Column("apart", Boolean, nullable=False, server_default=false()),  # whether it does not count into that
    Index(None, "state", "closes"),
    Index(None, "state", "opens"),
    Index(None, "event_id"),
    Index(None, "during_id"),
    # A poll's number stands on old buttons and must never become another one's.
    sqlite_autoincrement=True,
)

choices = Table(
    "choices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", ForeignKey(polls.c.id), nullable=False),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("state", word(ChoiceState), nullable=False),
    Column("starts", Utc),  # of a date: the moment, or the day's first one where the hour is left open
    Column("timed", Boolean),
    UniqueConstraint("poll_id", "position"),
    sqlite_autoincrement=True,
)

# No time and no number of its own: rows stand in the order of their voters' names, so that none tells when it came.
ballots = Table(
    "ballots",
    metadata,
    Column("poll_id", ForeignKey(polls.c.id), primary_key=True, autoincrement=False),
    Column("voter", Text, primary_key=True),
    Column("choice_id", ForeignKey(choices.c.id), primary_key=True, autoincrement=False),
    Column("sole", Boolean, nullable=False),  # whether this voter may have no other row in this poll
    Column("voice", word(Voice), nullable=False, server_default=text("'yes'")),
    sqlite_with_rowid=False,
)
_sole = ballots.c.sole
Index("ix_ballots_sole", ballots.c.poll_id, ballots.c.voter, unique=True, sqlite_where=_sole, postgresql_where=_sole)
Index("ix_ballots_choice_id", ballots.c.choice_id)

free_asking = Table(
    "free_asking",
    metadata,
    Column("chapter_id", ForeignKey(chapters.c.id), primary_key=True, autoincrement=False),
)
