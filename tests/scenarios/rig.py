"""The rig: the whole bot on both stand-ins, through real sockets, with a clock that is a value."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.playground.board import Board, Row
from adapters.playground.discord import Discord as DiscordStandIn
from adapters.playground.personas import PEOPLE, assemble
from adapters.playground.slack import SlackStandIn
from adapters.playground.wire import Wire
from adapters.slack import manifest
from bot import __main__ as house
from bot import config
from bot.clock import Clock
from bot.domain.events import EventState
from bot.domain.people import Caller, Person, Platform
from bot.domain.rsvps import Answer, Rsvp
from bot.features import COMMANDS
from bot.settings import Secret
from bot.staff import Staff
from storage.database import Database, database
from storage.seal import Seal
from tests.scenarios.hands import Hands
from tests.scenarios.hands_on_discord import DiscordHands
from tests.scenarios.hands_on_slack import SlackHands
from tests.scenarios.seen import Seen

SATURDAY = datetime.fromisoformat("2026-09-05T10:00:00+01:00")
"""When every story begins."""

KEY = Seal("a key that nobody has guessed yet, for tests")

POST = "POST /channels/{channel}/messages"
PATCH = "PATCH /channels/{channel}/messages/{message}"
HISTORY = "GET /channels/{channel}/messages"
ROUTES = {"chat.postMessage": POST, "chat.update": PATCH, "conversations.history": HISTORY}


class Rig:
    """Two platforms and the bot on them. `rig.here` is the platform that a story is told on, `rig.there` the other."""

    def __init__(self, platform: str, url: str, folder: Path) -> None:
        self.clock = Clock(SATURDAY)
        self.board = Board()
        wire = Wire(self.board, self.clock)
        self.slack = SlackStandIn(self.board, self.clock, wire=wire, manifest=manifest(COMMANDS))
        self.discord = DiscordStandIn(self.board, self.clock, wire=wire, identify_gap=0)
        assemble(self.slack, self.discord)
        self._slack_hands = SlackHands(self.slack, self.board)
        hands: list[Hands] = [self._slack_hands, DiscordHands(self.discord, self.board)]
        self.here, self.there = hands if platform == "slack" else reversed(hands)
        self.chapters = (config.Chapter("London", slack_channel="london", discord_channel="#london"),)
        self.url = url
        self.folder = folder
        self.seal = KEY
        self.traffic: dict[str, Row] = {}
        self._bot = AsyncExitStack()
        self.staff: Staff
        self.storage: Database

    @asynccontextmanager
    async def playing(self) -> AsyncIterator["Rig"]:
        """Put up the stand-ins, start the bot, and take everything down in the end."""
        await self.slack.start()
        await self.discord.start()
        watching = asyncio.create_task(self._watch())
        try:
            await self.open()
            yield self
        finally:
            await self.close()
            await self.slack.stop()
            await self.discord.stop()
            watching.cancel()

    async def _watch(self) -> None:
        """Keep everything that went over the wire; the board shows only the newest of it."""
        with self.board.watch() as changes:
            async for name, row in changes:
                if name.startswith("wire/") and row is not None:
                    self.traffic[name] = row

    async def open(self) -> None:
        """Start the bot, and wait until it is at home."""
        settings = self._settings()
        self.storage = await self._bot.enter_async_context(database(self.url, alone=True, seal=self.seal))
        self.staff = Staff(self.storage, house.adapters(settings, self.clock), self.clock)
        tasks = await self._bot.enter_async_context(asyncio.TaskGroup())
        closing = asyncio.Event()
        self._bot.callback(closing.set)
        tasks.create_task(self.staff.work(house.founding(settings), closing))
        await self.staff.opened.wait()

    async def close(self) -> None:
        """Stop the bot, as SIGTERM would."""
        await self._bot.aclose()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    async def settle(self) -> None:
        """Wait until nothing is owed, letting the clock jump over the pauses between messages."""
        await self.staff.timekeeper.shift.idle()
        while dues := [due for due in [await postman.shift.idle() for postman in self.staff.postmen] if due]:
            if (due := min(dues)) > self.clock.now():
                self.clock.move(due + timedelta(milliseconds=1))
            for postman in self.staff.postmen:
                postman.shift.call()

    async def wait_until(self, moment: str) -> None:
        """Let time pass until a moment by London's summer time, such as "2026-09-16 18:30", and settle."""
        self.clock.move(datetime.fromisoformat(moment).replace(tzinfo=SATURDAY.tzinfo))
        self.staff.timekeeper.shift.call()
        await self.settle()

    async def guests(self, number: int) -> None:
        """Put this many people down as going to the only event, half on each platform, as if they had all pressed."""
        platforms = Platform("slack"), Platform("discord")
        people = [Caller(Person(platforms[n % 2], f"G{n}"), f"Guest {n}", n % 2 == 0) for n in range(number)]
        async with self.storage.writing() as tx:
            accounts = await tx.members.recognise(people)
            (event,) = await tx.events.upcoming(self.clock.now(), EventState.PUBLISHED)
            rsvps = [
                Rsvp(event.id, account.member, account.id, Answer.GOING, place)
                for place, account in enumerate((accounts[each.person] for each in people), start=1)
            ]
            await tx.rsvps.put(rsvps)

    def fault(self, hands: Hands, name: str, **where: Any) -> None:
        """Switch a fault of a platform on; `method` is named as Slack has it, and means the same on Discord."""
        if hands is self._slack_hands:
            self.slack.faults.switch(name, **where)
            return
        if method := where.pop("method", None):
            where["route"] = ROUTES[method]
        self.discord.faults.switch(name, **where)

    def key_of_channel(self, hands: Hands, name: str) -> str:
        rows = self.board.rows(f"{hands.platform}/channel/").values()
        return next(row["id"] for row in rows if row.get("name") == name)

    def key_of_person(self, hands: Hands, name: str) -> str:
        rows = self.board.rows(f"{hands.platform}/user/").values()
        users = [row.get("user", row) for row in rows]
        return next(user["id"] for user in users if name in (user.get("real_name"), user.get("global_name")))

    def doubled(self) -> None:
        """From now on both platforms deliver everything twice."""
        self.slack.faults.switch("doubled")
        self.discord.faults.switch("doubled")

    def told(self) -> list[tuple[str, Seen]]:
        """What people were told besides the cards, whether directly or by a mention in a thread: who, and what."""
        told: list[tuple[str, Seen]] = []
        for hands in (self.here, self.there):
            for name in PEOPLE:
                told += [(name, seen) for seen in hands.direct(name)]
            for seen in hands.thread("london"):
                told += [(name, seen.without_mentions()) for name in hands.mentioned(seen)]
        return told

    def _settings(self) -> config.Config:
        return config.Config(
            config.Community(name="Flashmob"),
            config.Storage(),
            config.Slack(Secret(self.slack.bot_token), Secret(self.slack.app_token), self.slack.api_url),
            config.Discord(
                Secret(self.discord.token), self.discord.guild_id, self.discord.api_url, self.discord.gateway_url
            ),
            self.chapters,
        )
