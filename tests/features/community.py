"""A community: everybody who works for it, with a mailbox for each platform and a clock that is a value."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.desk import Desk
from bot.domain.events import EventId
from bot.domain.people import Person
from bot.features import BELLS, COMMANDS, DRAWINGS, complaints, ringing
from bot.ports import Storage
from bot.postman import Postman
from bot.timekeeper import Timekeeper
from tests.desk.visitors import DISCORD, LONDON, NOW, ON_DISCORD, SLACK, call, code, press, publish, words
from tests.postman.post import Letter, Mailbox, Stopped


@dataclass
class Community:
    """London, at home on both platforms; `desk` is open as long as the community is."""

    storage: Storage
    clock: Stopped = field(default_factory=lambda: Stopped(NOW))
    called: int = 0
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.slack = Mailbox(self.clock, platform=SLACK, title="Slack")
        self.discord = Mailbox(self.clock, platform=DISCORD, title="Discord")
        self.desk = Desk(self.storage, COMMANDS, lambda: None)
        self.postmen = [
            Postman(self.storage, mailbox, DRAWINGS, complaints.undeliverable, self.clock)
            for mailbox in (self.slack, self.discord)
        ]
        self.timekeeper = Timekeeper(self.storage, ringing.ring, self._count, self.clock, BELLS)

    def _count(self) -> None:
        self.called += 1

    async def publish(self, **plan: str) -> EventId:
        """Ada, who manages the Slack workspace, publishes an event."""
        event = await publish(self.desk, **plan)
        await self.settle()
        return event

    async def answer(self, event: EventId, wish: str, *people: tuple[str, str]) -> list[str]:
        """People press a button, one after another: (name, platform)."""
        platforms = {"slack": SLACK, "discord": DISCORD}
        at = self.clock.now()
        return [words(await self.desk.answer(press(event, wish, name, platforms[on], at))) for name, on in people]

    async def call_off(self, event: EventId) -> str:
        """Ada calls an event off, and says so twice."""
        asked = await self.desk.answer(call("event cancel", {"event": str(event)}, who="Ada", manages=True))
        command, _, number = code(asked, "Call it off").replace("%20", " ").partition("?event=")
        again = call(command, {"event": number}, who="Ada", manages=True, at=self.clock.now())
        return words(await self.desk.answer(again))

    async def settle(self) -> None:
        """Deliver everything that is owed."""
        for postman, mailbox in zip(self.postmen, (self.slack, self.discord), strict=True):
            while True:
                if await postman.round(self.clock.now()):
                    continue
                async with self.storage.reading() as tx:
                    due = await tx.errands.next(mailbox.platform)
                if due is None:
                    break
                self.clock.move(max(due, self.clock.now() + timedelta(seconds=1)))

    async def wait_until(self, moment: str) -> int:
        """Let time pass until a moment by London's summer time, ring what is due, deliver it; how many rang."""
        self.clock.move(datetime.fromisoformat(f"{moment}+01:00"))
        rang = await self.timekeeper.tick(self.clock.now())
        await self.settle()
        return rang

    def told(self) -> list[tuple[str, str]]:
        """What people were told besides the cards: (who, what), whether directly or by a mention in a thread."""
        told: list[tuple[str, str]] = []
        for letter in (*self.slack.inbox, *self.discord.inbox):
            told += [(name, letter.words) for name in _for(letter)]
        return sorted(told)

    def forget(self) -> None:
        """Read everything, so that only what comes from now on is new."""
        for mailbox in (self.slack, self.discord):
            mailbox.inbox = [letter for letter in mailbox.inbox if letter.to in (LONDON, ON_DISCORD)]


def _for(letter: Letter) -> list[str]:
    people: list[Person] = [letter.to] if isinstance(letter.to, Person) else list(letter.calls)
    return [person.key.removeprefix("U-") for person in people]
