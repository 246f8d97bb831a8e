"""Drafts on record: what was typed into forms, kept so that nothing is typed twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed into a form that could not be used yet."""

    id: int
    person: Person
    command: str
    given: Mapping[str, str]
    errors: Mapping[str, str]


class Drafts(Protocol):
    """Typed answers, kept so that nothing is typed twice."""

    async def keep(
        self, person: Person, command: str, given: Mapping[str, str], errors: Mapping[str, str], now: datetime
    ) -> Draft:
        """Keep these, in place of what this person had typed into this command's form before."""
        ...

    async def get(self, draft: int, person: Person) -> Draft | None:
        """Only the person who typed it gets it back."""
        ...

    async def drop(self, draft: int, person: Person) -> None: ...
