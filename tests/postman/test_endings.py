"""Endings: whatever comes of an attempt, it is on record, and the right thing happens next."""

from itertools import pairwise

import pytest

from bot.domain.places import Destination, Thread
from bot.errands import Directly, InThread
from bot.ports import Busy, Gone, Refused, Unknown
from storage.database import Database
from tests.postman.post import (
    ADA,
    GRACE,
    HOUR,
    MINUTE,
    NOW,
    Killed,
    Office,
    card,
    nothing,
    notice,
    place,
    thread,
)

LONDON = place()
CARD = card(LONDON)


@pytest.mark.parametrize(
    ("trouble", "arrives", "endings", "told", "complaints"),
    [
        (None, False, ["sent"], 1, 0),
        (Busy(5, "rate limited"), False, ["retry", "sent"], 1, 0),
        (Unknown("connection reset"), True, ["retry", "sent"], 1, 0),
        (Unknown("connection reset"), False, ["retry", "sent"], 1, 0),
        (Gone("channel_not_found"), False, ["gone"], 0, 1),
        (Refused("invalid_blocks"), False, ["parked"], 0, 1),
        (ZeroDivisionError("a bug of the adapter"), False, ["parked"], 0, 1),
    ],
)
@pytest.mark.parametrize("errand", ["card", "in thread", "directly"])
async def test_each_attempt_ends_on_record(
    office: Office,
    errand: str,
    trouble: Exception | None,
    arrives: bool,
    endings: list[str],
    told: int,
    complaints: int,
) -> None:
    """What may work is tried again and told once; what cannot is put aside, and somebody hears of it."""
    to: Destination = ADA if errand == "directly" else LONDON
    key = CARD.key if errand == "card" else "news"
    if errand == "in thread":
        await office.refresh(CARD)
        await office.settle()
        to = thread(office.mailbox, LONDON)
    if trouble is not None:
        office.mailbox.trouble(to, trouble, arrives=arrives)
    if errand == "card":
        await office.refresh(CARD)
    else:
        await office.note(notice("news", InThread(CARD) if errand == "in thread" else Directly(ADA)))
    await office.settle()
    assert await office.endings(key) == endings
    assert len(office.mailbox.words(to)) == told
    assert office.complaints == [key] * complaints


async def test_what_is_in_doubt_is_looked_for_before_it_is_sent_again(office: Office) -> None:
    """It had arrived, so it is found, and never posted twice."""
    office.mailbox.trouble(ADA, Unknown("timeout"), arrives=True)
    await office.note(notice("news", Directly(ADA)))
    await office.settle()
    assert [act for act, _to, _at in office.mailbox.attempts] == ["post", "find"]
    assert office.mailbox.words(ADA) == ["news"]


async def test_what_is_in_doubt_is_looked_for_as_long_as_the_platform_is_busy(office: Office) -> None:
    """A platform that is busy when it is asked has not answered the question."""
    office.mailbox.trouble(ADA, Unknown("timeout"), arrives=True)
    await office.note(notice("news", Directly(ADA)))
    await office.postman.round(NOW)
    office.mailbox.blinding = Busy(1, "rate limited")
    office.clock.move(NOW + MINUTE)
    await office.postman.round(office.clock.now())
    office.mailbox.blinding = None
    await office.settle()
    assert [act for act, _to, _at in office.mailbox.attempts] == ["post", "find", "find"]
    assert office.mailbox.words(ADA) == ["news"]
    assert office.complaints == []


@pytest.mark.parametrize("arrives", [True, False])
@pytest.mark.parametrize(
    "blinding", [Gone("not_in_channel"), Refused("invalid_arguments"), Unknown("too much was said since")]
)
async def test_what_may_have_arrived_and_cannot_be_found_is_never_sent_again_blindly(
    office: Office, blinding: Exception, arrives: bool
) -> None:
    """It ends as unknown, and somebody is asked."""
    office.mailbox.trouble(ADA, Unknown("timeout"), arrives=arrives)
    office.mailbox.blinding = blinding
    await office.note(notice("news", Directly(ADA, CARD)))
    await office.settle()
    assert await office.endings("news") == ["retry", "unknown"]
    assert (office.mailbox.words(ADA), office.complaints) == (["news"] * arrives, ["news"])
    assert [act for act, _to, _at in office.mailbox.attempts] == ["post", "find"]


async def test_what_cannot_be_looked_for_within_an_hour_is_asked_of_somebody(office: Office) -> None:
    """A platform that is always busy never settles it."""
    office.mailbox.trouble(ADA, Unknown("timeout"))
    office.mailbox.blinding = Busy(60, "the token lacks a permission")
    await office.note(notice("news", Directly(ADA)))
    await office.settle()
    assert (await office.endings("news"))[-1] == "unknown"
    assert office.clock.now() - NOW <= HOUR + 2 * MINUTE
    assert (len(office.mailbox.times("post", ADA)), office.complaints) == (1, ["news"])


async def test_whoever_takes_over_gives_what_may_be_on_its_way_time_to_arrive(
    office: Office, storage: Database
) -> None:
    """A new process may be there within a second; what the dead one sent may not."""

    def kill() -> None:
        raise Killed

    await office.note(notice("news", Directly(ADA)))
    office.mailbox.step = kill
    with pytest.raises(BaseExceptionGroup):
        await office.postman.round(NOW)
    office.mailbox.step = nothing
    async with storage.writing() as tx:
        await tx.errands.let_go()
    office.hire()
    await office.settle()
    assert office.mailbox.times("find", ADA) == [10.0]
    assert office.mailbox.words(ADA) == ["news"]


async def test_a_card_in_doubt_is_found_and_from_then_on_edited(office: Office) -> None:
    """One card stands there, however its first posting went."""
    office.mailbox.trouble(LONDON, Unknown("timeout"), arrives=True)
    await office.refresh(CARD)
    await office.settle()
    await office.meet("Grace")
    await office.refresh(CARD)
    await office.settle()
    assert office.mailbox.words(LONDON) == ["Game 1: 1 known"]


async def test_when_there_is_nothing_left_to_say_nothing_is_sent(office: Office) -> None:
    """It is dropped, which is on record too."""
    await office.note(notice("news", Directly(ADA), "nothing"))
    await office.settle()
    assert (office.mailbox.attempts, await office.endings("news"), office.complaints) == ([], ["dropped"], [])


async def test_what_cannot_be_drawn_is_put_aside_and_the_rest_goes_on(office: Office) -> None:
    """A bug of ours in one drawing costs that one message."""
    await office.note(notice("bad", Directly(ADA), "bug"), notice("good", Directly(GRACE)))
    await office.settle()
    assert (await office.endings("bad"), office.mailbox.words(GRACE)) == (["parked"], ["good"])
    assert office.complaints == ["bad"]


async def test_closed_direct_messages_are_told_in_the_thread_instead(office: Office) -> None:
    """There the person is mentioned; in a direct message nobody needs to be."""
    await office.refresh(CARD)
    await office.settle()
    office.mailbox.trouble(GRACE, Gone("Cannot send messages to this user"))
    await office.note(notice("news", Directly(GRACE, CARD)), notice("word", Directly(ADA, CARD)))
    await office.settle()
    instead = thread(office.mailbox, LONDON)
    assert [(letter.to, letter.words, letter.calls) for letter in office.mailbox.inbox[-2:]] == [
        (ADA, "word", ()),
        (instead, "news", (GRACE,)),
    ]
    assert (await office.endings("news"), await office.endings("news in the thread")) == (["fell back"], ["sent"])
    assert office.complaints == []


async def test_closed_direct_messages_without_a_thread_are_the_end(office: Office) -> None:
    """Nothing else is known of that person."""
    office.mailbox.trouble(GRACE, Gone("user_not_found"))
    await office.note(notice("news", Directly(GRACE)))
    await office.settle()
    assert (await office.endings("news"), office.complaints) == (["gone"], ["news"])


async def test_what_belongs_into_a_thread_waits_for_the_card(office: Office) -> None:
    """Which a platform in trouble takes late."""
    office.mailbox.trouble(LONDON, Busy(20, "rate limited"), Busy(20, "rate limited"))
    await office.note(notice("news", InThread(CARD)))
    await office.refresh(CARD)
    await office.settle()
    assert [letter.words for letter in office.mailbox.inbox] == ["Game 1: 0 known", "news"]
    assert office.mailbox.inbox[1].to == Thread(LONDON, office.mailbox.inbox[0].ref)


async def test_a_card_whose_message_was_deleted_is_posted_anew(office: Office) -> None:
    """With its next change; nobody is told that the channel were gone."""
    await office.refresh(CARD)
    await office.settle()
    office.mailbox.inbox.clear()
    await office.refresh(CARD)
    await office.settle()
    assert office.mailbox.words(LONDON) == ["Game 1: 0 known"]
    assert (await office.endings(CARD.key), office.complaints) == (["sent", "sent"], [])


async def test_a_channel_that_is_gone_is_complained_of_and_tried_again_with_the_next_change(office: Office) -> None:
    """Somebody may have let us in again."""
    await office.refresh(CARD)
    await office.settle()
    office.mailbox.inbox.clear()
    office.mailbox.trouble(LONDON, Gone("is_archived"), Gone("is_archived"))
    await office.refresh(CARD)
    await office.settle()
    assert (office.mailbox.words(LONDON), office.complaints) == ([], [CARD.key])
    await office.refresh(CARD)
    await office.settle()
    assert office.mailbox.words(LONDON) == ["Game 1: 0 known"]


@pytest.mark.parametrize("after", [0.0, 7.0, 7200.0])
async def test_the_platforms_own_word_on_when_to_come_again_is_kept(office: Office, after: float) -> None:
    """Never sooner, and without one after a second."""
    office.mailbox.trouble(ADA, Busy(after, "rate limited"))
    await office.note(notice("news", Directly(ADA)))
    await office.settle()
    assert office.mailbox.times("post", ADA) == [0.0, max(after, 1.0)]


async def test_pauses_grow_while_a_platform_is_out_of_reach_up_to_a_minute(office: Office) -> None:
    """However long an outage was, it is over within a minute."""
    office.mailbox.trouble(ADA, *[Busy(0, "connection refused")] * 15)
    await office.note(notice("news", Directly(ADA)))
    await office.settle()
    times = office.mailbox.times("post", ADA)
    assert [later - sooner for sooner, later in pairwise(times)] == [
        *(2.0**tries for tries in range(6)),
        *[60.0] * 9,
    ]
    assert office.mailbox.words(ADA) == ["news"]
