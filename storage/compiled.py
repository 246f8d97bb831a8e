"""Compiled statements, kept for all the engines of a kind: those that read and those that write say much the same."""

from collections.abc import Hashable
from typing import Any

from sqlalchemy.util import LRUCache

Key = tuple[Hashable, ...]
"""Which statement it is, as SQLAlchemy has it: its dialect comes first, of which every engine has one of its own."""

MOST = 1000
"""So many are kept; beyond that, those that have not been asked for the longest are compiled anew."""


class Compiled(LRUCache[Key, Any]):
    """Statements as a database reads them, whichever of its engines they were compiled for."""

    def get(self, key: Key, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Key, value: Any) -> None:
        super().__setitem__(key[1:], value)


FOR_SQLITE = Compiled(MOST)
FOR_POSTGRESQL = Compiled(MOST)
