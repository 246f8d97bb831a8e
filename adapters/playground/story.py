"""The story: an evening planned on Slack, answered on both platforms, and remembered in time, played by itself.

It does what people do, through the stand-ins' acts, and reads what they see from the board.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from adapters.playground.board import Board
from adapters.playground.discord import Discord
from adapters.playground.impossible import Impossible
from adapters.playground.slack import SlackStandIn
from adapters.playground.time import Clock

Tell: TypeAlias = Callable[[str], None]
Move: TypeAlias = Callable[[datetime], Awaitable[None]]
T = TypeVar("T")

PACE = 1.2
"""Seconds between two steps, so that one can watch."""
PATIENCE = 10.0
"""Seconds after which the story gives up waiting for what it wants to see."""
TITLE = "Stopping things"
SEATS = 3


class Story:
    """The story of one evening in London."""

    def __init__(
        self, board: Board, slack: SlackStandIn, discord: Discord, clock: Clock, move: Move,
        pace: float = PACE,
    ) -> None:  # fmt: skip
        self._board = board
        self._slack = slack
        self._discord = discord
        self._clock = clock
        self._move = move
        self._pace = pace
        self._evenings = 0
        self._starts = clock.now()

    async def play(self, tell: Tell) -> None:
        """Play it from the beginning; each step is told in a sentence."""
        self._evenings += 1
        title = TITLE if self._evenings == 1 else f"{TITLE}, evening {self._evenings}"
        await self._plan(tell, title)
        await self._answer(tell, title)
        await self._remind(tell, title)

    async def _plan(self, tell: Tell, title: str) -> None:
        ada, london = self._slack_key("Ada Lovelace"), self._slack_channel("london")
        for view in reversed(self._board.rows(f"slack/view/{ada}/")):
            await self._slack.close(ada, view.split("/")[-1])
        await self._step(tell, "Ada types /event create in #london on Slack.")
        await self._slack.slash(ada, london, "/event create")
        view = await self._until(lambda: next(iter(self._board.rows(f"slack/view/{ada}/").values()), None))
        await self._step(tell, "She answers what the bot asks.")
        day = (self._clock.now() + timedelta(days=5)).date()
        self._starts = datetime.combine(day, time(18, 30), ZoneInfo("Europe/London"))
        answers = {
            "title": title,
            "starts": f"{self._starts:%Y-%m-%d %H:%M}",
            "where": "The Crown, upstairs",
            "about": "Which projects should be stopped, and who may say so?",
            "seats": str(SEATS),
        }
        await self._slack.submit(ada, view["view"]["id"], {name: {name: text} for name, text in answers.items()})
        _, button = await self._until(lambda: self._button(f"slack/view/{ada}/", "Publish"))
        await self._step(tell, "She looks at the preview, and publishes.")
        await self._slack.press(ada, view=view["view"]["id"], action_id=button["action_id"], value=button["value"])
        await self._until(lambda: self._card(f"slack/message/{london}/", title))
        there = self._discord_channel("london")
        await self._until(lambda: self._card(f"discord/message/{there}/", title))
        await self._step(tell, "The card stands in #london on Slack and on Discord.")
        await self._slack.close(ada, view["view"]["id"])

    async def _answer(self, tell: Tell, title: str) -> None:
        await self._step(tell, "Grace is going, and says so on Slack.")
        await self._press("slack", "Grace Hopper", title, "Going")
        await self._step(tell, "Alan is going, and says so on Discord.")
        await self._press("discord", "Alan Turing", title, "Going")
        await self._step(tell, "Katherine takes the third and last seat, on Slack.")
        await self._press("slack", "Katherine Johnson", title, "Going")
        await self._step(tell, "Mary would come too, on Discord: she is first in line.")
        await self._press("discord", "Mary Seacole", title, "Going")
        await self._step(tell, "Edsger may come.")
        await self._press("discord", "Edsger Dijkstra", title, "Maybe")
        await self._step(tell, "Grace can’t make it after all: Mary moves up, and is told on Discord.")
        await self._press("slack", "Grace Hopper", title, "Can’t make it")
        await self._step(tell, "Now Grace could come again, and waits in line.")
        await self._press("slack", "Grace Hopper", title, "Going")

    async def _remind(self, tell: Tell, title: str) -> None:
        await self._step(tell, "The day before: word to Katherine on Slack, to Alan and Mary on Discord.")
        await self._ring(title, timedelta(days=1))
        await self._step(tell, "Two hours before, once more.")
        await self._ring(title, timedelta(hours=2))
        await self._step(tell, f"That was “{title}”. Choose who you are, and take part.")

    async def _ring(self, title: str, before: timedelta) -> None:
        """Let time pass until so long before the evening, and wait until the reminder has arrived on both platforms."""
        said = {platform: self._said(platform, title) for platform in ("slack", "discord")}
        if (due := self._starts - before) > self._clock.now():
            await self._move(due)
        for platform, already in said.items():
            await self._until(lambda at=platform, already=already: self._said(at, title) > already or None)

    def _said(self, platform: str, title: str) -> int:
        return sum(title in str(row) for row in self._board.rows(f"{platform}/message/").values())

    async def _press(self, platform: str, who: str, title: str, label: str) -> None:
        if platform == "slack":
            channel = self._slack_channel("london")
            prefix = f"slack/message/{channel}/"
            card, (block, button) = await self._until(lambda: self._pressable(prefix, title, label, _slack_button))
            await self._slack.press(self._slack_key(who), channel, card["ts"], button["action_id"], block)
        else:
            channel = self._discord_channel("london")
            prefix = f"discord/message/{channel}/"
            card, code = await self._until(lambda: self._pressable(prefix, title, label, _discord_button))
            await self._discord.acts.press(self._discord_key(who), channel, card["id"], code)

    async def _step(self, tell: Tell, sentence: str) -> None:
        tell(sentence)
        await asyncio.sleep(self._pace)

    async def _until(self, see: Callable[[], T | None]) -> T:
        try:
            async with asyncio.timeout(PATIENCE):
                with self._board.watch() as changes:
                    while (seen := see()) is None:
                        await anext(changes)
                    return seen
        except TimeoutError:
            raise Impossible("The story waited in vain for the bot. Is a fault switched on?") from None

    def _button(self, prefix: str, label: str) -> tuple[str, Any] | None:
        found = (_slack_button(row["view"]["blocks"], label) for row in self._board.rows(prefix).values())
        return next((button for button in found if button is not None), None)

    def _card(self, prefix: str, title: str) -> Any:
        rows = list(self._board.rows(prefix).values())
        return next((row for row in reversed(rows) if title in str(row)), None)

    def _pressable(
        self, prefix: str, title: str, label: str, find: Callable[[Any, str], T | None]
    ) -> tuple[Any, T] | None:
        card = self._card(prefix, title)
        button = find(card.get("blocks") or card.get("components") or [], label) if card is not None else None
        return (card, button) if button is not None else None

    def _slack_key(self, name: str) -> str:
        return self._found("slack/user/", name, lambda row: (row["real_name"], row["id"]))

    def _discord_key(self, name: str) -> str:
        return self._found("discord/user/", name, lambda row: (row["user"]["global_name"], row["user"]["id"]))

    def _slack_channel(self, name: str) -> str:
        return self._found("slack/channel/", name, lambda row: (row.get("name"), row["id"]))

    def _discord_channel(self, name: str) -> str:
        return self._found("discord/channel/", name, lambda row: (row.get("name"), row["id"]))

    def _found(self, prefix: str, name: str, read: Callable[[Any], tuple[str | None, str]]) -> str:
        keys = dict(read(row) for row in self._board.rows(prefix).values())
        if name not in keys:
            raise Impossible(f"The story cannot go on: there is no {name} any more.")
        return keys[name]


def _slack_button(blocks: Any, label: str) -> tuple[str, Any] | None:
    for block in blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element["text"]["text"] == label:
                return block["block_id"], element
    return None


def _discord_button(components: Any, label: str) -> str | None:
    for component in components:
        if component.get("label") == label:
            return component["custom_id"]
        if found := _discord_button(component.get("components", []), label):
            return found
    return None
