"""The outbox on record: what is promised, who is at it, and how it ended."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.domain.places import Place
from bot.errands import Announcement, Card, Delivery, Directly, Ending, Errand, InThread
from storage.database import Database
from storage.transaction import Transaction
from tests.storage.made import (
    DISCORD,
    HOUR,
    LEASE,
    LEEDS,
    LONDON,
    MINUTE,
    NOW,
    ON_DISCORD,
    SECOND,
    SLACK,
    card,
    direct,
    told,
)


async def claim(
    transaction: Transaction, now: datetime = NOW, most: int = 99, cards: int = 99, resting: Sequence[Place] = ()
) -> Sequence[Errand]:
    """What there is to do on Slack."""
    return await transaction.errands.claim(SLACK, now, LEASE, most, cards, resting)


async def claim_one(transaction: Transaction, now: datetime = NOW) -> Errand:
    """The one thing there is to do on Slack."""
    (errand,) = await claim(transaction, now)
    return errand


# ── promises ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "to",
    [
        InThread(card()),
        InThread(card(), (direct(1).person, direct(2).person)),
        direct(1),
        Directly(direct(1).person, otherwise=card(2, LEEDS)),
    ],
    ids=["thread", "people in a thread", "direct", "direct or thread"],
)
async def test_a_notice_comes_back_exactly(storage: Database, to: InThread | Directly) -> None:
    """Where it goes, and where else if not there."""
    async with storage.writing() as transaction:
        await transaction.errands.note([told("key", to)], NOW)
    async with storage.writing() as transaction:
        errand = await claim_one(transaction)
    assert errand == Errand(errand.id, "key", "promoted?of=key", to, wanted=1, tries=0, doubtful=None)


async def test_a_card_comes_back_exactly(storage: Database) -> None:
    """With how often it was wished for."""
    async with storage.writing() as transaction:
        for _ in range(3):
            await transaction.errands.refresh([card(), card()], NOW)
        errand = await claim_one(transaction)
    assert errand == Errand(errand.id, card().key, card().drawing, card(), wanted=3, tries=0, doubtful=None)


async def test_what_was_noted_is_never_told_twice(storage: Database) -> None:
    """The first promise under a key stands, kept or not."""
    async with storage.writing() as transaction:
        await transaction.errands.note([told("key", direct(1)), told("key", direct(1))], NOW)
        errand = await claim_one(transaction)
        await transaction.errands.note([told("key", direct(2))], NOW + HOUR)
        await transaction.errands.done(errand, Ending.SENT, NOW)
        await transaction.errands.note([told("key", direct(3))], NOW + HOUR)
        assert errand.to == direct(1)
        assert await claim(transaction, NOW + 2 * HOUR) == []


async def test_a_thread_on_another_platform_is_no_way_to_reach_somebody(storage: Database) -> None:
    """Nobody is mentioned where they are not."""
    async with storage.writing() as transaction:
        with pytest.raises(ValueError, match="nobody of slack reads a thread on discord"):
            await transaction.errands.note([told("key", Directly(direct(1).person, card(1, ON_DISCORD)))], NOW)


async def test_no_promises_are_no_special_case(storage: Database) -> None:
    """Nothing becomes due."""
    async with storage.writing() as transaction:
        await transaction.errands.note([], NOW)
        await transaction.errands.refresh([], NOW)
        assert await transaction.errands.next(SLACK) is None


# ── claims ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_one_errand_a_place_is_claimed_the_oldest_first(storage: Database) -> None:
    """Cards and threads of a place go one by one; so does what one person is told."""
    async with storage.writing() as transaction:
        await transaction.errands.note([told("second", InThread(card(place=LEEDS)))], NOW)
        await transaction.errands.refresh([card(place=LONDON)], NOW - SECOND)
        await transaction.errands.note([told("third", direct(1)), told("4th", direct(1))], NOW)
        await transaction.errands.refresh([card(2, LONDON), card(2, LEEDS)], NOW)
        first = await claim(transaction)
        assert [errand.key for errand in first] == [card().key, "second", "4th"]
        assert await claim(transaction) == []
        for errand in first:
            await transaction.errands.done(errand, Ending.SENT, NOW)
        assert [errand.key for errand in await claim(transaction)] == ["third", card(2, LEEDS).key, card(2).key]


async def test_no_more_is_claimed_than_asked_for(storage: Database) -> None:
    """The rest is there for the next claim."""
    async with storage.writing() as transaction:
        await transaction.errands.note([told(f"notice {n}", direct(n)) for n in range(5)], NOW)
        claims = [[errand.key for errand in await claim(transaction, most=2)] for _ in range(4)]
    assert claims == [["notice 0", "notice 1"], ["notice 2", "notice 3"], ["notice 4"], []]


async def test_no_more_cards_are_claimed_than_may_be_edited(storage: Database) -> None:
    """A notice that is told meanwhile waits for none of them, not even in the same place."""
    places = [Place(SLACK, f"C{n}") for n in range(4)]
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card(1, place) for place in places], NOW)
        await transaction.errands.note([told("person", direct(1)), told("thread", InThread(card(2, places[3])))], NOW)
        assert [errand.key for errand in await claim(transaction, cards=0)] == ["person", "thread"]
        assert [errand.to for errand in await claim(transaction, cards=-1)] == []
        claims = [[errand.to for errand in await claim(transaction, cards=2)] for _ in range(3)]
    assert claims == [[card(1, place) for place in places[:2]], [card(1, places[2])], []]


async def test_cards_and_notices_share_a_claim(storage: Database) -> None:
    """The oldest of both come first."""
    async with storage.writing() as transaction:
        for n in range(2):
            await transaction.errands.note([told(f"notice {n}", direct(n))], NOW)
            await transaction.errands.refresh([card(1, Place(SLACK, f"C{n}"))], NOW)
        claims = [[errand.to for errand in await claim(transaction, most=3)] for _ in range(2)]
    in_order = [direct(0), card(1, Place(SLACK, "C0")), direct(1), card(1, Place(SLACK, "C1"))]
    assert claims == [in_order[:3], in_order[3:]]


async def test_only_what_is_due_on_the_platform_is_claimed(storage: Database) -> None:
    """Not tomorrow's, and not the other platform's."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card(place=LONDON)], NOW + SECOND)
        await transaction.errands.refresh([card(place=ON_DISCORD)], NOW)
        assert await claim(transaction) == []
        (other,) = await transaction.errands.claim(DISCORD, NOW, LEASE, 9, 9, [])
        assert other.to == card(place=ON_DISCORD)


async def test_resting_places_are_passed_over(storage: Database) -> None:
    """Their threads too; a person whose key looks the same, and the other platform, are not meant."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card(place=LONDON), card(place=LEEDS)], NOW)
        await transaction.errands.note([told("thread", InThread(card(2, LONDON))), told("person", direct(1))], NOW)
        resting = [LONDON, Place(SLACK, direct(1).person.key), Place(DISCORD, LEEDS.key)]
        claimed = {errand.key for errand in await claim(transaction, resting=resting)}
    assert claimed == {card(place=LEEDS).key, "person"}


async def test_what_is_held_is_nobody_elses(storage: Database) -> None:
    """Nor is what goes to the same place after it, until its holder is done or must be dead."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card(1), card(2)], NOW)
        held = await claim_one(transaction)
        assert await claim(transaction, NOW + LEASE - SECOND) == []
        await transaction.errands.done(held, Ending.SENT, NOW)
        assert (await claim_one(transaction)).key == card(2).key


async def test_what_the_dead_held_is_taken_over_in_doubt(storage: Database) -> None:
    """Its first attempt is remembered, however often it is taken over, and each of them counts as a failure."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card()], NOW - HOUR)
        await claim_one(transaction)
    async with storage.writing() as transaction:
        taken = await claim_one(transaction, NOW + LEASE)
        again = await claim_one(transaction, NOW + 2 * LEASE)
    assert [(errand.doubtful, errand.tries) for errand in (taken, again)] == [(NOW, 1), (NOW, 2)]


async def test_who_is_alone_frees_what_the_dead_held(storage: Database) -> None:
    """A bot that starts anew need not wait for its own lease to pass; the doubt stays."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card()], NOW)
        await claim_one(transaction)
        await transaction.errands.let_go()
        errand = await claim_one(transaction, NOW + SECOND)
    assert (errand.doubtful, errand.tries) == (NOW, 1)


# ── endings ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending is not Ending.RETRY])
async def test_what_is_done_is_done_until_it_is_wished_again(storage: Database, ending: Ending) -> None:
    """However it ended, it is in the record, and a card may be wished again, with a clean slate."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card()], NOW)
        errand = await claim_one(transaction)
        await transaction.errands.done(errand, ending, NOW + SECOND, "so it was")
        assert await claim(transaction, NOW + HOUR) == []
        assert await transaction.errands.next(SLACK) is None
        assert await transaction.errands.deliveries(9) == [
            Delivery(card().key, card().drawing, SLACK, NOW + SECOND, ending, "so it was")
        ]
        await transaction.errands.refresh([card()], NOW + HOUR)
        again = await claim_one(transaction, NOW + HOUR)
    doubt = NOW if ending is Ending.UNKNOWN else None
    assert (again.wanted, again.tries, again.doubtful) == (2, 0, doubt)


async def test_a_wish_while_the_card_is_drawn_is_not_lost(storage: Database) -> None:
    """Whoever drew the earlier state does not end the later wish."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card()], NOW)
        drawn = await claim_one(transaction)
        await transaction.errands.refresh([card()], NOW + SECOND)
        assert await claim(transaction, NOW + SECOND) == []
        await transaction.errands.done(drawn, Ending.SENT, NOW + 2 * SECOND)
        assert await transaction.errands.next(SLACK) == NOW + 2 * SECOND
        again = await claim_one(transaction, NOW + 2 * SECOND)
        assert (drawn.wanted, again.wanted, again.doubtful) == (1, 2, None)
        await transaction.errands.done(again, Ending.SENT, NOW + 3 * SECOND)
        assert await claim(transaction, NOW + HOUR) == []


async def test_what_failed_waits_as_long_as_it_was_told(storage: Database) -> None:
    """A wish meanwhile makes it no sooner; the tries are counted, and forgotten once it is done."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card()], NOW)
        for tries in range(3):
            errand = await claim_one(transaction, NOW + tries * MINUTE)
            assert (errand.tries, errand.doubtful) == (tries, None)
            later = NOW + (tries + 1) * MINUTE
            await transaction.errands.later(errand, later, NOW, "slow down", doubtful=False)
            await transaction.errands.refresh([card()], NOW)
            assert await claim(transaction, later - SECOND) == []
            assert await transaction.errands.next(SLACK) == later
        last = await claim_one(transaction, NOW + 3 * MINUTE)
        await transaction.errands.done(last, Ending.SENT, NOW)
        endings = [(each.ending, each.detail) for each in await transaction.errands.deliveries(2)]
        assert endings == [(Ending.SENT, ""), (Ending.RETRY, "slow down")]


async def test_a_failure_in_doubt_stays_in_doubt(storage: Database) -> None:
    """Since the first attempt that may have arrived, until one is known not to have."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card()], NOW)
        first = await claim_one(transaction)
        await transaction.errands.later(first, NOW + MINUTE, NOW, "the line went dead", doubtful=True)
        second = await claim_one(transaction, NOW + MINUTE)
        await transaction.errands.later(second, NOW + HOUR, NOW + MINUTE, "it is not there", doubtful=False)
        third = await claim_one(transaction, NOW + HOUR)
    assert [(each.doubtful, each.tries) for each in (first, second, third)] == [(None, 0), (NOW, 1), (None, 2)]


async def test_a_wait_in_a_place_holds_nobody_else_up(storage: Database) -> None:
    """What comes after goes first."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card(1), card(2)], NOW)
        first = await claim_one(transaction)
        await transaction.errands.later(first, NOW + HOUR, NOW, "slow down", doubtful=False)
        assert (await claim_one(transaction)).key == card(2).key


async def test_whoever_was_taken_for_dead_has_no_say_in_when_to_try_next(storage: Database) -> None:
    """Their report is kept, but the errand stays with whoever took it over."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card()], NOW)
        slow = await claim_one(transaction)
        taken = await claim_one(transaction, NOW + LEASE)
        await transaction.errands.later(slow, NOW + LEASE, NOW + LEASE, "slow down", doubtful=False)
        assert await claim(transaction, NOW + LEASE + SECOND) == []
        assert [each.ending for each in await transaction.errands.deliveries(9)] == [Ending.RETRY]
        await transaction.errands.done(taken, Ending.SENT, NOW)
        assert await claim(transaction, NOW + HOUR) == []


async def test_whoever_was_taken_for_dead_may_still_have_sent_it(storage: Database) -> None:
    """Then it is done, and a later failure of the one who took over changes nothing."""
    async with storage.writing() as transaction:
        await transaction.errands.refresh([card()], NOW)
        slow = await claim_one(transaction)
        taken = await claim_one(transaction, NOW + LEASE)
        await transaction.errands.done(slow, Ending.SENT, NOW + LEASE)
        await transaction.errands.later(taken, NOW + LEASE, NOW + LEASE, "slow down", doubtful=True)
        assert await claim(transaction, NOW + HOUR) == []


# ── what is next ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_next_errand_is_known(storage: Database) -> None:
    """On this platform; what is held, and what goes to the same place, when its lease is over."""
    async with storage.writing() as transaction:
        errands = transaction.errands
        await errands.refresh([card(place=ON_DISCORD)], NOW)
        await errands.refresh([card(1, LONDON), card(2, LONDON)], NOW + MINUTE)
        await errands.refresh([card(1, LEEDS)], NOW + HOUR)
        assert await errands.next(SLACK) == NOW + MINUTE
        held = await claim_one(transaction, NOW + MINUTE)
        assert await errands.next(SLACK) == NOW + MINUTE + LEASE
        await errands.done(held, Ending.SENT, NOW)
        assert await errands.next(SLACK) == NOW + MINUTE
        assert await errands.next(DISCORD) == NOW


# ── announcements and deliveries ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_posted_card_is_found_again(storage: Database) -> None:
    """In each place where it stands; posted anew, it stands there only."""
    first, second, third = card(place=ON_DISCORD), card(place=LEEDS), card(place=LONDON)
    async with storage.writing() as transaction:
        for each, ref in ((third, "17.1"), (first, "99"), (second, "17.2"), (third, "17.3"), (card(2), "17.4")):
            await transaction.errands.posted(Announcement(each, ref))
    async with storage.reading() as transaction:
        assert [await transaction.errands.announcement(each) for each in (first, second, third)] == [
            Announcement(first, "99"),
            Announcement(second, "17.2"),
            Announcement(third, "17.3"),
        ]
        assert await transaction.errands.announcement(Card("poll?of=1", LEEDS)) is None


async def test_the_newest_deliveries_come_first(storage: Database) -> None:
    """As many as asked for."""
    async with storage.writing() as transaction:
        await transaction.errands.note([told(f"notice {n}", direct(n)) for n in range(3)], NOW)
        for errand in await claim(transaction):
            await transaction.errands.done(errand, Ending.SENT, NOW)
        assert [each.errand for each in await transaction.errands.deliveries(2)] == ["notice 2", "notice 1"]
