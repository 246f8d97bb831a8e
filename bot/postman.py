"""The postman: draws what was promised and delivers it, one platform each; backs off, falls back, parks, reports."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import codes
from bot.clock import Clock, Shift
from bot.domain.people import Person
from bot.domain.places import Destination, Place, Thread
from bot.drawings import AnyDrawing
from bot.errands import FAILED, Announcement, Card, Directly, Ending, Errand, ErrandId, InThread, Notice, Target
from bot.messages import Message
from bot.ports import Adapter, Busy, Gone, Refused, Storage, Transaction, Unknown

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
"""How long an errand is held: longer than any attempt may take, and how long a dead process delays its errands."""

BATCH = 20
"""Attempts under way at once on one platform."""

ROUND = 2.0
"""Seconds after which a round goes on without those attempts that take longer."""

ATTEMPT = 45.0
"""Seconds after which an attempt is given up, whatever it hangs on; nobody knows then whether it arrived."""

PATIENCE = timedelta(minutes=1)
"""The longest pause between two tries, unless the platform asks for a longer one: an outage is over within a minute."""

DOUBT = 10.0
"""Seconds before a message whose fate nobody knows is looked for: one that is late must be given time to arrive."""

LOOKING = timedelta(hours=1)
"""How long such a message is looked for, where the platform does not let us look, before somebody is asked."""

WITHOUT_CARD = 8
"""Tries after which what belongs into a card's thread is given up, when its card never came to be posted."""

MINUTE = timedelta(minutes=1)

WAIT_FOR_CARD = 3.0
"""Seconds after which what belongs into a card's thread is tried again, when the card itself is still on its way."""

Complain = Callable[[Transaction, Errand, datetime], Awaitable[None]]
"""Tells whoever should know that an errand cannot be delivered."""


class Postman:
    """Delivers the errands of one platform, so that an outage of one never delays another."""

    def __init__(
        self, storage: Storage, adapter: Adapter, drawings: Sequence[AnyDrawing], complain: Complain, clock: Clock
    ) -> None:
        self._storage = storage
        self._adapter = adapter
        self._drawings: Mapping[str, AnyDrawing] = {drawing.name: drawing for drawing in drawings}
        self._complain = complain
        self._clock = clock
        self.shift = Shift(clock)
        self._resting: dict[Place, datetime] = {}
        self._edits: deque[datetime] = deque()
        self._under_way: dict[asyncio.Task[None], ErrandId] = {}

    async def run(self) -> None:
        """Deliver until the shift is over; then see through what is under way."""
        try:
            await self._rounds()
            if self._under_way:
                await asyncio.wait(self._under_way)
        finally:
            await _stop(self._under_way)

    async def _rounds(self) -> None:
        while not self.shift.over:
            self.shift.begin()
            try:
                delivered = await self.round(self._clock.now())
                due = None if delivered else await self._next()
            except Busy as busy:
                log.warning("The database is out of reach, so errands for %s wait: %s", self._adapter.title, busy)
                delivered, due = 0, self._clock.now() + timedelta(seconds=busy.after)
            except Exception:  # one postman's fault must not close the desk for everybody
                log.exception("Errands for %s could not be delivered; they stay due", self._adapter.title)
                delivered, due = 0, self._clock.now() + LEASE
            if not delivered:
                await self.shift.rest(due)

    async def round(self, now: datetime) -> int:
        """Claim what is due and may go out now, and deliver it; the number of attempts.

        One that hangs holds up neither this round for long nor the next.
        """
        self._rest(now)
        room, cards = BATCH - len(self._under_way), self._adapter.pace.edits - len(self._edits)
        if room <= 0:
            return 0
        async with self._storage.writing() as tx:
            # A clock that jumps ends a lease early: what is still under way here is not begun once more.
            under_way = set(self._under_way.values())
            errands = await tx.errands.claim(
                self._adapter.platform, now, LEASE, room, cards, self._resting.keys(), under_way
            )
        begun = {asyncio.create_task(self._deliver(errand)): errand.id for errand in errands}
        if not begun:
            return 0
        self._under_way.update(begun)
        for task in begun:
            task.add_done_callback(self._over)
        try:
            done, _ = await asyncio.wait(begun, timeout=ROUND, return_when=asyncio.FIRST_EXCEPTION)
        except BaseException:
            await _stop(begun)
            raise
        if errors := [error for task in done if (error := task.exception()) is not None]:
            await _stop(begun)
            raise BaseExceptionGroup("deliveries", errors)
        return len(begun)

    def _over(self, task: asyncio.Task[None]) -> None:
        """An attempt has ended, perhaps long after its round."""
        self._under_way.pop(task, None)
        self.shift.call()

    def _rest(self, now: datetime) -> None:
        """Forget the places that have rested, and the edits that no longer count."""
        self._resting = {place: ready for place, ready in self._resting.items() if ready > now}
        while self._edits and self._edits[0] <= now - MINUTE:
            self._edits.popleft()

    async def _next(self) -> datetime | None:
        """When to look again: when something is due, and may go out."""
        async with self._storage.reading() as tx:
            due = await tx.errands.next(self._adapter.platform)
        if due is None or due > self._clock.now():
            return due
        waits = [*self._resting.values(), *(edit + MINUTE for edit in list(self._edits)[:1])]
        return min(waits, default=self._clock.now() + timedelta(seconds=1))

    async def _deliver(self, errand: Errand) -> None:
        """One attempt, whatever comes of it; every ending is put on record."""
        try:
            async with asyncio.timeout(ATTEMPT):
                outcome = await self._attempt(errand)
        except Busy as busy:
            # What the platform asks of one message holds for the next one in the same place.
            if card := _card(errand):
                self._pause(card.place, busy.after)
            outcome = _again(errand, busy.after, str(busy))
        except Unknown as unknown:
            outcome = _Outcome(Ending.RETRY, str(unknown), after=DOUBT, doubtful=True)
        except TimeoutError:
            outcome = _Outcome(Ending.RETRY, f"given up after {ATTEMPT:.0f} s", after=DOUBT, doubtful=True)
        except _Unsettled as unsettled:
            outcome = _Outcome(Ending.UNKNOWN, str(unsettled))
        except Gone as gone:
            outcome = _Outcome(Ending.GONE, str(gone))
        except Refused as refused:
            log.error("%s refused the errand “%s”, which is parked: %s", self._adapter.title, errand.key, refused)
            outcome = _Outcome(Ending.PARKED, str(refused))
        except Exception as bug:
            log.exception("The errand “%s” failed and is parked", errand.key)
            outcome = _Outcome(Ending.PARKED, repr(bug))
        try:
            await self._record(errand, outcome)
        except Busy as busy:
            # It stays held. When its lease is over it is taken up again, and what may have arrived is looked for.
            log.warning("How the errand “%s” ended (%s) is not on record: %s", errand.key, outcome.ending, busy)

    async def _attempt(self, errand: Errand) -> "_Outcome":
        """Draw and send. Nothing is put on record after it was sent: a database that fails then must not send twice."""
        drawn = await self._drawn(errand)
        if drawn.message is None:
            return _Outcome(Ending.DROPPED, "nothing left to say")
        if isinstance(errand.to, Directly):
            return await self._tell(errand, errand.to.person, errand.to.otherwise, drawn.message)
        if drawn.to is None and errand.tries >= WITHOUT_CARD:
            raise Gone("its card was never posted")
        if drawn.to is None:
            return _again(errand, WAIT_FOR_CARD, "its card is not posted yet")
        match errand.to:
            case Card() as card:
                return await self._show(errand, card, drawn.to, drawn.announcement, drawn.message)
            case InThread(card=card):
                self._pause(card.place)
                await self._once(errand, drawn.to, drawn.message)
                return _Outcome(Ending.SENT)

    async def _drawn(self, errand: Errand) -> "_Drawn":
        """What an errand says at this moment, and where it goes."""
        name, given = codes.unpack(errand.drawing)
        drawing = self._drawings[name]
        async with self._storage.reading() as tx:
            message = _for(errand.to, await drawing.drawn(tx, given, self._clock.now()))
            match errand.to:
                case Directly():
                    return _Drawn(message)
                case InThread(card=card):
                    return _Drawn(message, to=_thread(await tx.errands.announcement(card)))
                case Card() as card:
                    under = await drawing.stands_under(tx, given)
                    head = None if under is None else await tx.errands.announcement(Card(under, card.place))
                    to = card.place if under is None else _thread(head)
                    return _Drawn(message, to, await tx.errands.announcement(card))

    async def _show(
        self, errand: Errand, card: Card, to: Destination, announcement: Announcement | None, message: Message
    ) -> "_Outcome":
        self._pause(card.place)
        if announcement is None:
            return _Outcome(Ending.SENT, posted=Announcement(card, await self._once(errand, to, message)))
        self._edits.append(self._clock.now())
        try:
            await self._adapter.edit(card.place, announcement.ref, message)
        except Gone as gone:
            # Only what was posted anew takes its place: where we are shut out for a while, the card still stands.
            log.info("The card “%s” cannot be edited, so it is posted anew: %s", errand.key, gone)
            return _Outcome(Ending.SENT, posted=Announcement(card, await self._once(errand, to, message)))
        return _Outcome(Ending.SENT)

    async def _tell(self, errand: Errand, person: Person, otherwise: Card | None, message: Message) -> "_Outcome":
        try:
            await self._once(errand, person, replace(message, calls=()))
        except Gone as gone:
            if otherwise is None:
                raise
            # An errand of its own, since what is told in a place waits its turn there.
            instead = Notice(f"{errand.key} in the thread", errand.drawing, InThread(otherwise, (person,)))
            return _Outcome(Ending.FELL_BACK, str(gone), instead=instead)
        return _Outcome(Ending.SENT)

    async def _once(self, errand: Errand, to: Destination, message: Message) -> str:
        """Post, unless an attempt whose outcome nobody knows turns out to have arrived."""
        if errand.doubtful is not None:
            found = await self._found(to, errand.key, errand.doubtful)
            if found is not None:
                return found
        return await self._adapter.post(to, message, errand.key)

    async def _found(self, to: Destination, key: str, since: datetime) -> str | None:
        """Where an attempt begun at `since` arrived after all, or None where it certainly did not."""
        tried = self._clock.now() - since
        if tried < timedelta(seconds=DOUBT):
            raise Busy((timedelta(seconds=DOUBT) - tried).total_seconds(), "what may be on its way is given time")
        try:
            return await self._adapter.find(to, key, since)
        except Busy as busy:
            if tried < LOOKING:
                raise
            raise _Unsettled(str(busy)) from busy
        except (Gone, Refused, Unknown) as no:
            raise _Unsettled(str(no)) from no

    def _pause(self, place: Place, seconds: float = 0) -> None:
        """Let a place rest: as long as its platform wants between two messages, or has asked for."""
        ready = self._clock.now() + timedelta(seconds=max(seconds, self._adapter.pace.place))
        self._resting[place] = max(ready, self._resting.get(place, ready))

    async def _record(self, errand: Errand, outcome: "_Outcome") -> None:
        now = self._clock.now()
        async with self._storage.writing() as tx:
            if outcome.ending is Ending.RETRY:
                backing_off = min(timedelta(seconds=2 ** min(errand.tries, 12)), PATIENCE)
                pause = max(timedelta(seconds=outcome.after), backing_off)
                log.info("The errand “%s” waits %s: %s", errand.key, pause, outcome.detail)
                await tx.errands.later(errand, now + pause, now, outcome.detail, outcome.doubtful)
                return
            if outcome.posted is not None:
                await tx.errands.posted(outcome.posted)
            if outcome.instead is not None:
                await tx.errands.note([outcome.instead], now)
            await tx.errands.done(errand, outcome.ending, now, outcome.detail)
            if outcome.ending in FAILED:
                log.warning("The errand “%s” ended as %s: %s", errand.key, outcome.ending, outcome.detail)
                await self._complain(tx, errand, now)


class _Unsettled(Exception):
    """Whether an earlier attempt arrived cannot be found out."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What an errand says, where it goes (None while the card whose thread it goes to is not posted), and its card."""

    message: Message | None
    to: Place | Thread | None = None
    announcement: Announcement | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one attempt came to, and what must be put on record with it.

    After RETRY it is tried again no sooner than in `after` seconds, looking first where it is `doubtful`.
    """

    ending: Ending
    detail: str = ""
    after: float = 0
    doubtful: bool = False
    posted: Announcement | None = None
    instead: Notice | None = None


async def _stop(tasks: Collection[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _again(errand: Errand, after: float, why: str) -> _Outcome:
    """Nothing was sent: what was in doubt before still is, and nothing else."""
    return _Outcome(Ending.RETRY, why, after, doubtful=errand.doubtful is not None)


def _for(to: Target, message: Message | None) -> Message | None:
    """A message for those whom it was promised to, as far as it still is for them; nothing where nobody is left."""
    if message is None or not isinstance(to, InThread) or not to.people:
        return message
    calls = tuple(person for person in message.calls if person in to.people)
    return replace(message, calls=calls) if calls else None


def _thread(announcement: Announcement | None) -> Thread | None:
    """The thread of a card, where that is posted."""
    return None if announcement is None else Thread(announcement.card.place, announcement.ref)


def _card(errand: Errand) -> Card | None:
    """The card that an errand is, or in whose thread it is told."""
    match errand.to:
        case Card() as card:
            return card
        case InThread(card=card):
            return card
        case Directly():
            return None
