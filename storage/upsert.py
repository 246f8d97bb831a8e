"""Upserts: insert, or change what is there already, in one statement.

SQLite took `ON CONFLICT` over from PostgreSQL word for word, so SQLAlchemy compiles one construct for both.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Table, true
from sqlalchemy.dialects.postgresql import Insert, insert


def upsert(
    table: Table,
    rows: Select[*tuple[Any, ...]],
    unique: Sequence[str],
    *,
    take: Sequence[str] = (),
    change: Mapping[str, Any] | None = None,
) -> Insert:
    """Insert these rows; where one with the same `unique` columns is there, `take` columns over and `change` others.

    With neither, what is there stays. The columns of `rows` are named like the table's.
    """
    # Without WHERE, SQLite would read ON as a join's.
    statement = insert(table).from_select([each.name for each in rows.selected_columns], rows.where(true()))
    changes = {name: statement.excluded[name] for name in take} | dict(change or {})
    if not changes:
        return statement.on_conflict_do_nothing(index_elements=unique)
    return statement.on_conflict_do_update(index_elements=unique, set_=changes)
