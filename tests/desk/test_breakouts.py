"""Breakouts at the desk: made of those going or of those here, mixed again, posted, and remembered."""

from collections.abc import Collection

import pytest

from bot.calls import Call, Door, Form
from bot.desk import Desk
from bot.domain.breakouts import BreakoutId
from bot.domain.events import EventId
from bot.features.breakouts.cards import breakout_card, grouped
from storage.database import Database
from tests.desk.visitors import DISCORD, LONDON, NOW, SLACK, call, code, fits, plan, press, publish, words

GUESTS = [f"Guest {number}" for number in range(1, 8)]


def split(event: EventId, size: int = 2, **changes: str) -> Call:
    """An organiser wants groups."""
    given = {"event": str(event), "size": str(size), **changes}
    return call("breakout", given, who="Ada", manages=True, place=LONDON)


def pressed(name: str, who: str = "Ada", breakout: int = 1, **given: str) -> Call:
    """A press on a button that holds this; Ada manages the space."""
    given = {"breakout": str(breakout), **given}
    return call(f"breakout {name}", given, who=who, manages=who == "Ada", door=Door.BUTTON, place=LONDON)


async def evening(desk: Desk, guests: Collection[str] = GUESTS) -> EventId:
    """A published evening, to which these are going, on one platform or the other."""
    event = await publish(desk, seats="")
    for number, who in enumerate(guests):
        await desk.answer(press(event, "going", who, DISCORD if number % 2 else SLACK))
    return event


async def card(storage: Database, breakout: int = 1) -> str | None:
    """What everybody sees of a breakout."""
    async with storage.reading() as tx:
        drawn = await breakout_card.drawn(tx, {"breakout": str(breakout)}, NOW)
        return None if drawn is None else words(drawn)


async def refused(desk: Desk, made: Call) -> str:
    reply = await desk.answer(made)
    return " ".join(reply.errors.values()) if isinstance(reply, Form) else words(reply)


async def test_those_who_are_going_are_split_as_only_the_organiser_sees_until_it_is_posted(
    desk: Desk, storage: Database
) -> None:
    """Everybody is in one group, each has its question and a button to write down what it came to."""
    event = await evening(desk)
    shown = await desk.answer(split(event, questions="What did you stop? | Who decided?"))
    assert all(who in words(shown) for who in GUESTS)
    assert "Only you see this so far." in words(shown)
    assert await card(storage) is None
    again = await desk.answer(pressed("groups"))
    assert words(again) != words(shown)
    stale = words(await desk.answer(pressed("post", mix="0")))
    assert "Somebody mixed them again meanwhile" in stale
    assert "are posted in #london" in words(await desk.answer(pressed("post", mix="1")))
    assert "posted already" in words(await desk.answer(pressed("post", mix="1")))
    assert "posted already" in words(await desk.answer(pressed("groups")))
    seen = await card(storage) or ""
    assert [seen.count(who) for who in GUESTS] == [1] * 7
    assert "— Who decided?" in seen
    assert "[Group 3: write down]" in seen
    assert "[Group 4: write down]" not in seen
    own = words(await desk.answer(pressed("mine", "Guest 1")))
    assert "You are in group" in own
    assert "You are in no group." in words(await desk.answer(pressed("mine", "Alan")))
    form = await desk.answer(pressed("write", "Guest 1", group="1"))
    assert isinstance(form, Form)
    assert [asked.name for asked in form.asks] == ["text", "credit"]
    given = {**form.fixed, "text": "Stop by Friday", "credit": "unnamed"}
    assert "Kept: “Stop by Friday”" in words(await desk.answer(call(form.command, given, door=Door.FORM)))
    assert "Stop by Friday" in words(await desk.answer(call("takeaway list", {"event": str(event)})))


async def test_those_who_are_here_say_so_before_groups_are_made(desk: Desk, storage: Database) -> None:
    """Pressed twice it counts once; whoever comes after the preview is in the groups that are posted."""
    event = await evening(desk, ())
    await desk.answer(split(event, who="here"))
    assert "Nobody is there yet" in await refused(desk, pressed("groups"))
    for who in ("Grace", "Grace", "Alan", "Mary", "Dorothy"):
        assert "You are here" in words(await desk.answer(pressed("here", who, on="1")))
    assert "not split" in words(await desk.answer(pressed("here", "Dorothy", on="0")))
    assert "3 here: Grace, Alan, Mary" in (await card(storage) or "")
    assert "Only organisers" in await refused(desk, pressed("groups", "Grace"))
    shown = await desk.answer(pressed("groups"))
    await desk.answer(pressed("here", "Katherine", on="1"))
    _name, _, query = code(shown, "Post").partition("mix=")
    new = words(await desk.answer(pressed("post", mix=query)))
    assert "Somebody came or left meanwhile" in new
    assert "Katherine" in new
    assert "are posted" in words(await desk.answer(pressed("post", mix="2")))
    assert "The groups are made already" in await refused(desk, pressed("here", "Late", on="1"))


async def test_whoever_leaves_before_the_groups_are_posted_leaves_nobody_alone(desk: Desk, storage: Database) -> None:
    """By *Not after all*, or by calling off: the organiser is shown new groups, and no name of theirs is posted."""
    event = await evening(desk, ("Grace", "Alan", "Mary", "Dorothy"))
    await desk.answer(split(event))
    await desk.answer(press(event, "not going", "Grace"))
    new = words(await desk.answer(pressed("post", mix="0")))
    assert "Somebody came or left meanwhile, so these groups are new; nothing is posted yet." in new
    assert "Grace" not in new
    assert await card(storage) is None
    await desk.answer(split(event, who="here"))
    for who in ("Grace", "Alan", "Mary", "Dorothy"):
        await desk.answer(pressed("here", who, breakout=2, on="1"))
    await desk.answer(pressed("groups", breakout=2))
    await desk.answer(pressed("here", "Grace", breakout=2, on="0"))
    assert "Somebody came or left meanwhile" in words(await desk.answer(pressed("post", breakout=2, mix="1")))
    assert "are posted" in words(await desk.answer(pressed("post", breakout=2, mix="2")))
    groups = [line for line in (await card(storage, 2) or "").splitlines() if line.startswith("Group ")]
    assert [sorted(each.partition(": ")[2].split(", ")) for each in groups] == [["Alan", "Dorothy", "Mary"]]


async def test_a_call_that_is_delivered_twice_splits_once(desk: Desk, storage: Database) -> None:
    """Also when its groups were posted in between: they stay as everybody has read them."""
    event = await evening(desk)
    made = split(event)
    await desk.answer(made)
    await desk.answer(pressed("post", mix="0"))
    seen = await card(storage)
    assert "posted already" in words(await desk.answer(made))
    assert await card(storage) == seen
    assert "There is no such breakout" in await refused(desk, pressed("mine", breakout=2))


async def test_a_second_breakout_mixes_those_who_have_not_met(desk: Desk, storage: Database) -> None:
    """Only what was posted counts as having met."""
    event = await evening(desk, GUESTS[:4])
    for number in (1, 2, 3):
        shown = words(await desk.answer(split(event)))
        assert "Nobody meets somebody from an earlier breakout." in shown
        await desk.answer(pressed("post", breakout=number, mix="0"))
    assert "2 pairs were together before" in words(await desk.answer(split(event)))
    async with storage.reading() as tx:
        people = await tx.breakouts.people(BreakoutId(1))
        assert len(await tx.breakouts.met(list(people))) == 6
    audited = words(await desk.answer(call("audit", who="Ada", manages=True)))
    assert "groups at Evening" in audited


async def test_what_cannot_be_split_is_told_in_a_sentence(desk: Desk) -> None:
    """Bad sizes, nobody there, events that are not held, and forged buttons."""
    event = await evening(desk, ["Grace"])
    draft = await plan(desk)
    sentences = [
        (split(event, 1), "A group has 2 to 12 people."),
        (split(event, 13), "A group has 2 to 12 people."),
        (split(event, 2), "Only one is there so far, and a group is at least two."),
        (split(draft, 2), "is not being held"),
        (split(EventId(99), 2), "There is no such event"),
        (split(event, questions="x" * 151), "has 151 letters"),
        (split(event, questions="|".join(map(str, range(13)))), "These are 13 questions"),
        (pressed("groups", breakout=99), "There is no such breakout"),
        (pressed("here", "Grace", breakout=99, on="1"), "There is no such breakout"),
        (pressed("mine", "Grace", breakout=99), "There is no such breakout"),
        (call("breakout", {"event": str(event), "size": "2"}), "Only organisers can do that."),
    ]
    for made, sentence in sentences:
        assert sentence in await refused(desk, made), made


async def test_those_who_are_going_need_not_say_that_they_are_here(desk: Desk) -> None:
    """A forged button lets nobody into a preview."""
    event = await evening(desk)
    await desk.answer(split(event))
    assert "made of those who are going" in await refused(desk, pressed("here", "Alan", on="1"))
    assert "Only organisers" in await refused(desk, pressed("post", "Alan", mix="0"))


@pytest.mark.parametrize("sign", ["*", "🎉", "名", "ש"])
async def test_a_full_house_still_fits_its_card(desk: Desk, storage: Database, sign: str) -> None:
    """What there is no room for is told, and everybody finds their own group."""
    event = await evening(desk, [f"{number} {sign * 75}" for number in range(60)])
    fits(await desk.answer(split(event, questions="\n".join(f"{number}{sign * 148}" for number in range(12)))))
    await desk.answer(pressed("post", mix="0"))
    seen = await card(storage) or ""
    assert "more groups; My group tells everybody theirs" in seen
    async with storage.reading() as tx:
        fits(await breakout_card.drawn(tx, {"breakout": "1"}, NOW))
    own = await desk.answer(pressed("mine", f"0 {sign * 75}"))
    assert "You are in group" in words(own)
    fits(own)


async def test_whoever_is_forgotten_is_on_no_card(desk: Desk, storage: Database) -> None:
    """Their group goes on without them."""
    event = await evening(desk)
    await desk.answer(split(event))
    await desk.answer(pressed("post", mix="0"))
    await desk.answer(call("my erase-now", who="Guest 1", door=Door.BUTTON))
    assert "Guest 1" not in (await card(storage) or "")


@pytest.mark.parametrize("questions", ["", "What did you stop?", "What did you stop? | Who decided?"])
async def test_a_group_of_which_everybody_is_forgotten_is_told_no_more(
    desk: Desk, storage: Database, questions: str
) -> None:
    """The other one keeps its number and its question; where nobody is left, the card says so."""
    event = await evening(desk, GUESTS[:4])
    await desk.answer(split(event, questions=questions))
    await desk.answer(pressed("post", mix="0"))
    async with storage.reading() as tx:
        groups = await grouped(tx, await tx.breakouts.get(BreakoutId(1)))
    for number, group in enumerate(groups, 1):
        for who in group:
            platform = DISCORD if GUESTS.index(who) % 2 else SLACK
            await desk.answer(call("my erase-now", who=who, door=Door.BUTTON, platform=platform))
        async with storage.reading() as tx:
            drawn = await breakout_card.drawn(tx, {"breakout": "1"}, NOW)
        assert drawn is not None
        fits(drawn)
        told = words(drawn)
        assert f"Group {number}" not in told
        assert ("Group 2: " in told, "Nobody is left in these groups." in told) == (number == 1, number == 2)
