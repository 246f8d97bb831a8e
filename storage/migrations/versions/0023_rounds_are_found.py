"""Rounds are found again by their words, those of earlier evenings too."""

from alembic import op

revision = "0023"
down_revision = "0022"

JOINED = {"sqlite": "group_concat(entries.text, :line)", "postgresql": "string_agg(entries.text, :line)"}
INDEXED = {
    "sqlite": "INSERT INTO memory_words (rowid, title, words) SELECT id, title, words FROM memories",
    "postgresql": (
        "INSERT INTO memory_words (rowid, words) SELECT id, setweight(to_tsvector('english', title), 'A') || "
        "setweight(to_tsvector('english', words), 'D') FROM memories"
    ),
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    line = "chr(10)" if dialect == "postgresql" else "char(10)"
    entries = f"SELECT {JOINED[dialect]} FROM entries WHERE entries.round_id = rounds.id".replace(":line", line)
    op.execute(
        "INSERT INTO memories (kind, subject, chapter_id, title, words, at) "
        "SELECT 'round', rounds.id, rounds.chapter_id, rounds.title, "
        f"substr(replace(rounds.columns, {line}, ', ') || {line} || coalesce(({entries}), ''), 1, 50000), rounds.at "
        "FROM rounds LEFT JOIN events ON events.id = rounds.event_id "
        "WHERE events.state IS NULL OR events.state <> 'cancelled'"
    )
    op.execute(f"{INDEXED[dialect]} WHERE kind = 'round'")
