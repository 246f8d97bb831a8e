"""Prompts on record: decks, what was posted of them, and where people stand."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.events import EventId
from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.prompts import Deck, Post, Posting, PostingId, Prompt, PromptId, PromptState, Suggestion
from bot.domain.stances import Asking, Stance, Stances


class Prompts(Protocol):
    """Prompts of all chapters, and the decks in which they lie."""

    async def add(self, suggestions: Sequence[Suggestion]) -> Sequence[PromptId]:
        """Put these on record, in this order; the one already made of the same origin where there is one."""
        ...

    async def get(self, prompt: PromptId) -> Prompt:
        """Raises KeyError."""
        ...

    async def lock(self, prompt: PromptId) -> Prompt:
        """The same, held against other writers until the transaction ends; raises KeyError."""
        ...

    async def put(self, prompts: Collection[Prompt]) -> None:
        """Replace what is on record of these."""
        ...

    async def all(self, states: Collection[PromptState], chapter: ChapterId | None = None) -> Sequence[Prompt]:
        """Prompts in these states, oldest first; of one chapter where one is named."""
        ...

    async def of(self, suggester: MemberId) -> Sequence[Prompt]:
        """What somebody suggested, newest first."""
        ...

    async def deck(self, chapter: ChapterId) -> Deck:
        """A chapter's deck; as decks are at first, where nothing is on record of it."""
        ...

    async def hold(self, chapter: ChapterId) -> Deck:
        """The same, held against other writers until the transaction ends."""
        ...

    async def keep(self, deck: Deck) -> None:
        """Replace what is on record of a deck."""
        ...

    async def due(self, now: datetime, most: int) -> Sequence[Deck]:
        """Decks whose rhythm has come by `now`, earliest first, held against other processes."""
        ...

    async def next(self) -> datetime | None:
        """When the next deck's rhythm comes."""
        ...


class Postings(Protocol):
    """What was posted of the decks, when and where."""

    async def add(self, post: Post) -> tuple[PostingId, bool]:
        """Put a posting on record, and whether it is new: of one origin there is only one."""
        ...

    async def get(self, posting: PostingId) -> Posting:
        """Raises KeyError."""
        ...

    async def lock(self, postings: Collection[PostingId]) -> Mapping[PostingId, Posting]:
        """These, held against other writers until the transaction ends; those that do not exist are left out."""
        ...

    async def put(self, posting: Posting) -> None:
        """Replace what is on record of a posting; raises KeyError."""
        ...

    async def of(
        self,
        chapter: ChapterId | None = None,
        event: EventId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        prompt: PromptId | None = None,
        most: int = 100,
    ) -> Sequence[Posting]:
        """What was posted in a chapter, for an event, from one moment and before another, of a prompt; newest first."""
        ...

    async def asking(self, most: int = 100) -> Sequence[Posting]:
        """Those that ask where people stand and are not closed, newest first."""
        ...

    async def due(self, now: datetime, most: int) -> Sequence[Posting]:
        """Those that turn by `now`, earliest first, held against other processes."""
        ...

    async def next(self) -> datetime | None:
        """When the next one turns."""
        ...

    async def stances(self, postings: Collection[PostingId]) -> Mapping[PostingId, Stances]:
        """Where people stand on each of these, counted from what each of them said."""
        ...

    async def taken(
        self, by: Collection[tuple[PostingId, MemberId]]
    ) -> Mapping[tuple[PostingId, MemberId], Mapping[Asking, Stance]]:
        """What these members said of these postings; those who said nothing are left out."""
        ...

    async def take(self, stances: Mapping[tuple[PostingId, Asking, MemberId], Stance | None]) -> None:
        """Record where members stand, in place of what they said before; None for what they took back. Set-based."""
        ...
