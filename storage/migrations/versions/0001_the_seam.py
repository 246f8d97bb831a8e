"""Events on two platforms, with one guest list, reminders, and an outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)


def upgrade() -> None:
    _people()
    _chapters()
    _events()
    _errands()
    _drafts()


def _people() -> None:
    op.create_table(
        "members",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "accounts",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("direct", sa.Boolean, nullable=False),
        sa.UniqueConstraint("platform", "key"),
    )
    op.create_index("ix_accounts_member_id", "accounts", ["member_id"])
    op.create_table(
        "organisers",
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
    )


def _chapters() -> None:
    op.create_table(
        "chapters",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("leads", sa.JSON, nullable=False),
    )
    op.create_table(
        "homes",
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), primary_key=True, autoincrement=False),
        sa.Column("platform", sa.Text, primary_key=True),
        sa.Column("place_key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("venue", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("seats", sa.Integer, sa.CheckConstraint("seats > 0", name="seats")),
        sa.Column("state", WORD, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("planner_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
    )
    op.create_index("ix_events_state_starts", "events", ["state", "starts"])
    op.create_table(
        "rsvps",
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id"), primary_key=True, autoincrement=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("account_id", NUMBER, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("answer", WORD, nullable=False),
        sa.Column("arrived", sa.Integer, sa.CheckConstraint("arrived > 0", name="arrived"), nullable=False),
        sa.UniqueConstraint("event_id", "arrived"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rsvps_event_id_answer_arrived", "rsvps", ["event_id", "answer", "arrived"])
    op.create_table(
        "reminders",
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id"), primary_key=True, autoincrement=False),
        sa.Column("kind", WORD, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("lead", sa.Text, primary_key=True),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("rang_at", MOMENT),
    )
    _partial_index("ix_reminders_due", "reminders", ["due"], "rang_at IS NULL")


def _errands() -> None:
    op.create_table(
        "errands",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("drawing", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("place_key", sa.Text),
        sa.Column("card_drawing", sa.Text),
        sa.Column("person_key", sa.Text),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due", MOMENT),
        sa.Column("held_until", MOMENT),
        sa.Column("attempted_at", MOMENT),
    )
    _partial_index("ix_errands_due", "errands", ["platform", "due"], "due IS NOT NULL")
    _partial_index("ix_errands_destination", "errands", ["platform", "destination", "due"], "due IS NOT NULL")
    _partial_index("ix_errands_held", "errands", ["platform", "held_until"], "held_until IS NOT NULL")
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("errand", sa.Text, nullable=False),
        sa.Column("drawing", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ending", WORD, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_table(
        "announcements",
        sa.Column("drawing", sa.Text, primary_key=True),
        sa.Column("platform", sa.Text, primary_key=True),
        sa.Column("place_key", sa.Text, primary_key=True),
        sa.Column("ref", sa.Text, nullable=False),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("person_key", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("given", sa.JSON, nullable=False),
        sa.Column("errors", sa.JSON, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.UniqueConstraint("platform", "person_key", "command"),
        sqlite_autoincrement=True,
    )


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
