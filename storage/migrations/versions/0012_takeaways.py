"""Takeaways, and what can be found again by its words."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)


def upgrade() -> None:
    op.create_table(
        "takeaways",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id")),
        sa.Column("posting_id", NUMBER, sa.ForeignKey("postings.id")),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("credit", WORD, nullable=False),
        sa.Column("keeper_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    for column in ("event_id", "posting_id", "author_id"):
        op.create_index(f"ix_takeaways_{column}", "takeaways", [column])
    op.create_table(
        "supports",
        sa.Column("takeaway_id", NUMBER, sa.ForeignKey("takeaways.id"), primary_key=True, autoincrement=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
    )
    op.create_index("ix_supports_member_id", "supports", ["member_id"])
    op.create_table(
        "memories",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", sa.BigInteger, nullable=False),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("platform", sa.Text),
        sa.Column("place_key", sa.Text),
        sa.UniqueConstraint("kind", "subject"),
        sqlite_autoincrement=True,
    )
    # What finds them by their words is each database's own: SQLite's FTS5, and PostgreSQL's text search.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE memory_words USING "
            "fts5(title, words, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("CREATE TABLE memory_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_memory_words_words ON memory_words USING gin (words) WITH (fastupdate = off)")
