"""The lives of errands: whatever happens, in whatever order, nothing promised is lost and nothing is held twice."""

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.domain.people import Person
from bot.domain.places import Place
from bot.errands import Card, Directly, Ending, Errand, InThread, Notice
from storage.database import Database
from storage.transaction import Transaction
from tests.storage.made import HOUR, LEASE, LEEDS, LONDON, NOW, SLACK, card, direct, told

CARDS = [card(1, LONDON), card(2, LONDON), card(1, LEEDS)]
NOTICES = [
    told("thread", InThread(CARDS[0])),
    told("person 1", direct(1)),
    told("person 1 again", direct(1, otherwise=CARDS[1])),
    told("person 2", direct(2)),
]
ENDINGS = [ending for ending in Ending if ending is not Ending.RETRY]


class Undo(Exception):
    """Raised at the end of a life, so that the next one begins with an empty record."""


class Outbox:
    """Errands on record beside what ought to be there, checked at every step."""

    def __init__(self, transaction: Transaction) -> None:
        self.errands = transaction.errands
        self.now = NOW
        self.wishes: Counter[str] = Counter()
        self.drawn: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.hands: list[Errand] = []
        self.lost: set[str] = set()
        self.doubts: dict[str, object] = {}
        self.tries: Counter[str] = Counter()

    async def refresh(self, cards: list[Card]) -> None:
        await self.errands.refresh(cards, self.now)
        self.wishes.update({each.key for each in cards})

    async def note(self, notices: list[Notice]) -> None:
        await self.errands.note(notices, self.now)
        self.wishes.update({each.key: 1 for each in notices if each.key not in self.wishes})

    async def claim(self, most: int, cards: int, resting: list[Place]) -> None:
        claimed = await self.errands.claim(SLACK, self.now, LEASE, most, cards, resting)
        assert len(claimed) <= most
        assert sum(isinstance(errand.to, Card) for errand in claimed) <= cards
        busy = {destination(errand) for errand in self.hands}
        goals = [destination(errand) for errand in claimed]
        assert len(set(goals)) == len(goals)
        assert not busy & set(goals)
        assert not set(resting) & set(goals)
        for errand in claimed:
            self.tries[errand.key] += errand.key in self.lost
            assert (errand.doubtful, errand.tries) == (self.doubts.get(errand.key), self.tries[errand.key])
            assert errand.wanted == self.wishes[errand.key]
            self.lost.discard(errand.key)
            self.doubts[errand.key] = errand.doubtful or self.now
            self.hands.append(errand)

    async def finish(self, which: int, ending: Ending) -> None:
        if self.hands:
            errand = self.hands.pop(which % len(self.hands))
            await self.errands.done(errand, ending, self.now)
            self.ended[errand.key] += 1
            self.drawn[errand.key] = errand.wanted
            self.tries[errand.key] = 0
            if ending is not Ending.UNKNOWN:
                self.doubts[errand.key] = None

    async def fail(self, which: int, seconds: int, doubtful: bool) -> None:
        if self.hands:
            errand = self.hands.pop(which % len(self.hands))
            await self.errands.later(errand, self.now + timedelta(seconds=seconds), self.now, "slow down", doubtful)
            self.tries[errand.key] += 1
            if not doubtful:
                self.doubts[errand.key] = None

    async def die(self) -> None:
        """The process is killed, and nobody comes by before its leases are over."""
        self.lost |= {errand.key for errand in self.hands}
        self.hands.clear()
        self.now += LEASE

    async def wait(self, seconds: int) -> None:
        # Whoever holds something reports before the lease is over, or is dead.
        self.now += timedelta(seconds=seconds)

    async def drain(self) -> None:
        """Deliver all that is left, as a bot does that nothing happens to."""
        while self.hands:
            await self.finish(0, Ending.SENT)
        self.now += HOUR
        while (due := await self.errands.next(SLACK)) is not None:
            assert due <= self.now
            await self.claim(9, 9, [])
            assert self.hands
            while self.hands:
                await self.finish(0, Ending.SENT)


def destination(errand: Errand) -> Place | Person:
    """Where an errand goes first."""
    match errand.to:
        case Card(place=place) | InThread(Card(place=place)):
            return place
        case Directly(person):
            return person


STEPS = some.lists(
    some.one_of(
        some.tuples(some.just("refresh"), some.lists(some.sampled_from(CARDS), max_size=4)),
        some.tuples(some.just("note"), some.lists(some.sampled_from(NOTICES), max_size=3)),
        some.tuples(
            some.just("claim"),
            some.integers(1, 4),
            some.integers(0, 4),
            some.lists(some.sampled_from([LONDON, LEEDS]), max_size=1),
        ),
        some.tuples(some.just("finish"), some.integers(0, 5), some.sampled_from(ENDINGS)),
        some.tuples(some.just("fail"), some.integers(0, 5), some.integers(0, 90), some.booleans()),
        some.tuples(some.just("wait"), some.integers(0, 2)),
        some.tuples(some.just("die")),
    ),
    max_size=20,
)


@given(steps=STEPS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_nothing_promised_is_lost_and_nothing_is_held_twice(storage: Database, steps: list[tuple]) -> None:
    """Every card is drawn at least as late as its last wish, and every notice ends exactly once."""
    try:
        async with storage.writing() as transaction:
            outbox = Outbox(transaction)
            for name, *given_ in steps:
                await getattr(outbox, name)(*given_)
            await outbox.drain()
            assert outbox.drawn == outbox.wishes
            assert {notice.key: outbox.ended[notice.key] for notice in NOTICES} == {
                notice.key: outbox.wishes[notice.key] for notice in NOTICES
            }
            raise Undo
    except Undo:
        pass
