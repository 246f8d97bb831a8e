"""The stage of the adapter's tests: a stand-in Slack, its people, and a desk that says what a test tells it to say."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Annotated, Any, TypeAlias

from adapters.playground.board import Board
from adapters.playground.slack import SlackStandIn
from adapters.slack import Slack
from adapters.slack.connection import Pauses
from adapters.slack.doors import Deadlines
from bot.calls import Call, Candidate, Reply
from bot.clock import Clock
from bot.commands import Ask, Declared, command
from bot.domain.people import Person
from bot.messages import Button, Buttons, Message, Paragraph, line, say
from bot.ports import Transaction

Json: TypeAlias = dict[str, Any]

# Here the adapter loses patience sooner, but not before a stand-in on the same machine could have answered.
HASTY = Deadlines(acknowledge=0.5, open=0.2, settle=0.05, leave=1.0)
BRISK = Pauses(look=0.02, down=0.1, connect=0.5, first=0.05, longest=0.2, unauthorised=0.1, close=0.5)


@command("event create", "Plan a new event")
async def create(
    call: Call,
    tx: Transaction,
    title: Annotated[str, Ask("What is it called?", most=80)],
    starts: Annotated[str, Ask("When does it start?", "Thu 17 Sep 18:30")],
    host: Annotated[Person | None, Ask("Who hosts it?")] = None,
    about: Annotated[str | None, Ask("What is it about?", most=1500, lines=True)] = None,
) -> Reply:
    return line("Planned.")


@command("event list", "What is coming up", reads=True)
async def list_events(call: Call, tx: Transaction) -> Reply:
    return line("Nothing.")


@command("help", "What there is", reads=True)
async def help_(call: Call, tx: Transaction, topic: Annotated[str | None, Ask("About what?")] = None) -> Reply:
    return line("There is this.")


@command("rsvp", "Answer an invitation")
async def rsvp(
    call: Call,
    tx: Transaction,
    event: Annotated[int, Ask("Which event?")],
    answer: Annotated[str, Ask("Are you coming?")],
    note: Annotated[str | None, Ask("Ours alone", hidden=True)] = None,
) -> Reply:
    return line("Noted.")


@command("event seats", "Change the seats of an event", hidden=True)
async def seats(call: Call, tx: Transaction, event: Annotated[int, Ask("Which event?")]) -> Reply:
    return line("Changed.")


COMMANDS: Sequence[Declared] = (create, list_events, help_, rsvp, seats)


def card(words: str = "Pub night") -> Message:
    """A message with two buttons."""
    text = say("{words}", words=words)
    going = Button("Going", rsvp.bind(42, "going"))
    return Message((Paragraph(text), Buttons((going, Button("Maybe", rsvp.bind(42, "maybe"))))), text)


@dataclass
class Told:
    """A desk that remembers every call and gives the reply it was told to give, once it is `open`."""

    reply: Reply | Callable[[Call], Reply] = field(default_factory=lambda: line("Done."))
    offered: Sequence[Candidate] = ()
    kept: Reply = field(default_factory=lambda: line("Nothing was kept."))
    calls: list[Call] = field(default_factory=list)
    asked: list[tuple[Call, str, str]] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def answer(self, call: Call) -> Reply:
        self.calls.append(call)
        self.reached.set()
        await self.open.wait()
        return self.reply(call) if callable(self.reply) else self.reply

    async def keep(self, call: Call) -> Reply:
        self.calls.append(call)
        return self.kept

    async def candidates(self, call: Call, parameter: str, typed: str) -> Sequence[Candidate]:
        self.asked.append((call, parameter, typed))
        await self.open.wait()
        return self.offered


def anything(row: Mapping[str, Any]) -> bool:
    return True


@dataclass
class Watch:
    """The stand-in's stopwatch, which a test may set ahead to let deadlines pass."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return monotonic() + self.ahead


@dataclass
class Stage:
    """All that a test about the adapter needs: the stand-in, its board, the desk, two people and a channel."""

    board: Board
    standin: SlackStandIn
    slack: Slack
    desk: Told
    clock: Clock
    watch: Watch
    ada: str
    grace: str
    london: str

    async def shown(self, prefix: str, wanted: Callable[[Json], bool] = anything) -> Json:
        """The first row of this kind that is as wanted, as soon as it is on the board."""
        with self.board.watch() as changes:
            async for name, row in changes:
                if name.startswith(prefix) and row is not None and wanted(dict(row)):
                    return dict(row)
        raise AssertionError("A board is watched until its watcher leaves.")

    async def told(self, who: str, words: str) -> Json:
        """A message with these words that only this person sees."""
        return await self.shown(f"slack/ephemeral/{who}/", lambda row: row["text"] == words)

    async def view(self, who: str, title: str, wanted: Callable[[Json], bool] = anything) -> Json:
        """A modal with this title before this person."""
        row = await self.shown(
            f"slack/view/{who}/", lambda row: row["view"]["title"]["text"] == title and wanted(row["view"])
        )
        return row["view"]

    def rows(self, prefix: str) -> list[Json]:
        return [dict(row) for row in self.board.rows(prefix).values()]

    def wire(self, what: str) -> list[Json]:
        """Everything of this kind that went over the wire, oldest first."""
        return [row for row in self.rows("wire/") if row["what"] == what]

    def wire_in(self) -> list[Json]:
        """Every call of the Web API that the adapter made, oldest first, but for those that a fault left unread."""
        asked = [row for row in self.rows("wire/") if row["direction"] == "in" and row["status"] == 200]
        return [row for row in asked if re.fullmatch(r"[a-zA-Z]+(\.[a-zA-Z]+)+", row["what"])]

    async def press(self, who: str, message: Json, label: str, channel: str | None = None) -> Json:
        """Press the button with this label on a message."""
        block, button = next(
            (block, element)
            for block in message["blocks"]
            for element in block.get("elements", [])
            if element.get("text", {}) == {"type": "plain_text", "text": label, "emoji": False}
        )
        place = {"channel": channel or message.get("channel", self.london), "ts": message["ts"]}
        return await self.standin.press(who, **place, action_id=button["action_id"], block_id=block["block_id"])

    def message(self, ref: str) -> Json:
        """The message with this ref, as it stands in the workspace."""
        channel, _, ts = ref.partition(":")
        row = self.board.get(f"slack/message/{channel}/{ts}")
        assert row is not None
        return dict(row)


def words(blocks: Sequence[Mapping[str, Any]]) -> str:
    """What people read in these blocks, one line a block."""
    return "\n".join(_words(block) for block in blocks)


def _words(one: Any) -> str:
    match one:
        case {"type": "date", "fallback": str(fallback)}:
            return fallback
        case {"type": "user", "user_id": str(key)}:
            return f"@{key}"
        case {"elements": list(elements), "type": "actions"}:
            return " ".join(f"[{_words(element)}]" for element in elements)
        case {"elements": list(elements)}:
            return "".join(_words(element) for element in elements)
        case {"label": label, "element": _}:
            return f"{_words(label)} ____"
        case {"text": str(text)}:
            return text
        case {"text": dict(text)}:
            return _words(text)
        case _:
            return "———"
