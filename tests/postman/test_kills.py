"""Kills: whatever dies between any two steps, everybody is told once and every card says the truth."""

import random

import pytest

from bot.domain.people import Person
from bot.domain.places import Place
from bot.errands import Card, Directly, InThread
from bot.ports import Busy, Gone, Unknown
from storage.database import Database
from tests.postman.post import DISCORD, Killed, Office, Perilous, Perils, card, notice, place


class Story:
    """One card, something told in its thread, something told directly, and somebody who takes no direct messages."""

    def __init__(self, storage: Database, name: str) -> None:
        self.storage = Perilous(storage, Perils())
        self.office = Office(self.storage)
        self.name = name
        self.place: Place = place(name)
        self.card: Card = card(self.place)
        self.open, self.closed = Person(DISCORD, f"open {name}"), Person(DISCORD, f"closed {name}")

    def face(self, database: Perils, platform: Perils) -> None:
        """From now on this is what goes wrong."""
        self.storage.perils = database
        self.office.mailbox.step = platform.step

    async def promise(self) -> None:
        """Write everything down, as commands do."""
        await self.office.refresh(self.card)
        await self.office.note(
            notice(f"{self.name} thread", InThread(self.card)),
            notice(f"{self.name} direct", Directly(self.open)),
            notice(f"{self.name} closed", Directly(self.closed, self.card)),
        )
        self.office.mailbox.trouble(self.closed, *[Gone("closed")] * 9)

    async def work(self) -> None:
        """Deliver all that is owed, with a new postman wherever one dies."""
        done = False
        while not done:
            try:
                await self.office.settle()
                done = True
            except* Killed:
                self.office.hire()

    async def play(self, at: int, error: type[BaseException]) -> bool:
        """The whole story, with something going wrong at one step; whether it came to that step at all."""
        await self.promise()
        # A platform that says it is busy has done nothing, so that is tried in test_endings.
        perils = Perils(at, (lambda: Busy(1, "out of reach")) if error is Busy else error)
        self.face(perils, Perils() if error is Busy else perils)
        await self.work()
        self.face(Perils(), Perils())
        await self.office.meet(self.name)
        await self.office.refresh(self.card)
        await self.work()
        return perils.count >= at

    def check(self, known: int) -> None:
        """As seen by whoever reads the channel and the inboxes."""
        mailbox = self.office.mailbox
        told = sorted(letter.words for letter in mailbox.inbox if letter.to != self.place)
        assert told == [f"{self.name} {what}" for what in ("closed", "direct", "thread")]
        assert mailbox.words(self.place) == [f"Game 1: {known} known"]


@pytest.mark.parametrize("error", [Killed, Busy])
async def test_a_failure_at_any_single_step_loses_and_doubles_nothing(
    storage: Database, error: type[BaseException]
) -> None:
    """Every step in turn: before and after each transaction and each commit, before and after anything arrives."""
    at, reached = 0, True
    while reached:
        at += 1
        story = Story(storage, f"story {at}")
        reached = await story.play(at, error)
        story.check(known=at)
    assert at > 20, "there were fewer steps than there must be"


async def test_any_number_of_failures_at_random_loses_and_doubles_nothing(storage: Database, seed: int) -> None:
    """Kills, a database out of reach, connections that break before or after the message arrived, all in one story."""
    chance = random.Random(seed)

    class Any(Perils):
        def step(self) -> None:
            if chance.random() < 0.08:
                raise self.error()

    for number in range(1, 16):
        story = Story(storage, f"story {number}")
        await story.promise()
        story.face(
            Any(error=lambda: chance.choice([Killed(), Busy(1, "out of reach")])),
            Any(error=lambda: chance.choice([Killed(), Unknown("reset")])),
        )
        await story.work()
        story.face(Perils(), Perils())
        await story.office.meet(story.name)
        await story.office.refresh(story.card)
        await story.work()
        story.check(known=number)
