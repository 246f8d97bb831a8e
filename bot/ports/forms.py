"""Forms on record: what was typed into a form that is not done with yet, kept so that nothing is typed twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What somebody typed into a form that has further pages, or could not be used yet. Each form is a row."""

    id: int
    person: Person
    command: str
    given: Mapping[str, str]
    errors: Mapping[str, str]


class KeptForms(Protocol):
    """Forms that are not done with yet."""

    async def keep(
        self,
        person: Person,
        command: str,
        given: Mapping[str, str],
        errors: Mapping[str, str],
        now: datetime,
        form: int | None = None,
    ) -> KeptForm:
        """Keep what was typed, in place of what the same `form` held before, where it goes on.

        Of too many of one person, the oldest go.
        """
        ...

    async def get(self, form: int, person: Person, command: str | None = None) -> KeptForm | None:
        """Only the person who typed it gets it back, and where a `command` is named, only as that command's form."""
        ...

    async def drop(self, form: int, person: Person) -> None: ...

    async def tidy(self, before: datetime) -> int:
        """Forget what nobody has touched since; how many there were."""
        ...
