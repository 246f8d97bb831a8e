"""Presses while the bot is killed at random: whatever a platform said was taken, was taken."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from random import Random

from adapters.playground.board import Row
from adapters.playground.personas import PEOPLE
from bot.domain.rsvps import Wish
from tests.crash.rig import Rig
from tests.crash.test_the_seam import publish
from tests.scenarios.hands import Hands
from tests.scenarios.seen import Seen

SEATS = 3
KILLS = 3
PROMPT = 1.9
"""Seconds; a press that is acknowledged later is only asked for patience, and promised nothing yet."""

PLACES = ("Going", "Waiting", "Maybe")
STANDING = {Wish.GOING: {"Going", "Waiting"}, Wish.MAYBE: {"Maybe"}, Wish.NOT_GOING: {""}}
"""Where on a card somebody may stand who said this last."""


class Visitor:
    """Somebody who presses again and again, and remembers what the platform made of it."""

    def __init__(self, hands: Hands, name: str, random: Random) -> None:
        self.name = name
        self.promised = 0
        self.lined_up = 0
        self.may_have_said = [Wish.NOT_GOING]
        """What was acknowledged last, and whatever was said since then of which nobody knows."""
        self._hands = hands
        self._random = random

    async def press(self) -> bool:
        """Press something; whether it was acknowledged."""
        wish = self._random.choice([*Wish])
        self.lined_up += wish is Wish.GOING
        self.may_have_said.append(wish)
        began = asyncio.get_running_loop().time()
        done = await self._hands.push(self.name, wish.words, on="london")
        if done["acked"] and asyncio.get_running_loop().time() - began < PROMPT:
            self.may_have_said = [wish]
            self.promised += 1
        return done["acked"]

    async def press_until_nobody_answers(self) -> None:
        while await self.press():
            pass

    def may_stand(self) -> set[str]:
        return set().union(*(STANDING[wish] for wish in self.may_have_said))


def rows(number: int) -> Callable[[str, Row], bool]:
    """Whether so many more requests and events have passed between the bot and the platforms."""
    seen: set[str] = set()

    def trips(name: str, _row: Row) -> bool:
        if name.startswith("wire/"):
            seen.add(name)
        return len(seen) >= number

    return trips


def guests(card: Seen) -> dict[str, list[str]]:
    """Who stands where on a card."""
    lists = {place: [] for place in PLACES}
    for line in card.words.splitlines():
        for place in PLACES:
            if line.startswith(f"{place} ("):
                names = line.partition(")")[2].lstrip(": ")
                lists[place] = names.split(", ")
    return lists


async def test_a_press_that_was_acknowledged_is_never_lost(database_url: str, tmp_path: Path, seed: int) -> None:
    """Six people press at will on both platforms and the bot is killed again and again: the cards honour every promise.

    Seats are never oversold, nobody waits beside a free one, and nobody is told of a seat more often than they asked.
    """
    random = Random(seed)
    async with Rig("slack", database_url, tmp_path).playing() as rig:
        await rig.open()
        await publish(rig, seats=str(SEATS))
        await rig.shows(seats=f"{SEATS}, {SEATS} left")
        witness, *names = PEOPLE
        visitors = [
            Visitor(hands, name, random)
            for hands, some in ((rig.here, names[:3]), (rig.there, names[3:]))
            for name in some
        ]
        for _ in range(KILLS):
            rig.kill_when(rows(random.randint(20, 200)), soon=random.random() < 0.5)
            pressing = [asyncio.create_task(visitor.press_until_nobody_answers()) for visitor in visitors]
            await rig.bot.ended()
            await rig.again()
            await asyncio.gather(*pressing)
        # What she says comes after everything else, so what stands on a card beside her is the last word.
        await rig.here.press(witness, "Maybe", on="london")
        await rig.settle()

        here, there = (guests(rig.card(hands)) for hands in (rig.here, rig.there))
        assert here == there
        assert witness in here["Maybe"]
        told = [who for who, words in rig.told() if words.startswith("A seat has come free")]
        assert len(told) == len(rig.told())
        for visitor in visitors:
            where = "".join(place for place in PLACES if visitor.name in here[place])
            assert where in visitor.may_stand(), f"{visitor.name}: {visitor.may_have_said}"
            assert told.count(visitor.name) <= visitor.lined_up
            assert visitor.promised > 0
        assert len(here["Going"]) <= SEATS
        assert here["Waiting"] == [] or len(here["Going"]) == SEATS
        await rig.stop()
