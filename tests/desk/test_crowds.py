"""Crowds: however many press at once, everybody is answered as if they had come one after another."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import pytest

from bot.calls import Door
from bot.commands import Ask, Crowd, Outcome, Press, crowd
from bot.desk import Desk
from bot.domain.rsvps import Answer
from bot.errands import Directly
from bot.messages import line
from bot.ports import Transaction
from storage.database import Database, database
from tests.desk import visitors
from tests.desk.visitors import DISCORD, NOW, SLACK, call, found, guests, press, publish, words


async def test_three_hundred_presses_at_once_come_out_in_order(desk: Desk, storage: Database) -> None:
    """The first hundred sit, the others wait, each told their own place, in the order in which they came."""
    event = await publish(desk, seats="100")
    names = [f"Guest {number}" for number in range(300)]
    replies = await asyncio.gather(*(desk.answer(press(event, "going", name)) for name in names))
    assert [words(reply) for reply in replies[:100]] == [
        "You are going to Evening, Thursday 17 September 2026, 18:30 BST.\n[Add to calendar]"
    ] * 100
    assert [words(reply) for reply in replies[100:]] == [
        f"Evening is full. You are number {place} in line, and we will tell you when a seat is yours."
        for place in range(1, 201)
    ]
    assert await guests(storage, event, Answer.GOING) == names[:100]
    assert await guests(storage, event, Answer.WAITING) == names[100:]


async def test_changes_of_mind_in_a_crowd_promote_the_longest_waiting(desk: Desk, storage: Database) -> None:
    """Ten give up their seats while others arrive: whoever waited first sits, whoever came last waits."""
    event = await publish(desk, seats="20")
    first = [f"Guest {number}" for number in range(30)]
    await asyncio.gather(*(desk.answer(press(event, "going", name)) for name in first))
    leaving = [press(event, "not going", name) for name in first[:10]]
    coming = [press(event, "going", f"Late {number}") for number in range(10)]
    mixed = [each for pair in zip(leaving, coming, strict=True) for each in pair]
    await asyncio.gather(*(desk.answer(each) for each in mixed))
    assert await guests(storage, event, Answer.GOING) == first[10:]
    assert await guests(storage, event, Answer.WAITING) == [f"Late {number}" for number in range(10)]
    async with storage.writing() as tx:
        errands = await tx.errands.claim(SLACK, NOW + timedelta(hours=1), timedelta(minutes=1), 100, 0, [])
    assert sorted(errand.to.person.key for errand in errands if isinstance(errand.to, Directly)) == sorted(
        f"U-{name}" for name in first[20:]
    )


async def test_one_person_pressing_wildly_is_where_their_last_press_put_them(
    desk: Desk, storage: Database, seed: int
) -> None:
    """The order of presses is kept within a group as well as between groups."""
    event = await publish(desk, seats="5")
    wishes = random.Random(seed).choices(["going", "maybe", "not going"], k=40)
    replies = await asyncio.gather(*(desk.answer(press(event, wish, "Grace")) for wish in wishes))
    starts = {"going": "You are going", "maybe": "You may come", "not going": "You are not coming"}
    assert [words(reply).startswith(starts[wish]) for reply, wish in zip(replies, wishes, strict=True)] == [True] * 40
    assert await guests(storage, event, Answer(wishes[-1])) == ["Grace"]


async def test_a_crowd_on_two_events_and_two_platforms_keeps_them_apart(desk: Desk, storage: Database) -> None:
    """One group may hold presses of any events."""
    events = [await publish(desk, seats="3"), await publish(desk, title="Matinee", seats="4")]
    presses = [
        press(events[number % 2], "going", f"Guest {number}", (SLACK, DISCORD)[number % 3 % 2]) for number in range(20)
    ]
    await asyncio.gather(*(desk.answer(each) for each in presses))
    assert await guests(storage, events[0], Answer.GOING) == ["Guest 0", "Guest 2", "Guest 4"]
    assert await guests(storage, events[1], Answer.GOING) == ["Guest 1", "Guest 3", "Guest 5", "Guest 7"]


async def test_everybody_is_answered_after_the_commit(desk: Desk, storage: Database) -> None:
    """Whoever has an answer is on record, whatever happens to the bot a moment later."""
    event = await publish(desk, seats="200")

    async def pressed(name: str) -> bool:
        await desk.answer(press(event, "going", name))
        return name in await guests(storage, event, Answer.GOING)

    assert await asyncio.gather(*(pressed(f"Guest {number}") for number in range(60))) == [True] * 60


async def test_two_processes_on_one_database_never_oversell(database_url: str, seed: int) -> None:
    """Each with its own desk and its own connections; the database is the only lock."""
    async with database(database_url, patience=30) as one, database(database_url, patience=30) as two:
        await found(one)
        async with visitors.desk(one) as left, visitors.desk(two) as right:
            event = await publish(left, seats="50")
            desks = random.Random(seed).choices([left, right], k=200)
            presses = [press(event, "going", f"Guest {number}") for number in range(200)]
            replies = await asyncio.gather(
                *(each.answer(pressing) for each, pressing in zip(desks, presses, strict=True))
            )
        going, waiting = await guests(one, event, Answer.GOING), await guests(one, event, Answer.WAITING)
    told = {f"Guest {number}": words(reply) for number, reply in enumerate(replies)}
    assert (len(going), len(waiting)) == (50, 150)
    assert {name for name in told if told[name].startswith("You are going")} == set(going)
    assert [told[name].split()[6] for name in waiting] == [str(place) for place in range(1, 151)]


@dataclass(frozen=True, slots=True)
class Lifting:
    """What is asked of somebody who lifts."""

    stones: Annotated[int, Ask("How many?")]


async def _load(tx: Transaction, presses: Sequence[Press[Lifting]]) -> int:
    await tx.members.recognise({press.call.caller.person: press.call.caller for press in presses}.values())
    return len(presses)


def _decide(size: int, presses: Sequence[Press[Lifting]]) -> list[Outcome[int]]:
    return [Outcome(12 // each.asked.stones, line("{size} together", size=size)) for each in presses]


async def _keep(tx: Transaction, size: int, outcomes: Sequence[Outcome[int]]) -> None:
    if any(outcome.kept == 12 for outcome in outcomes):
        raise ArithmeticError("one is too heavy to keep")


LIFT: Crowd[..., Lifting] = crowd("lift", "Lift stones", asks=Lifting, load=_load, decide=_decide, keep=_keep)


@pytest.mark.parametrize("poison", ["0", "1"])
async def test_one_bad_press_fails_alone(storage: Database, poison: str) -> None:
    """Whether deciding or keeping fails: everybody else is answered, and on record; whoever it is gets a reference."""
    async with Desk(storage, [LIFT], lambda: None) as desk:
        stones = ["2"] * 10 + [poison] + ["3"] * 10
        calls = [
            call("lift", {"stones": weight}, who=f"Guest {n}", door=Door.BUTTON) for n, weight in enumerate(stones)
        ]
        replies = [words(reply) for reply in await asyncio.gather(*map(desk.answer, calls))]
    failed = [number for number, reply in enumerate(replies) if "Something went wrong on our side" in reply]
    assert failed == [10]
    assert {reply for number, reply in enumerate(replies) if number != 10} == {"1 together"}
    async with storage.reading() as tx:
        known = [await tx.members.find(each.caller.person) is not None for each in calls]
    assert known == [number != 10 for number in range(21)]


async def test_a_crowd_is_one_transaction_and_a_lone_press_a_group_of_one(storage: Database) -> None:
    """While the first group is answered, the next one gathers."""
    async with Desk(storage, [LIFT], lambda: None) as desk:
        alone = await desk.answer(call("lift", {"stones": "2"}))
        crowded = await asyncio.gather(
            *(desk.answer(call("lift", {"stones": "2"}, who=f"Guest {n}")) for n in range(300))
        )
    assert words(alone) == "1 together"
    assert [words(reply) for reply in crowded] == ["256 together"] * 256 + ["44 together"] * 44


async def test_whoever_gives_up_waiting_does_not_hold_up_the_others(storage: Database) -> None:
    """A caller that was cancelled leaves the group whole."""
    async with Desk(storage, [LIFT], lambda: None) as desk:
        calls = [call("lift", {"stones": "2"}, who=f"Guest {number}") for number in range(5)]
        tasks = [asyncio.ensure_future(desk.answer(each)) for each in calls]
        await asyncio.sleep(0)
        tasks[2].cancel()
        replies = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(reply, asyncio.CancelledError) for reply in replies] == [False, False, True, False, False]


async def test_a_desk_that_closes_answers_whoever_is_in_line(storage: Database) -> None:
    """Then, and only then, it is closed."""
    async with Desk(storage, [LIFT], lambda: None) as desk:
        tasks = [asyncio.ensure_future(desk.answer(call("lift", {"stones": "2"}))) for _ in range(5)]
        await asyncio.sleep(0)
    assert [task.done() for task in tasks] == [True] * 5
    assert [words(await task) for task in tasks] == ["5 together"] * 5
