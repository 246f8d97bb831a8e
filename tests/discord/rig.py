"""A small honest desk, commands to declare, and what a test asks of the stand-in."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Self

from adapters.discord import Discord
from adapters.playground.board import Board
from adapters.playground.discord import Discord as StandIn
from bot.calls import Asked, Call, Candidate, Form, Kind, Reply
from bot.commands import Ask, Declared, Parameter
from bot.domain.people import Platform
from bot.domain.places import Place
from bot.messages import line

DISCORD = Platform("discord")

ANSWERS = (Candidate("Going", "going"), Candidate("Maybe", "maybe"), Candidate("Can't make it", "not going"))


def parameter(name: str, question: str, kind: Kind = Kind.LINE, *, most: int = 150, **more: Any) -> Parameter:
    """A parameter as the core declares it; what can be picked from is offered elsewhere."""
    types: dict[Kind, type[Any]] = {Kind.NUMBER: int}
    return Parameter(name, Ask(question, most=most), kind, types.get(kind, str), more.pop("required", True), **more)


COMMANDS = (
    Declared(
        "event create",
        "Plan a new event",
        (
            parameter("title", "What is it called?", most=80),
            parameter("starts", "When does it start?"),
            parameter("where", "Where?", required=False),
            parameter("about", "What is it about?", Kind.LINES, most=1500, required=False),
            parameter("seats", "How many seats?", Kind.NUMBER, required=False),
            parameter("host", "Who is the host?", Kind.PERSON, required=False),
            parameter("chapter", "Which chapter?", Kind.PICK),
        ),
    ),
    Declared("event list", "See what is coming up", ()),
    Declared(
        "rsvp",
        "Answer an invitation",
        (
            parameter("event", "Which event?", Kind.PICK),
            parameter("answer", "Will you come?", Kind.PICK, candidates=ANSWERS),
        ),
    ),
    Declared("help", "See what I can do", ()),
    Declared("event call-off", "Call an event off at once", (parameter("event", "Which event?"),), hidden=True),
)

PLANNING = (
    Asked("title", "What is it called?", "", Kind.LINE, 80, required=True),
    Asked("starts", "When does it start?", "For example: Thu 17 Sep 18:30", Kind.LINE, 80, required=True),
    Asked("where", "Where?", "", Kind.LINE, 150, required=False),
    Asked("about", "What is it about?", "", Kind.LINES, 1500, required=False),
    Asked("seats", "How many seats?", "", Kind.NUMBER, 6, required=False),
    Asked("host", "Who is the host?", "", Kind.PERSON, 150, required=False),
    Asked("chapter", "Which chapter?", "", Kind.PICK, 150, True, (Candidate("London", "1"), Candidate("Leeds", "2"))),
)


def planning(**more: Any) -> Form:
    """A form of seven questions, which is two pages on Discord."""
    return replace(Form("event create", "Plan a new event", "Preview", PLANNING), **more)


Say = Callable[[Call], Reply]


@dataclass
class Front:
    """Answers what the test tells it to, keeps forms as the desk does, and remembers what it heard."""

    says: dict[str, Say] = field(default_factory=dict[str, Say])
    offers: Sequence[Candidate] = ()
    fails: Exception | None = None
    heard: list[Call] = field(default_factory=list[Call])
    kept: dict[int, Form] = field(default_factory=dict[int, Form])
    whole: Form = field(default_factory=planning)
    """What a kept form asks, given or not."""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once somebody waits for an answer."""

    def __post_init__(self) -> None:
        self.open.set()

    async def answer(self, call: Call) -> Reply:
        self.asked.set()
        await self.open.wait()
        if call.command == "form" and "send" not in call.given:
            return self.kept[int(call.given["kept"])]
        if call.kept is not None:
            call = replace(call, given={**self.kept[call.kept].typed, **call.given})
        self.heard.append(call)
        return self.says.get(call.command, lambda _: line("Done."))(call)

    async def keep(self, call: Call) -> Reply:
        earlier = self.kept[call.kept].typed if call.kept is not None else {}
        number = call.kept or len(self.kept) + 1
        self.kept[number] = replace(self.whole, command=call.command, typed={**earlier, **call.given}, kept=number)
        return self.kept[number]

    async def candidates(self, call: Call, parameter: str, typed: str) -> Sequence[Candidate]:
        await self.open.wait()
        self.heard.append(call)
        if self.fails is not None:
            raise self.fails
        return [candidate for candidate in self.offers if typed.lower() in candidate.label.lower()]

    def correct(self, call: Call, **errors: str) -> Form:
        """The form of a call that cannot be used, kept as the desk keeps it."""
        number = call.kept or len(self.kept) + 1
        self.kept[number] = replace(self.whole, command=call.command, typed=call.given, errors=errors, kept=number)
        return self.kept[number]


@dataclass
class Someone:
    """A person at their Discord client."""

    standin: StandIn
    key: str

    async def slash(self, channel: str, command: str, **options: Any) -> dict[str, Any]:
        return await self._act("slash", channel=channel, command=command, options=options)

    async def press(self, message: Mapping[str, Any], label: str) -> dict[str, Any]:
        """Press the button with this label on a message."""
        [code] = [one["custom_id"] for one in parts(message["components"]) if one.get("label") == label]
        return await self._act("press", channel=message["channel_id"], message=message["id"], custom_id=code)

    async def fill(self, **values: Any) -> dict[str, Any]:
        """Send in the form that is open, with these answers and what was in it already."""
        return await self._act("submit", modal=self.form_name, values=values)

    async def complete(self, channel: str, command: str, focused: str, **options: Any) -> dict[str, Any]:
        return await self._act("complete", channel=channel, command=command, options=options, focused=focused)

    @property
    def form_name(self) -> str:
        [name] = self.standin.board.rows(f"discord/modal/{self.key}/")
        return name.rpartition("/")[2]

    @property
    def form(self) -> Mapping[str, Any]:
        """The one form that is open."""
        [form] = self.standin.board.rows(f"discord/modal/{self.key}/").values()
        return form

    @property
    def private(self) -> list[Mapping[str, Any]]:
        """Every message that only they see, in order."""
        return list(self.standin.board.rows(f"discord/ephemeral/{self.key}/").values())

    async def told(self, number: int = 1) -> Mapping[str, Any]:
        """The last of so many private messages, once it says something."""
        return (await until(self.standin.board, lambda: [one for one in self.private if one["components"]], number))[-1]

    async def _act(self, name: str, **given: Any) -> dict[str, Any]:
        return await self.standin.act(name, {"user": self.key, **given})


class Ear(logging.Handler):
    """Waits for a word in the adapter's log."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self.heard = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if self._word in record.getMessage():
            self.heard.set()

    async def __aenter__(self) -> Self:
        logging.getLogger("adapters.discord").addHandler(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        logging.getLogger("adapters.discord").removeHandler(self)


async def until(board: Board, seen: Callable[[], list[Any]], number: int = 1) -> list[Any]:
    """What is seen on the board, once there is so much of it."""
    async with asyncio.timeout(10):
        with board.watch() as changes:
            async for _ in changes:
                if len(found := seen()) >= number:
                    return found
    raise AssertionError


def parts(components: Any) -> list[dict[str, Any]]:
    """Every component, however deep."""
    found: list[dict[str, Any]] = []
    for one in components if isinstance(components, list) else [components] if components else []:
        found += [one, *parts(one.get("components")), *parts(one.get("component"))]
    return found


def words(message: Mapping[str, Any]) -> str:
    """All text of a message, a line each."""
    return "\n".join(one["content"] for one in parts(message["components"]) if one["type"] == 10)


def labels(message: Mapping[str, Any]) -> list[str]:
    """Its buttons."""
    return [one["label"] for one in parts(message["components"]) if one["type"] == 2]


@asynccontextmanager
async def running(adapter: Discord, front: Front) -> AsyncIterator[asyncio.Task[None]]:
    """Runs an adapter until the block ends; what it raised is raised there."""
    task = asyncio.create_task(adapter.run(front))
    try:
        yield task
        if task.done() and not task.cancelled():
            task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def connected(adapter: Discord) -> None:
    """Wait for an adapter as its staff does, but not for ever."""
    async with asyncio.timeout(10):
        await adapter.connected()


def place(channel: str) -> Place:
    return Place(DISCORD, channel)


def posted(standin: StandIn, ref: str) -> Mapping[str, Any]:
    """A message as everybody sees it."""
    found = standin.board.get(f"discord/message/{ref}")
    assert found is not None, f"There is no message {ref}."
    return found
