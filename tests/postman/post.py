"""The post: a mailbox that plays the platform's part of our own port, and errands to be carried to it."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot import codes
from bot.clock import Clock
from bot.domain.people import Caller, Person, Platform
from bot.domain.places import Destination, Home, Place, Thread
from bot.drawings import drawing
from bot.errands import Card, Delivery, Directly, Errand, InThread, Notice
from bot.messages import Message, line
from bot.ports import Busy, Front, Gone, Pace, Storage, Transaction, Unknown
from bot.postman import Postman
from tests.desk import visitors

NOW = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DISCORD = Platform("discord")
ADA, GRACE = Person(DISCORD, "U-Ada"), Person(DISCORD, "U-Grace")


def nothing() -> None:
    """What happens between two steps, most of the time."""


class Stopped(Clock):
    """A clock that is a value: it stands until it is moved."""

    def __init__(self, moment: datetime = NOW) -> None:
        super().__init__(moment)
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def move(self, to: datetime) -> None:
        self._moment = max(to, self._moment)


@dataclass(frozen=True)
class Letter:
    """One message as it stands on the platform; `said` is all of it, line by line."""

    to: Destination
    ref: str
    words: str
    key: str
    calls: tuple[Person, ...]
    at: datetime
    said: str = ""


@dataclass
class Trouble:
    """What comes of one attempt in place of success, and whether the message arrives all the same."""

    error: Exception
    arrives: bool = False


@dataclass
class Mailbox:
    """A platform that keeps every message, and has the troubles that it was told to have, in order, by destination.

    `step` is called as a request comes, and once it is done; while there is a `hold`, messages are under way, to those
    `held` or to everybody; whoever looks for a message while there is something `blinding` is told so.
    """

    clock: Clock
    pace: Pace = field(default_factory=lambda: Pace(0, 1000))
    step: Callable[[], None] = nothing
    hold: asyncio.Event | None = None
    held: frozenset[Destination] = frozenset()
    blinding: Exception | None = None
    platform: Platform = DISCORD
    title: str = "Discord"
    inbox: list[Letter] = field(default_factory=list)
    attempts: list[tuple[str, Destination, datetime]] = field(default_factory=list)
    troubles: defaultdict[Destination, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))

    async def run(self, front: Front) -> None:
        """Nobody calls from here."""

    async def connected(self) -> None:
        """Always."""

    async def home(self, name: str) -> Home | None:
        return Home(Place(self.platform, name), name)

    def trouble(self, to: Destination, *errors: Exception, arrives: bool = False) -> None:
        """Have these troubles with the next attempts to reach somebody or some place."""
        self.troubles[to] += [Trouble(error, arrives) for error in errors]

    async def post(self, to: Destination, message: Message, key: str) -> str:
        self.attempts.append(("post", to, self.clock.now()))
        self.step()
        if self.hold is not None and (not self.held or to in self.held):
            await self.hold.wait()
        trouble = self._trouble(to)
        if trouble is None or trouble.arrives:
            ref = f"ref {len(self.inbox)}"
            letter = Letter(to, ref, str(message.gist), key, message.calls, self.clock.now(), visitors.words(message))
            self.inbox.append(letter)
        self.step()
        if trouble is not None:
            raise trouble.error
        return self.inbox[-1].ref

    async def edit(self, place: Place, ref: str, message: Message) -> None:
        self.attempts.append(("edit", place, self.clock.now()))
        self.step()
        if (trouble := self._trouble(place)) is not None:
            raise trouble.error
        standing = [number for number, letter in enumerate(self.inbox) if (letter.to, letter.ref) == (place, ref)]
        if not standing:
            raise Gone("message_not_found")
        changed = {"words": str(message.gist), "said": visitors.words(message)}
        self.inbox[standing[0]] = replace(self.inbox[standing[0]], **changed)
        self.step()

    async def find(self, to: Destination, key: str, since: datetime) -> str | None:
        self.attempts.append(("find", to, self.clock.now()))
        try:
            self.step()
        except Unknown as broken:  # as adapters have it: looking can be done again
            raise Busy(1, str(broken)) from broken
        if self.blinding is not None:
            raise self.blinding
        sent = (letter for letter in self.inbox if (letter.to, letter.key) == (to, key) and letter.at >= since)
        return next((letter.ref for letter in sent), None)

    def words(self, to: Destination) -> list[str]:
        """What stands in a place, or was told to somebody."""
        return [letter.words for letter in self.inbox if letter.to == to]

    def times(self, act: str, to: Destination) -> list[float]:
        """When it was attempted, in seconds since the story began."""
        return [(at - NOW).total_seconds() for done, place, at in self.attempts if (done, place) == (act, to)]

    def _trouble(self, to: Destination) -> Trouble | None:
        return self.troubles[to].popleft() if self.troubles[to] else None


SCORE = codes.pack("score", {"game": "1"})


@drawing("score")
async def score(tx: Transaction, game: int) -> Message | None:
    """A card: how many people are known at this moment."""
    known = len(await tx.organisers.all())
    return line("Game {game}: {known} known", game=game, known=known)


@drawing("word")
async def word(tx: Transaction, word: str, whom: str) -> Message | None:
    """Something told once, to whoever it is for."""
    if word == "nothing":
        return None
    if word == "bug":
        raise ZeroDivisionError("a bug of ours")
    message = line("{word}", word=word)
    return replace(message, calls=(Person(DISCORD, whom),))


def place(name: str = "london") -> Place:
    return Place(DISCORD, name)


def card(where: Place, game: int = 1) -> Card:
    """The card of a game."""
    return Card(score.bind(game), where)


def notice(key: str, to: InThread | Directly, words: str = "") -> Notice:
    """Something to be told once; it says its own key, unless it says something else."""
    person = to.person if isinstance(to, Directly) else GRACE
    return Notice(key, word.bind(words or key, person.key), to)


@dataclass
class Office:
    """A postman at his platform, with his clock."""

    storage: Storage
    clock: Stopped = field(default_factory=Stopped)
    mailbox: Mailbox = field(init=False)
    complaints: list[str] = field(default_factory=list)
    postman: Postman = field(init=False)

    def __post_init__(self) -> None:
        self.mailbox = Mailbox(self.clock)
        self.hire()

    def hire(self) -> None:
        """A new postman, who knows nothing but what is on record."""
        self.postman = Postman(self.storage, self.mailbox, (score, word), self._complain, self.clock)

    async def _complain(self, tx: Transaction, errand: Errand, now: datetime) -> None:
        self.complaints.append(errand.key)

    async def refresh(self, *cards: Card) -> None:
        async with self.storage.writing() as tx:
            await tx.errands.refresh(cards, self.clock.now())

    async def note(self, *notices: Notice) -> None:
        async with self.storage.writing() as tx:
            await tx.errands.note(notices, self.clock.now())

    async def meet(self, name: str) -> None:
        """One more person is known, which every card says when it is drawn next."""
        async with self.storage.writing() as tx:
            accounts = await tx.members.recognise([caller(name)])
            await tx.organisers.add(accounts[caller(name).person].member)

    async def settle(self, most: int = 500, step: timedelta = SECOND / 4) -> None:
        """Let the postman go his rounds until nothing is owed; a database that is busy is tried again."""
        for _ in range(most):
            try:
                if await self.postman.round(self.clock.now()):
                    continue
                async with self.storage.reading() as tx:
                    due = await tx.errands.next(self.mailbox.platform)
            except Busy:
                self.clock.move(self.clock.now() + SECOND)
                continue
            if due is None:
                return
            self.clock.move(max(due, self.clock.now() + step))
        raise AssertionError("something is owed for ever")

    async def deliveries(self) -> list[Delivery]:
        """Every attempt on record, oldest first."""
        async with self.storage.reading() as tx:
            return list(reversed(await tx.errands.deliveries(1000)))

    async def endings(self, key: str) -> list[str]:
        """How the attempts of one errand ended."""
        return [delivery.ending for delivery in await self.deliveries() if delivery.errand == key]


def caller(name: str) -> Caller:
    return Caller(Person(DISCORD, f"U-{name}"), name, direct=False)


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Perils:
    """Something that goes wrong at one step of a story: the n-th, counted from one."""

    at: int | None = None
    error: Callable[[], BaseException] = Killed
    count: int = 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.at:
            raise self.error()


@dataclass
class Perilous:
    """The real database, with a step before each transaction, before its commit, and after it."""

    storage: Storage
    perils: Perils

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        self.perils.step()
        async with self.storage.writing() as tx:
            yield tx
            self.perils.step()
        self.perils.step()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        self.perils.step()
        async with self.storage.reading() as tx:
            yield tx


def thread(mailbox: Mailbox, where: Place) -> Thread:
    """The thread of the card that stands in a place."""
    (letter,) = [letter for letter in mailbox.inbox if letter.to == where]
    return Thread(where, letter.ref)
