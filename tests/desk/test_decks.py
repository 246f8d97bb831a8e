"""Decks at the desk: whatever happens to them, no prompt comes again before its deck is used up."""

import random
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from string import ascii_lowercase
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.calls import Form, Reply
from bot.desk import Desk
from bot.domain.prompts import PostingId, PromptId
from bot.features.prompts.keeping import Rhythms
from bot.messages import Message
from storage.database import Database, open_database
from tests.desk.visitors import DISCORD, LONDON, NOW, ON_DISCORD, call, desk, found, sent_in

Step = tuple[str, int]

STEPS = ["add", "suggest", "remove", "restore", "skip", "sooner", "post", "renew", "restart", "change"]
OFTEN = ["ring"] * 8
"""The rhythm goes on, whatever organisers do in between."""


@dataclass
class Bag:
    """A bag of slips of paper: what is drawn stays out until the bag is empty; then all that are about go back in."""

    inside: set[int] = field(default_factory=set[int])
    outside: set[int] = field(default_factory=set[int])
    away: dict[int, bool] = field(default_factory=dict[int, bool])  # taken out, and whether it was inside then

    def draw(self, slip: int) -> None:
        assert slip in self.inside, f"{slip} came again while {sorted(self.inside)} were left"
        self.inside.remove(slip)
        self.outside.add(slip)

    def refill(self) -> None:
        assert not self.inside, f"all was begun again while {sorted(self.inside)} were left"
        self.inside, self.outside = self.outside, set()
        self.away = dict.fromkeys(self.away, True)

    def take_away(self, slip: int) -> None:
        self.away[slip] = slip in self.inside
        self.inside.discard(slip)
        self.outside.discard(slip)

    def put_back(self, slip: int) -> None:
        (self.inside if self.away.pop(slip) else self.outside).add(slip)


class Chapter:
    """London's deck in the bot's hands, and a bag in ours; a renewing deck begins again by itself."""

    def __init__(self, url: str, renews: bool) -> None:
        self.url, self.renews = url, renews
        self.bag = Bag()
        self.now = NOW
        self.written = 0
        self.seen = 0
        self.drawn: list[int] = []
        self._open = AsyncExitStack()

    async def start(self) -> None:
        self.storage: Database = await open_database(self.url)
        self._open.push_async_callback(self.storage.close)
        self.desk: Desk = await self._open.enter_async_context(desk(self.storage))

    async def stop(self) -> None:
        await self._open.aclose()

    async def begin(self) -> None:
        await self.start()
        await found(self.storage)
        await self.ask("prompt schedule", rhythm="every day at 9:00", used_up="renew" if self.renews else "wait")

    async def ask(self, command: str, *, organiser: bool = True, **given: Any) -> Reply:
        typed = {name: str(value) for name, value in given.items()}
        place, platform = (LONDON, LONDON.platform) if organiser else (ON_DISCORD, DISCORD)
        who = "Ada" if organiser else "Grace"
        asked = call(command, typed, who=who, manages=organiser, at=self.now, place=place, platform=platform)
        return await self.desk.answer(asked)

    async def step(self, what: str, which: int) -> None:
        """One thing happens; what is posted of it must come out of the bag."""
        inside, about = sorted(self.bag.inside), sorted(self.bag.inside | self.bag.outside)
        away = sorted(self.bag.away)
        match what:
            case "add" | "suggest":
                await self._write(suggested=what == "suggest")
            case "remove" if about:
                slip = about[which % len(about)]
                await self.ask("prompt remove", prompt=slip)
                self.bag.take_away(slip)
            case "restore" if away:
                slip = away[which % len(away)]
                await self.ask("prompt restore", prompt=slip)
                self.bag.put_back(slip)
            case "skip" | "sooner" if inside:
                await self.ask(f"prompt {what}", prompt=inside[which % len(inside)])
            case "post" if about:
                slip = about[which % len(about)]
                if self.drawn[-1:] != [slip]:  # of what was drawn last, somebody would be asked first
                    self._refilled()
                await self.ask("prompt post", prompt=slip)
            case "renew":
                reply = await self.ask("prompt renew", chapter=1)
                assert isinstance(reply, Message)
                if str(reply.gist).startswith("The deck begins again"):
                    self.bag.refill()
            case "restart":
                await self.stop()
                await self.start()
            case "change" if about:
                slip = about[which % len(about)]
                form = await self.ask("prompt change", prompt=slip)
                assert isinstance(form, Form)
                urgent = {"priority": ("high", "usual", "low")[which % 3]}
                await self.desk.answer(sent_in(form, urgent, "Ada", manages=True))
            case "ring":
                self._refilled()
                await self._ring()
            case _:
                pass
        await self._look()

    def _refilled(self) -> None:
        """A renewing deck begins again when it is asked of while it is used up."""
        if self.renews and not self.bag.inside and self.bag.outside:
            self.bag.refill()

    async def _write(self, *, suggested: bool) -> None:
        self.written += 1
        number = self.written
        # Words of no language, so that no question resembles another.
        text = " ".join("".join(random.Random(f"{number} {word}").sample(ascii_lowercase, 7)) for word in range(4))
        await self.ask("prompt suggest" if suggested else "prompt add", organiser=not suggested, question=text)
        if suggested:
            await self.ask("prompt approve", prompt=number)
        async with self.storage.reading() as tx:
            assert (await tx.prompts.get(PromptId(number))).text == text
        self.bag.inside.add(number)

    async def _ring(self) -> None:
        """The next morning comes, and it rings twice, as it does after a crash."""
        self.now += timedelta(days=1)
        for _ in range(2):
            async with self.storage.writing() as tx:
                await Rhythms().ring(tx, self.now, 10)

    async def _look(self) -> None:
        """Draw from our bag what the bot has posted."""
        async with self.storage.reading() as tx:
            while True:
                try:
                    posting = await tx.postings.get(PostingId(self.seen + 1))
                except KeyError:
                    return
                self.seen += 1
                self.drawn.append(posting.prompt)
                self.bag.draw(posting.prompt)


async def play(url: str, renews: bool, steps: Sequence[Step]) -> list[int]:
    """A deck's life, step by step; what was drawn, in order."""
    chapter = Chapter(url, renews)
    await chapter.begin()
    try:
        for what, which in steps:
            await chapter.step(what, which)
    finally:
        await chapter.stop()
    return chapter.drawn


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    renews=st.booleans(),
    steps=st.lists(st.tuples(st.sampled_from(STEPS + OFTEN), st.integers(0, 9)), min_size=10, max_size=40),
)
async def test_no_prompt_comes_again_before_its_deck_is_used_up(
    fresh_sqlite: Callable[[], str], renews: bool, steps: list[Step]
) -> None:
    """Through additions, removals, skips and restarts; hypothesis prints what to paste to see a failure again."""
    await play(fresh_sqlite(), renews, [("add", 0), ("add", 0), *steps])


async def test_a_deck_goes_round_and_round_on_every_database(database_url: str, seed: int) -> None:
    """A hundred steps and more by chance, of which many ask; the seed is printed with a failure."""
    chance = random.Random(seed)
    steps = [(chance.choice(STEPS + OFTEN), chance.randrange(10)) for _ in range(120)]
    drawn = await play(database_url, True, [("add", 0)] * 5 + steps)
    assert len(drawn) > len(set(drawn)), f"seed {seed}: the deck never went round"
