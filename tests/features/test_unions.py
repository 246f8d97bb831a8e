"""Unions: whoever is linked whenever, guest lists and counts come out as for one person from the beginning on."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as some

from bot.calls import Door
from bot.commands import Press
from bot.domain.ballots import known_voter
from bot.domain.events import EventId, EventState
from bot.domain.linking import united
from bot.domain.people import Account, AccountId, MemberId, Person
from bot.domain.polls import ChoiceState, PollId, PollState, Question, Rules
from bot.domain.rsvps import Answer, Crowded, GuestList, Rsvp, Wish
from bot.features import answers, unions
from bot.features.polls import voting
from bot.ports import Transaction
from storage.database import Database
from storage.transaction import Transaction as OnRecord
from tests.desk.visitors import DISCORD, LONDON, NOW, ON_DISCORD, SLACK, call, found
from tests.storage import made

NAMES = ["Ada", "Grace", "Mary", "Alan"]

Step = tuple[str, str, str, int]


def steps(chance: Random) -> list[Step]:
    """What people do, in no order; in the end everybody is linked who was not before."""
    kinds = chance.choices(["answer", "bring", "vote", "link"], [60, 25, 12, 3], k=40)
    done = [(kind, chance.choice(NAMES), chance.choice([SLACK, DISCORD]), chance.randrange(6)) for kind in kinds]
    return [*done, *(("link", name, chance.choice([SLACK, DISCORD]), 0) for name in NAMES)]


class Undo(Exception):
    """Raised so that the next example begins with an empty record."""


@pytest.fixture
async def event(storage: Database) -> EventId:
    """A published event, in a chapter that is at home on both platforms."""
    await found(storage)
    async with storage.writing() as tx:
        return await made.event(tx)


@given(seats=some.none() | some.integers(2, 7), chance=some.randoms(use_true_random=True))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_whoever_is_linked_whenever_counts_once_and_loses_no_seat(
    storage: Database, event: EventId, seats: int | None, chance: Random
) -> None:
    """After every link: seats are kept, the line keeps its order, what came free was filled, and votes are counted."""
    wishes = [Wish.GOING, Wish.GOING, Wish.GOING, Wish.GOING, Wish.MAYBE, Wish.NOT_GOING]
    try:
        async with storage.writing() as tx:
            planned = replace(await tx.events.get(event), seats=seats, guests=2, starts=NOW + made.DAY)
            await tx.events.put(replace(planned, state=EventState.PUBLISHED))
            poll = await ask(tx)
            for kind, name, platform, number in steps(chance):
                account = await known(tx, name, platform)
                match kind:
                    case "answer":
                        await answer(tx, event, name, platform, wishes[number])
                    case "bring":
                        await bring(tx, event, account, number % 3)
                    case "vote":
                        await vote(tx, poll, name, platform, number % 2 + 1)
                    case _:
                        other = await known(tx, name, DISCORD if platform == SLACK else SLACK)
                        if other.member != account.member:
                            await link(tx, event, poll, account, other)
            await fair(tx, event)
            raise Undo
    except Undo:
        pass


async def link(tx: Transaction, event: EventId, poll: PollId, me: Account, other: Account) -> None:
    """Link two accounts, and see that what must hold holds."""
    before = await rows(tx, event)
    last = (await tx.rsvps.headcounts([event]))[event].last
    voted = {each for each in (me, other) if await ballot(tx, poll, each.member)}
    mine = await ballot(tx, poll, me.member) or await ballot(tx, poll, other.member)
    number = (await tx.ballots.tallies([poll]))[poll].voted
    await unions.join(tx, me, other, NOW)
    joined = (await tx.members.those([me.id]))[me.id].member
    after = await rows(tx, event)
    pair = {me.member, other.member}
    note(f"{before} → {after}")

    both = [rsvp for rsvp in before if rsvp.member in pair]
    assert [rsvp.member for rsvp in after if rsvp.member in pair] == [joined] * bool(both)
    assert len(after) == len(before) - (len(both) == 2)
    # Nobody loses a seat, nor guests who had one.
    seated = {rsvp.member: rsvp for rsvp in after if rsvp.answer is Answer.GOING}
    for rsvp in before:
        if rsvp.answer is Answer.GOING:
            member = joined if rsvp.member in pair else rsvp.member
            assert member in seated
            assert seated[member].guests >= rsvp.guests
    # No place is given out twice.
    assert (await tx.rsvps.headcounts([event]))[event].last == last
    # The line keeps its order, and whoever moved up stood at its head.
    line = [joined if rsvp.member in pair else rsvp.member for rsvp in before if rsvp.answer is Answer.WAITING]
    went = joined in seated and any(rsvp.answer is Answer.GOING for rsvp in both)
    line = [member for member in dict.fromkeys(line) if not (went and member == joined)]
    waiting = [rsvp.member for rsvp in after if rsvp.answer is Answer.WAITING]
    assert line[len(line) - len(waiting) :] == waiting
    await fair(tx, event)
    # A member votes once, with what the account chose on which it was confirmed.
    assert (await tx.ballots.tallies([poll]))[poll].voted == number - (len(voted) == 2)
    assert await ballot(tx, poll, joined) == mine
    # Once more changes nothing.
    touched = await tx.links.merge(joined, max(pair), joined)
    assert (touched.events, touched.polls, await rows(tx, event)) == (frozenset(), frozenset(), after)


async def fair(tx: Transaction, event: EventId) -> None:
    """No seat is sold twice, and none is free for whoever is first in line."""
    planned = await tx.events.get(event)
    headcount = (await tx.rsvps.headcounts([event]))[event]
    now = await rows(tx, event)
    going = [rsvp for rsvp in now if rsvp.answer is Answer.GOING]
    assert headcount.taken == sum(rsvp.party for rsvp in going)
    waiting = [rsvp for rsvp in now if rsvp.answer is Answer.WAITING]
    if planned.seats is not None:
        assert headcount.taken <= planned.seats
        assert not waiting or headcount.taken + waiting[0].party > planned.seats
    assert len({rsvp.arrived for rsvp in now}) == len(now)


async def rows(tx: Transaction, event: EventId) -> list[Rsvp]:
    """Everybody who has answered, in order of arrival."""
    found = [rsvp for each in Answer for rsvp, _account in await tx.rsvps.answered(event, each)]
    return sorted(found, key=lambda rsvp: rsvp.arrived)


async def known(tx: Transaction, name: str, platform: str) -> Account:
    caller = call("", who=name, platform=DISCORD if platform == DISCORD else SLACK).caller
    return (await tx.members.recognise([caller]))[Person(caller.person.platform, caller.person.key)]


async def answer(tx: Transaction, event: EventId, name: str, platform: str, wish: Wish) -> None:
    """As a press on the card."""
    on = DISCORD if platform == DISCORD else SLACK
    pressed = [Press(call("rsvp", who=name, platform=on, door=Door.BUTTON), answers.Answering(event, wish))]
    room = await answers.load(tx, pressed)
    await answers.keep(tx, room, answers.decide(room, pressed))


async def bring(tx: Transaction, event: EventId, account: Account, number: int) -> None:
    """As many guests as there is room for."""
    headcount = (await tx.rsvps.headcounts([event]))[event]
    mine = await tx.rsvps.of([event], [account.member])
    waiting = await tx.rsvps.waiting([event])
    everybody = GuestList(await tx.events.get(event), headcount.taken, headcount.last, waiting, mine)
    try:
        changes = everybody.bring(account.member, number)
    except (KeyError, Crowded):
        return
    await tx.rsvps.put([changes.own, *changes.promoted])


async def ask(tx: OnRecord) -> PollId:
    """An open poll with two choices."""
    (chapter,) = await tx.chapters.all()
    (asker,) = await made.join(tx, 0)
    poll = await tx.polls.add(Question(chapter.id, LONDON, "Where?", Rules(), None, asker.member, "asked"))
    for position in (1, 2):
        await tx.polls.offer(poll, position, f"Choice {position}", ChoiceState.OFFERED)
    await tx.polls.move(poll, PollState.DRAFT, PollState.OPEN, 2)
    return poll


async def vote(tx: Transaction, poll: PollId, name: str, platform: str, number: int) -> None:
    """As a press on the ballot."""
    choice = (await tx.polls.choices([poll]))[poll][number - 1].id
    on, place = (DISCORD, ON_DISCORD) if platform == DISCORD else (SLACK, LONDON)
    pressed = [Press(call("vote", who=name, platform=on, place=place), voting.Casting(poll, choice, 1))]
    booth = await voting.load(tx, pressed)
    await voting.keep(tx, booth, voting.decide(booth, pressed))


async def ballot(tx: Transaction, poll: PollId, member: MemberId) -> frozenset[int]:
    """What a member chose."""
    cast = await tx.ballots.of([(poll, known_voter(member))])
    return frozenset(choice for each in cast for choice in each.choices)


def rsvp(answer: Answer, arrived: int, guests: int = 0, note: str = "", seen: int = 1) -> Rsvp:
    return Rsvp(EventId(1), MemberId(arrived), AccountId(arrived), answer, arrived, seen, guests, note)


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (rsvp(Answer.GOING, 1), rsvp(Answer.GOING, 2, guests=2), (Answer.GOING, 1, 2, "")),
        (rsvp(Answer.WAITING, 1, guests=3), rsvp(Answer.GOING, 2, guests=1), (Answer.GOING, 2, 1, "")),
        (rsvp(Answer.WAITING, 5), rsvp(Answer.WAITING, 3, guests=1), (Answer.WAITING, 3, 1, "")),
        (rsvp(Answer.NOT_GOING, 1), rsvp(Answer.MAYBE, 2), (Answer.MAYBE, 2, 0, "")),
        (rsvp(Answer.NOT_GOING, 1), rsvp(Answer.WAITING, 2), (Answer.WAITING, 2, 0, "")),
        (rsvp(Answer.GOING, 1, note="No nuts"), rsvp(Answer.MAYBE, 2, note="No nuts"), (Answer.GOING, 1, 0, "No nuts")),
        (
            rsvp(Answer.GOING, 1, note="No nuts"),
            rsvp(Answer.MAYBE, 2, note="A lift"),
            (Answer.GOING, 1, 0, "No nuts\nA lift"),
        ),
        (rsvp(Answer.GOING, 1, note="n" * 200), rsvp(Answer.MAYBE, 2, note="m" * 200), (Answer.GOING, 1, 0, "n" * 200)),
    ],
)
def test_of_two_answers_the_one_that_holds_most_stands(
    first: Rsvp, second: Rsvp, one: tuple[Answer, int, int, str]
) -> None:
    """Whichever of them comes first in the record."""
    for pair in ((first, second), (second, first)):
        kept = united(pair, MemberId(7))
        assert (kept.answer, kept.arrived, kept.guests, kept.note, kept.member) == (*one, MemberId(7))
