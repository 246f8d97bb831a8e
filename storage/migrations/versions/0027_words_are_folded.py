"""Memories are found by the same words on both databases: without accents, and parted at every sign."""

import re
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

INDEX = {
    "sqlite": "INSERT INTO memory_words (rowid, title, words) VALUES (:id, :title, :words)",
    "postgresql": (
        "INSERT INTO memory_words (rowid, words) VALUES (:id, "
        "setweight(to_tsvector('english', :title), 'A') || setweight(to_tsvector('english', :words), 'D'))"
    ),
}


def upgrade() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, title, words FROM memories")).all()
    connection.execute(sa.text("DELETE FROM memory_words"))
    for row in rows:
        folded = {"id": row.id, "title": _folded(row.title), "words": _folded(row.words)}
        connection.execute(sa.text(INDEX[connection.dialect.name]), folded)


def _folded(text: str) -> str:
    plain = re.sub("[\u0300-\u036f]", "", normalize("NFKD", text.translate(str.maketrans("łŁøØđĐ", "lLoOdD"))))
    return " ".join(re.findall(r"[^\W_]+", normalize("NFKC", plain).casefold()))
