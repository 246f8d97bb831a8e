"""Platforms: what the staff needs of an adapter, and what an adapter needs of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.calls import Call, Candidate, Reply
from bot.domain.people import Platform
from bot.domain.places import Destination, Home, Place
from bot.messages import Message


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform may be used: seconds between two messages in one place, and edits a minute in all."""

    place: float
    edits: int


class Front(Protocol):
    """The desk, as adapters see it."""

    async def answer(self, call: Call) -> Reply:
        """Answer a call, always: a refusal is a message, a missing or unclear answer a form."""
        ...

    async def keep(self, call: Call) -> Reply:
        """Keep the answers of a form that has further pages; the form comes back with the number of its row."""
        ...

    async def candidates(self, call: Call, parameter: str, typed: str) -> Sequence[Candidate]:
        """What can be picked for a parameter, narrowed by what was typed so far; empty rather than late or wrong."""
        ...


class Adapter(Protocol):
    """A platform, as the staff sees it. Foreign errors become Busy, Gone, Unknown or Refused at this edge, once."""

    @property
    def platform(self) -> Platform: ...

    @property
    def title(self) -> str:
        """The platform's name as people write it."""
        ...

    @property
    def pace(self) -> Pace: ...

    async def run(self, front: Front) -> None:
        """Connect and stay connected, whatever happens; returns only by being cancelled, after letting go cleanly."""
        ...

    async def connected(self) -> None:
        """Wait until calls reach us and messages can be sent."""
        ...

    async def home(self, name: str) -> Home | None:
        """The channel with this key, or this name with or without `#`; None when there is none that we can see."""
        ...

    async def post(self, to: Destination, message: Message, key: str) -> str:
        """Post a message and return its ref. `key` travels with it, so that `find` can tell it again."""
        ...

    async def edit(self, place: Place, ref: str, message: Message) -> None:
        """Replace what a message of ours says."""
        ...

    async def find(self, to: Destination, key: str, since: datetime) -> str | None:
        """The ref of the message that an attempt begun at `since` left with this key; None if it certainly left none.

        Raises Unknown, Gone or Refused where that cannot be found out, and Busy where it cannot just now.
        """
        ...
