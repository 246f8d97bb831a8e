"""Errands on record: the outbox, and how each attempt to keep a promise ended."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.people import Person, Platform
from bot.domain.places import Place
from bot.errands import Announcement, Card, Delivery, Ending, Errand, ErrandId, Notice, Promise


class Errands(Protocol):
    """The outbox: promises, and how each attempt to keep them ended."""

    async def refresh(self, cards: Collection[Card], now: datetime) -> None:
        """Wish these cards posted or brought up to date; wishes that nobody has drawn yet are one errand."""
        ...

    async def cards(self, drawings: Collection[str]) -> Sequence[Card]:
        """These cards wherever they are posted, or were promised to be, in the order in which they were promised."""
        ...

    async def note(self, notices: Collection[Notice], now: datetime) -> None:
        """Promise to tell these; one whose key was ever noted before is left as it is."""
        ...

    async def claim(
        self,
        platform: Platform,
        now: datetime,
        lease: timedelta,
        most: int,
        cards: int,
        resting: Collection[Place],
        besides: Collection[ErrandId] = (),
    ) -> Sequence[Errand]:
        """Take due errands that nobody else holds, oldest first, at most one a place or person.

        `most` in all, and no more than `cards` cards. Each is held until its lease is over and marked as being
        attempted; what belongs into a `resting` place is passed over. What a dead process held is taken over when its
        lease is past, with `doubtful` set; those `besides` which are under way here are left alone, lease or not.
        """
        ...

    async def done(self, errand: Errand, ending: Ending, now: datetime, detail: str = "") -> None:
        """Record how the attempt ended and let go; an errand whose `wanted` has grown meanwhile is due again."""
        ...

    async def later(self, errand: Errand, due: datetime, now: datetime, detail: str, doubtful: bool) -> None:
        """Record a failed attempt and try again at `due`; `doubtful` when it may have arrived after all."""
        ...

    async def next(self, platform: Platform) -> datetime | None:
        """When the next errand for this platform is due (or its holder's lease over)."""
        ...

    async def announcement(self, card: Card) -> Announcement | None: ...

    async def announced(self, place: Place, ref: str) -> Announcement | None:
        """The card that this message is, where it is one."""
        ...

    async def posted(self, announcement: Announcement) -> None:
        """Record where a card now stands."""
        ...

    async def deliveries(self, most: int) -> Sequence[Delivery]:
        """The newest attempts, newest first."""
        ...

    async def promise(self, errand: ErrandId) -> Promise | None:
        """An errand and how it stands."""
        ...

    async def promises(self, subject: str) -> Sequence[Promise]:
        """Every errand about something (see `codes.subject`), in the order in which they were promised."""
        ...

    async def owed(self, people: Collection[Person]) -> Sequence[Promise]:
        """What any of these people are still to be told, alone or with others, in the order of the promises."""
        ...

    async def again(self, errands: Collection[ErrandId], now: datetime) -> None:
        """Try these once more, as if they had never been tried: somebody has looked, and nothing is in doubt."""
        ...

    async def leave(self, errands: Collection[ErrandId], now: datetime) -> None:
        """Put on record that an organiser has seen to these, which are not tried again."""
        ...

    async def forget(self, keys: Collection[str]) -> None:
        """Forget that these were told, so that they can be told once more."""
        ...

    async def tidy(self, before: datetime) -> int:
        """Forget attempts that are older; how many there were. How each errand stands is kept with the errand."""
        ...
