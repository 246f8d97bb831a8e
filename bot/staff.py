"""The staff: desk, postmen and timekeeper at work together, from opening to closing."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.desk import Desk
from bot.domain.events import EventState
from bot.domain.leads import Lead
from bot.domain.people import Platform
from bot.domain.places import Chapter
from bot.features import BELLS, COMMANDS, DRAWINGS, announcing, complaints, ringing, tidying
from bot.ports import Adapter, Busy, Gone, Refused, Storage
from bot.postman import Postman
from bot.timekeeper import Timekeeper

log = logging.getLogger(__name__)

LAST_ROUND = 3.0
"""Seconds that deliveries under way are given at closing; the promise is to stop within five."""


@dataclass(frozen=True, slots=True)
class Founding:
    """A chapter as the configuration founds it, with the channel that is to be its home on each platform."""

    name: str
    zone: ZoneInfo
    leads: tuple[Lead, ...]
    homes: Mapping[Platform, str]


class Staff:
    """Everybody who works for one community."""

    def __init__(self, storage: Storage, adapters: Sequence[Adapter], clock: Clock, community: str = "") -> None:
        self._storage = storage
        self._adapters = adapters
        self._clock = clock
        homes = {adapter.platform: adapter.home for adapter in adapters}
        self.desk = Desk(storage, COMMANDS, self._after, community, homes)
        self.postmen = [Postman(storage, adapter, DRAWINGS, complaints.undeliverable, clock) for adapter in adapters]
        self.timekeeper = Timekeeper(storage, ringing.ring, self._deliver, clock, BELLS, tidying.tidy)
        self.opened = asyncio.Event()

    async def work(self, founding: Sequence[Founding], closing: asyncio.Event) -> None:
        """Open, and work until `closing` is set; then finish what is under way and close within five seconds."""
        await self._found(founding)
        async with self.desk, asyncio.TaskGroup() as group:
            adapters = [group.create_task(adapter.run(self.desk)) for adapter in self._adapters]
            settling = [group.create_task(self._settle(adapter, founding)) for adapter in self._adapters]
            rounds = [group.create_task(postman.run()) for postman in self.postmen]
            rounds.append(group.create_task(self.timekeeper.run()))
            opening = group.create_task(self._open(settling))
            await closing.wait()
            for worker in (*self.postmen, self.timekeeper):
                worker.shift.end()
            await asyncio.wait(rounds, timeout=LAST_ROUND)
            for task in (opening, *settling, *rounds, *adapters):
                task.cancel()

    async def _open(self, settling: Sequence[asyncio.Task[None]]) -> None:
        """`opened` is set once every platform is connected and every chapter at home."""
        await asyncio.gather(*settling)
        self.opened.set()

    async def next_ring(self) -> datetime | None:
        """When the next reminder rings."""
        return await self.timekeeper.next()

    def _after(self) -> None:
        self.timekeeper.shift.call()
        self._deliver()

    def _deliver(self) -> None:
        for postman in self.postmen:
            postman.shift.call()

    async def _found(self, founding: Sequence[Founding]) -> None:
        """Make the chapters that are missing; of those that exist, what is on record counts, and the log says so."""
        async with self._storage.writing() as tx:
            for wanted in founding:
                chapter = await tx.chapters.found(wanted.name, wanted.zone, wanted.leads)
                differences = {
                    "name": (wanted.name, chapter.name),
                    "time zone": (wanted.zone.key, chapter.zone.key),
                    "reminders": (_listed(wanted.leads), _listed(chapter.leads)),
                }
                for what, (configured, standing) in differences.items():
                    if configured != standing:
                        _overruled(chapter, what, configured, standing)

    async def _settle(self, adapter: Adapter, founding: Sequence[Founding]) -> None:
        """Give each chapter that has no home on a platform, or has lost it, the one that the configuration names."""
        await adapter.connected()
        log.info("%s is connected", adapter.title)
        while True:
            try:
                await self._house(adapter, founding)
            except Busy as busy:
                log.warning("%s or the database is busy, so chapters wait for their homes: %s", adapter.title, busy)
                await asyncio.sleep(busy.after)
            except (Gone, Refused) as error:
                log.error("%s does not say which channels there are, so chapters stay put: %s", adapter.title, error)
                return
            else:
                return

    async def _house(self, adapter: Adapter, founding: Sequence[Founding]) -> None:
        wanted = {chapter.name: chapter.homes.get(adapter.platform, "") for chapter in founding}
        async with self._storage.reading() as tx:
            chapters = await tx.chapters.all()
        for chapter in chapters:
            channel = wanted.get(chapter.founded, "")
            known = next((home for home in chapter.homes if home.place.platform == adapter.platform), None)
            if known is not None and await adapter.home(known.place.key) is not None:
                if channel.strip().removeprefix("#").lower() not in ("", known.name.lower(), known.place.key.lower()):
                    _overruled(chapter, f"home on {adapter.title}", channel, f"#{known.name}")
            elif known is not None and known.chosen:
                log.warning(_LOST, adapter.title, known.name, chapter.name)
            elif channel and adapter.platform in chapter.without:
                _overruled(chapter, f"home on {adapter.title}", channel, "none")
            elif channel:
                await self._move_in(adapter, chapter, channel)

    async def _move_in(self, adapter: Adapter, chapter: Chapter, channel: str) -> None:
        home = await adapter.home(channel)
        if home is None:
            log.warning(_NO_CHANNEL, adapter.title, channel, chapter.name, adapter.platform)
            return
        async with self._storage.writing() as tx:
            await tx.chapters.settle(chapter.id, home)
            settled = await tx.chapters.get(chapter.id)
            now = self._clock.now()
            for event in await tx.events.upcoming(now, EventState.PUBLISHED, chapter.id):
                await tx.errands.refresh(announcing.cards_of(event.id, settled), now)
        self._deliver()
        log.info("%s is at home in #%s on %s", chapter.name, home.name, adapter.title)


_NO_CHANNEL = (
    "%s has no channel “%s” that I can post in, so %s has no home there. Make it, let me into it, or name another one "
    "in config.toml: [[chapters]] %s_channel; then start me again. Or name one in chat: /chapter edit."
)
_LOST = (
    "%s has no channel #%s any more that I can post in. It was chosen in chat as the home of %s: let me into it, or "
    "name another one by /chapter edit."
)


def _overruled(chapter: Chapter, what: str, configured: str, standing: str) -> None:
    """Tell whoever runs the bot that their configuration is not what counts."""
    log.info(
        "config.toml founds %s with the %s “%s”, but on record is “%s”, which counts: /chapter edit changes it.",
        chapter.name,
        what,
        configured,
        standing,
    )


def _listed(leads: Sequence[Lead]) -> str:
    longest = sorted(leads, key=lambda lead: (lead.days, lead.minutes), reverse=True)
    return ", ".join(map(str, longest)) or "none"
