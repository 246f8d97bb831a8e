"""Linking two accounts: codes, what is refused, and what becomes of what both have done."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.calls import Door, Form
from bot.domain.linking import digest, fresh_code
from bot.domain.people import Platform
from bot.domain.polls import PollId, PollState
from bot.domain.rsvps import Answer
from bot.messages import Message, Paragraph
from storage.database import Database, database
from storage.seal import Seal
from tests.desk.visitors import DISCORD, LONDON, NOW, ON_DISCORD, SLACK, call, code, desk, found, guests, words
from tests.features.community import Community


async def given(community: Community, who: str, platform: Platform = SLACK) -> str:
    """The code that somebody is given."""
    reply = await community.desk.answer(call("link account", who=who, platform=platform, at=community.clock.now()))
    assert isinstance(reply, Message)
    assert isinstance(reply.parts[0], Paragraph)
    return str(reply.parts[0].text).removeprefix("Your code: ")


async def typed(community: Community, written: str, who: str, platform: Platform = DISCORD) -> str:
    """What somebody is answered who types a code."""
    return words(await community.desk.answer(entering(community, written, who, platform)))


def entering(community: Community, written: str, who: str, platform: Platform = DISCORD):
    """A code, typed behind the command."""
    return call("link account", {"code": written}, who=who, platform=platform, at=community.clock.now())


async def link(community: Community, slack: str, discord: str) -> str:
    """Somebody links their accounts: the code is given on Slack, and entered and confirmed on Discord."""
    shown = await community.desk.answer(entering(community, await given(community, slack), discord))
    return await pressed(community, code(shown, "Join them"), discord)


async def pressed(community: Community, held: str, who: str, platform: Platform = DISCORD) -> str:
    """What somebody is answered who presses a button that holds this code."""
    command, _, number = held.replace("%20", " ").partition("?account=")
    button = call(command, {"account": number}, who=who, platform=platform, at=community.clock.now(), door=Door.BUTTON)
    return words(await community.desk.answer(button))


def test_codes_cannot_be_guessed_and_can_be_copied() -> None:
    """Forty bits, no letter that looks like another, and however people type them."""
    codes = {fresh_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert len({letter for each in codes for letter in each}) == 33
    assert digest("k7qf 2mxd") == digest("K7QF-2MXD") == digest(" K7QF2MXD ")
    assert digest("IOL0-1234") == digest("1010-1234")
    assert [digest(wrong) for wrong in ("", "K7QF-2MX", "K7QF-2MXDD", "K7QF-2MX!", "K7QF-2MXU")] == [None] * 5


async def test_two_accounts_become_one_member_who_counts_once(community: Community) -> None:
    """What would become of what is told before, it happens, and the other account is told where it is."""
    event = await community.publish(seats="2")
    await community.answer(event, "going", ("Grace", "slack"), ("grace_h", "discord"), ("Alan", "discord"))
    await community.settle()
    community.forget()
    shown = await community.desk.answer(entering(community, await given(community, "Grace"), "grace_h"))
    assert "Evening: Slack: going, Discord: going → going" in words(shown)
    joined = await pressed(community, code(shown, "Join them"), "grace_h")
    assert joined.splitlines()[:3] == [
        "grace_h on Discord and Grace on Slack are one member now, who counts once.",
        "Evening: Slack: going, Discord: going → going",
        "Next in line, and going now: 1.",
    ]
    assert await guests(community.storage, event, Answer.GOING) == ["Grace", "Alan"]
    await community.settle()
    told = community.told()
    assert [who for who, _ in told] == ["Alan", "Grace"]
    assert told[0][1].startswith("A seat has come free")
    assert told[1][1].startswith("Your account here is one member with grace_h on Discord now.")
    again = await pressed(community, code(shown, "Join them"), "grace_h")
    assert again == "grace_h on Discord and Grace on Slack are linked already."
    community.forget()
    await community.wait_until("2026-09-16 18:31")
    assert [who for who, _ in community.told()] == ["Alan", "Grace"]


async def test_whoever_is_offered_the_seat_that_is_given_up_is_not_counted_as_going(community: Community) -> None:
    """Near the start, whoever is next is asked first."""
    event = await community.publish(seats="2")
    await community.answer(event, "going", ("Grace", "slack"), ("grace_h", "discord"), ("Alan", "discord"))
    await community.wait_until("2026-09-17 17:00")
    joined = await link(community, "Grace", "grace_h")
    assert await guests(community.storage, event, Answer.GOING) == ["Grace"]
    assert joined.splitlines()[2] == "Next in line, and asked whether they come: 1."


async def test_what_is_on_its_way_to_both_accounts_reaches_one_of_them(community: Community) -> None:
    """A reminder rang for both just before they were linked."""
    event = await community.publish()
    await community.answer(event, "going", ("Grace", "slack"), ("grace_h", "discord"))
    await community.settle()
    community.clock.move(datetime(2026, 9, 16, 17, 31, tzinfo=UTC))
    await community.timekeeper.tick(community.clock.now())
    await link(community, "Grace", "grace_h")
    community.forget()
    await community.settle()
    told = [(who, what.split(" starts")[0]) for who, what in community.told() if "one member" not in what]
    assert told == [("Grace", "Evening")]


async def test_nothing_happens_until_it_is_confirmed(community: Community) -> None:
    """Whoever leaves it has used the code up, and both count as before."""
    event = await community.publish()
    await community.answer(event, "going", ("Grace", "slack"), ("grace_h", "discord"))
    written = await given(community, "Grace")
    shown = await community.desk.answer(entering(community, written, "grace_h"))
    assert await guests(community.storage, event, Answer.GOING) == ["Grace", "grace_h"]
    assert "Nothing was joined" in await pressed(community, code(shown, "Leave it"), "grace_h")
    assert "is not right" in await typed(community, written, "grace_h")
    assert "has run out" in await pressed(community, code(shown, "Join them"), "grace_h")


@pytest.mark.parametrize("press", ["Join them", "Leave it"])
async def test_only_who_entered_a_code_can_confirm_it(community: Community, press: str) -> None:
    """A forged button joins nobody, and a code that was entered once is worth nothing to anybody else."""
    written = await given(community, "Grace")
    shown = await community.desk.answer(entering(community, written, "grace_h"))
    await pressed(community, code(shown, press), "mallory")
    assert "is not right, or was used already" in await typed(community, written, "mallory")
    async with community.storage.reading() as tx:
        grace = await tx.links.find(digest(written) or "")
    assert grace is not None
    assert "one member now" in await pressed(community, code(shown, "Join them"), "grace_h")


async def test_codes_run_out(community: Community) -> None:
    """After ten minutes, before or after they were entered; a new one takes the place of the old."""
    old, written = await given(community, "Grace"), await given(community, "Grace")
    assert "is not right" in await typed(community, old, "grace_h")
    shown = await community.desk.answer(entering(community, written, "grace_h"))
    community.clock.move(NOW + timedelta(minutes=10))
    assert "has run out" in await pressed(community, code(shown, "Join them"), "grace_h")
    assert "has run out" in await typed(community, written, "grace_h")


async def test_guessing_ends_after_five_wrong_codes(community: Community) -> None:
    """Also for whoever has the right one then; an hour later they may try again."""
    written = await given(community, "Grace")
    tries = [await typed(community, fresh_code(), "mallory") for _ in range(5)]
    assert ["4 tries left" in tries[0], "1 try left" in tries[3], "last try" in tries[4]] == [True, True, True]
    assert await typed(community, written, "mallory") == "These were too many wrong codes; try again in an hour."
    community.clock.move(NOW + timedelta(hours=1))
    assert "is not right" in await typed(community, fresh_code(), "mallory")


async def test_what_is_no_code_comes_back_in_the_form(community: Community) -> None:
    """It is no guess, and is held against nobody."""
    form = await community.desk.answer(entering(community, "open sesame", "grace_h"))
    assert isinstance(form, Form)
    assert form.typed == {"code": "open sesame"}
    assert form.errors["code"].startswith("“open sesame” is not a code")


async def test_codes_are_entered_on_the_other_platform(community: Community) -> None:
    """Not by oneself, not on the platform where they were given, and only by accounts that are free."""
    written = await given(community, "Grace")
    assert "your own code" in await typed(community, written, "Grace", SLACK)
    assert "was given on Slack too" in await typed(community, written, "Alan", SLACK)
    await link(community, "Grace", "grace_h")
    third = await typed(community, await given(community, "Alan"), "grace_h")
    assert third.startswith("grace_h on Discord is linked with Grace on Slack already")
    assert words(await community.desk.answer(call("link account", who="Grace"))).startswith("Linked already:")
    theirs = await given(community, "alan_t", DISCORD)
    assert "is linked with grace_h on Discord already" in await typed(community, theirs, "Grace", SLACK)


async def test_parted_accounts_are_what_they_were_before(community: Community) -> None:
    """Each keeps what was answered through it, and an appointment that it had."""
    first, second = await community.publish(), await community.publish(title="Another evening")
    ada = call("organiser add", {"member": "U-Grace"}, who="Ada", manages=True)
    await community.desk.answer(ada)
    await link(community, "Grace", "grace_h")
    publishing = call("event drafts", who="grace_h", platform=DISCORD)
    assert "Only organisers" not in words(await community.desk.answer(publishing))
    assert "organiser already" in words(await community.desk.answer(ada))
    await community.answer(first, "going", ("Grace", "slack"))
    await community.answer(second, "going", ("grace_h", "discord"))
    asked = await community.desk.answer(call("link remove", who="Grace"))
    parted = await pressed(community, code(asked, "Part grace_h on Discord"), "Grace", SLACK)
    assert parted.startswith("grace_h on Discord is a member of its own again.")
    assert "Only organisers" in words(await community.desk.answer(publishing))
    async with community.storage.reading() as tx:
        (grace,) = await tx.rsvps.answered(first, Answer.GOING)
        (other,) = await tx.rsvps.answered(second, Answer.GOING)
    assert grace[0].member != other[0].member
    assert "is linked with no other" in words(await community.desk.answer(call("link remove", who="Grace")))
    forged = await pressed(community, code(asked, "Part grace_h on Discord"), "Mary", SLACK)
    assert forged == "That account is not linked with yours any more."


@pytest.mark.parametrize(("left", "stayed"), [("slack", "discord"), ("discord", "slack")])
async def test_whoever_has_left_a_chapter_with_one_account_is_a_member_by_the_other(
    community: Community, left: str, stayed: str
) -> None:
    """Whichever account was met first; whoever has left it with both is none."""
    platforms, names = {"slack": SLACK, "discord": DISCORD}, {"slack": "Grace", "discord": "grace_h"}

    async def ask(command: str, account: str, chapter: str = "1") -> str:
        asked = call(command, {"chapter": chapter}, who=names[account], platform=platforms[account])
        return words(await community.desk.answer(asked))

    both_left = str(await found(community.storage, "Leeds"))
    for chapter in ("1", both_left):
        for account in ("slack", "discord"):
            await ask("chapter join", account, chapter)
    await ask("chapter leave", left)
    for account in ("slack", "discord"):
        await ask("chapter leave", account, both_left)
    await link(community, "Grace", "grace_h")
    for account in (left, stayed):
        assert "You: a member\n" in await ask("chapter show", account)
        assert "You: not a member yet" in await ask("chapter show", account, both_left)


@pytest.mark.parametrize("guests", [("", "2"), ("2", "")])
async def test_whoever_was_ticked_off_twice_came_once_with_all_their_guests(
    community: Community, guests: tuple[str, str]
) -> None:
    """Nobody who stands in the room is counted away."""
    event = await community.publish()
    await community.wait_until("2026-09-17 18:00")
    for who, platform, number in (("Grace", SLACK, guests[0]), ("grace_h", DISCORD, guests[1])):
        came = {"event": str(event), "person": f"U-{who}", "guests": number}
        at = community.clock.now()
        await community.desk.answer(call("event add-walk-in", came, who="Ada", manages=True, at=at, platform=platform))
    await link(community, "Grace", "grace_h")
    sheet = call("event attendance", {"event": str(event)}, who="Ada", manages=True, at=community.clock.now())
    assert "Here: 3, 2 of them guests\nNot here yet: 0\nWalk-ins: 1" in words(await community.desk.answer(sheet))


@pytest.mark.parametrize("ballots", ["counts", "secret"])
async def test_a_linked_member_votes_once(database_url: str, ballots: str) -> None:
    """However many accounts, before and after; closed polls stay as they were counted until they are opened again."""
    async with database(database_url, seal=Seal("a key that nobody has guessed yet, for tests")) as storage:
        await found(storage)
        async with desk(storage) as front:
            community = Community(storage)
            community.desk = front
            for question in ("Open?", "Closed?"):
                given_ = {"question": question, "choices": "Yes | No", "ballots": ballots}
                await front.answer(call("poll ask", given_, who="Ada", manages=True, place=LONDON))
            await community.answer(await community.publish(), "going", ("Grace", "slack"), ("grace_h", "discord"))
            for poll, yes in ((1, 1), (2, 3)):
                await front.answer(_vote("Grace", poll, yes, SLACK))
                await front.answer(_vote("grace_h", poll, yes + 1, DISCORD))
                await front.answer(_vote("Mary", poll, yes, SLACK))
            await front.answer(call("poll close", {"poll": "2"}, who="Ada", manages=True))
            assert (await _counted(storage, 1), await _counted(storage, 2)) == ([2, 1], [2, 1])
            shown = words(await front.answer(entering(community, await given(community, "Grace"), "grace_h")))
            assert ("Both have voted in “Open?”." in shown) == (ballots == "counts")
            await link(community, "Grace", "grace_h")
            assert (await _counted(storage, 1), await _counted(storage, 2)) == ([1, 1], [2, 1])
            await front.answer(_vote("Grace", 1, 1, SLACK))
            assert await _counted(storage, 1) == [2, 0]
            await front.answer(call("poll reopen", {"poll": "2"}, who="Ada", manages=True))
            assert sum(await _counted(storage, 2)) == 2


def _vote(who: str, poll: int, choice: int, platform: Platform):
    given = {"poll": str(poll), "choice": str(choice), "on": "1"}
    place = LONDON if platform == SLACK else ON_DISCORD
    return call("vote", given, who=who, door=Door.BUTTON, platform=platform, place=place)


async def _counted(storage: Database, poll: int) -> list[int]:
    async with storage.reading() as tx:
        assert await tx.polls.all(list(PollState))
        choices = (await tx.polls.choices([PollId(poll)]))[PollId(poll)]
        tally = (await tx.ballots.tallies([PollId(poll)]))[PollId(poll)]
    assert tally.voted == sum(tally.counts.values())
    return [tally.of(choice) for choice in choices]
