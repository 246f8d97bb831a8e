"""The rig: both stand-ins in the test's process, and the installed command in a process that can be killed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from adapters.playground.board import Row
from adapters.playground.discord import Discord as DiscordStandIn
from adapters.playground.personas import PEOPLE, assemble
from adapters.playground.slack import SlackStandIn
from adapters.playground.wire import Wire
from adapters.slack import manifest
from bot.clock import Clock
from bot.domain.people import Platform
from bot.features import COMMANDS
from storage.database import Database, database
from tests.crash.process import COMMAND, PATIENCE, Process, started
from tests.crash.tripwire import Tripwire
from tests.scenarios.hands import Hands
from tests.scenarios.hands_on_discord import DiscordHands
from tests.scenarios.hands_on_slack import SlackHands
from tests.scenarios.seen import Seen

T = TypeVar("T")

SATURDAY = datetime.fromisoformat("2026-09-05T10:00:00+01:00")
"""When every story begins."""

LEASE = timedelta(seconds=91)
"""How long a dead bot delays its errands where others may be at work, and a little more."""

GLANCE = 0.2
"""Seconds between two looks at the bot's books."""

AT_HOME = ("London is at home in #london on Slack", "London is at home in #london on Discord")
CONNECTED = ("Slack is connected", "Discord is connected")


class Rig:
    """Two platforms, and the bot that comes and goes. `here` is where a story is told, `there` the other platform."""

    def __init__(self, platform: str, url: str, folder: Path, guests: int = 0) -> None:
        self.clock = Clock(SATURDAY)
        self.board = Tripwire()
        wire = Wire(self.board, self.clock, kept=5000)
        self.slack = SlackStandIn(self.board, self.clock, wire=wire, manifest=manifest(COMMANDS))
        # Who is killed several times a minute need not be taught that Discord dislikes it.
        self.discord = DiscordStandIn(self.board, self.clock, wire=wire, identify_gap=0.0)
        self.guests = [f"Guest {number}" for number in range(1, guests + 1)]
        for name in self.guests:
            self.slack.add_user(name)
            self.discord.add_user(name)
        assemble(self.slack, self.discord)
        hands: list[Hands] = [SlackHands(self.slack, self.board), DiscordHands(self.discord, self.board)]
        self.here, self.there = hands if platform == "slack" else reversed(hands)
        self.url = url
        self.folder = folder
        self.bot: Process
        self._open = AsyncExitStack()
        self._ports: list[int] = []
        self._books: Database | None = None

    @asynccontextmanager
    async def playing(self) -> AsyncIterator["Rig"]:
        """Put up the stand-ins; in the end take everything down, and show what the bot wrote last."""
        await self.slack.start()
        await self.discord.start()
        try:
            yield self
        finally:
            await self._open.aclose()
            await self.slack.stop()
            await self.discord.stop()
            if hasattr(self, "bot"):
                print(self.bot.output)

    def configured(self, *, slack: bool = True, discord: bool = True, more: str = "") -> Path:
        """Write a configuration for these stand-ins."""
        parts = [
            '[community]\nname = "Flashmob"',
            '[[chapters]]\nname = "London"\nslack_channel = "london"\ndiscord_channel = "#london"',
            f'[storage]\nurl = "{self.url}"',
            more,
        ]
        if slack:
            tokens = f'bot_token = "{self.slack.bot_token}"\napp_token = "{self.slack.app_token}"'
            parts.append(f'[slack]\n{tokens}\napi_url = "{self.slack.api_url}"')
        if discord:
            where = f'api_url = "{self.discord.api_url}"\ngateway_url = "{self.discord.gateway_url}"'
            parts.append(f'[discord]\ntoken = "{self.discord.token}"\nserver = "{self.discord.guild_id}"\n{where}')
        path = self.folder / "config.toml"
        path.write_text("\n\n".join(parts), encoding="utf-8")
        return path

    async def run(self, config: Path | None = None, *, command: tuple[str, ...] = COMMAND) -> Process:
        """Start the bot at the present moment; it may have company."""
        config = config or self.configured()
        running = started(self.folder, config, self.clock.now(), command=command)
        self.bot = await self._open.enter_async_context(running)
        return self.bot

    async def open(self) -> None:
        """Start the bot for the first time, and wait until it is at home."""
        await (await self.run()).says(*AT_HOME)

    async def again(self, *, at: str = "", later: timedelta = LEASE) -> None:
        """Start the bot once more, when the last one is gone: at a moment of London's summer time, or a while later."""
        await self.bot.ended()
        self.wait_until(at, later)
        await (await self.run()).says(*CONNECTED)

    async def again_until_killed(self, *, at: str = "", later: timedelta = LEASE) -> None:
        """The same, with a bot that is to be killed by a tripwire."""
        await self.bot.ended()
        self.wait_until(at, later)
        await (await self.run()).ended()

    def wait_until(self, at: str, later: timedelta) -> None:
        moment = datetime.fromisoformat(at).replace(tzinfo=SATURDAY.tzinfo) if at else self.clock.now() + later
        self.clock.move(moment)

    def kill_when(self, trips: Callable[[str, Row], bool], *, soon: bool = False) -> None:
        """Kill the bot at the moment at which a stand-in shows such a row, before it answers; or as it answers."""

        def kill() -> None:
            self.bot.kill()

        self.board.span(trips, partial(_a_moment_later, kill) if soon else kill)

    def close_to_posts(self, platform: str, *, on: bool = True) -> None:
        """Have a platform refuse new messages for the time being."""
        if platform == "slack":
            self.slack.faults.switch("error_before", on, method="chat.postMessage")
        else:
            self.discord.faults.switch("error_before", on, route="POST /channels/{channel}/messages")

    def open_to_posts(self, platform: str) -> None:
        self.close_to_posts(platform, on=False)

    def dawdle(self, platform: str) -> None:
        """Have a platform answer the next new message only when everybody has given up."""
        if platform == "slack":
            self.slack.faults.switch("slow_answers", left=1, method="chat.postMessage", seconds=60.0)
        else:
            self.discord.faults.switch("cut_off", left=1, route="POST /channels/{channel}/messages")

    async def out_of_reach(self) -> None:
        """Have both platforms vanish: connections break, and new ones are refused."""
        self._ports = [urlsplit(url).port or 0 for url in (self.slack.api_url, self.discord.api_url)]
        await self.slack.stop()
        await self.discord.stop()

    async def within_reach(self) -> None:
        """Have them back where they were."""
        slack, discord = self._ports
        await self.slack.start(port=slack)
        await self.discord.start(port=discord)

    async def until(self, see: Callable[[], T | None], wanted: str) -> T:
        """Watch the board until something is to be seen on it; the bot's log tells why it was not."""
        try:
            async with asyncio.timeout(PATIENCE):
                with self.board.watch() as changes:
                    while (seen := see()) is None:
                        await anext(changes)
                    return seen
        except TimeoutError:
            raise AssertionError(f"{wanted} was not seen.\n{self.bot.output}") from None

    async def offers(self, label: str) -> None:
        """Wait until somebody is offered a button, where the bot was slow and asked them for patience before."""

        def seen() -> bool | None:
            private = [row for name, row in self.board.rows().items() if "/view/" in name or "/ephemeral/" in name]
            return True if any(f"'{label}'" in str(row) for row in private) else None

        await self.until(seen, f"A button {label}")

    async def shows(self, **facts: str | None) -> None:
        """Wait until the only card on each platform shows these facts, as in `going_2="Ada Lovelace"`."""
        for hands in (self.here, self.there):
            await self.until(lambda hands=hands: True if self._card_has(hands, facts) else None, f"A card with {facts}")

    async def counts(self, told: int) -> None:
        """Wait until so many tellings have arrived, and hold that there is not one more."""
        await self.until(lambda: True if len(self.told()) >= told else None, f"{told} tellings")
        assert len(self.told()) == told

    def card(self, hands: Hands) -> Seen:
        """The one card of a platform's channel."""
        (card,) = hands.channel("london")
        return card

    def told(self) -> list[tuple[str, str]]:
        """What people were told besides the cards, whether directly or by a mention in a thread: who, and what."""
        told: list[tuple[str, str]] = []
        for hands in (self.here, self.there):
            for name in (*PEOPLE, *self.guests):
                told += [(name, seen.words) for seen in hands.direct(name)]
            for seen in hands.thread("london"):
                told += [(name, seen.without_mentions().words) for name in hands.mentioned(seen)]
        return told

    async def stop(self) -> None:
        """Let the bot finish what it owes, then stop it as an operator does."""
        await self.settle()
        await self.bot.stop()

    async def settle(self) -> None:
        """Wait until the bot owes nobody anything, by its own books: whoever is told twice has been told by then."""
        try:
            async with asyncio.timeout(PATIENCE):
                while await self._owes():
                    # The books are kept in another process, which does not tell us when it has written.
                    await self._something(within=GLANCE)
        except TimeoutError:
            raise AssertionError(f"There is always more to do.\n{self.bot.output}") from None

    async def _something(self, within: float) -> None:
        """Wait until anything is shown on the board, but not for longer than this."""
        shown = asyncio.Event()
        self.board.span(lambda _name, _row: True, shown.set)
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await shown.wait()

    async def _owes(self) -> bool:
        if self._books is None:
            self._books = await self._open.enter_async_context(database(self.url))
        async with self._books.reading() as tx:
            due = [await tx.errands.next(Platform(name)) for name in ("slack", "discord")]
        return any(due)

    def _card_has(self, hands: Hands, facts: dict[str, str | None]) -> bool:
        cards = hands.channel("london")
        assert len(cards) <= 1, [card.words for card in cards]
        return bool(cards) and all(cards[0].fact(_label(name)) == value for name, value in facts.items())


def _a_moment_later(act: Callable[[], None], rounds: int = 5) -> None:
    """After the loop has gone round a few times: what is being answered now is then on its way."""
    if rounds:
        asyncio.get_running_loop().call_soon(_a_moment_later, act, rounds - 1)
    else:
        act()


def _label(name: str) -> str:
    """`going_2` is the label "Going (2)"."""
    word, _, number = name.partition("_")
    return f"{word.capitalize()} ({number})" if number else word.capitalize()
