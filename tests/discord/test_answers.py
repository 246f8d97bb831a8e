"""What people do on Discord reaches the desk, and what it says reaches them, in time and in private."""

import asyncio
from typing import Any

import pytest

from adapters.discord import Discord
from adapters.playground.discord import Discord as StandIn
from bot.calls import Call, Candidate, Door, Reply
from bot.domain.people import Person
from bot.domain.places import Thread
from bot.messages import Button, Buttons, Menu, Message, Option, Paragraph, line, say
from bot.ports import Busy
from tests.discord.rig import DISCORD, Ear, Front, Someone, labels, place, posted, until, words

EPHEMERAL, LOADING, COMPONENTS = 1 << 6, 1 << 7, 1 << 15


def asked(label: str, code: str) -> Message:
    """A message with one button."""
    return Message((Paragraph(say("Well?")), Buttons((Button(label, code),))), say("Well?"))


async def test_a_slash_command_is_answered_in_private(bot: Discord, front: Front, grace: Someone, london: str) -> None:
    """Whoever types a command reads the answer, and nobody else does."""
    front.says["help"] = lambda call: line("Hello {name}.", name=call.caller.name)
    sent = await grace.slash(london, "help")
    assert (sent["acked"], sent["error"]) == (True, None)
    [told] = grace.private
    assert (words(told), told["flags"]) == ("Hello Grace Hopper.", EPHEMERAL | COMPONENTS)
    [call] = front.heard
    assert (call.command, call.given, call.door, call.key) == ("help", {}, Door.SLASH, sent["interaction"])
    assert (call.caller.person, call.caller.direct, call.place) == (Person(DISCORD, grace.key), False, place(london))


async def test_options_are_given_as_text_and_people_by_their_key(
    bot: Discord, front: Front, standin: StandIn, ada: Someone, grace: Someone, london: str
) -> None:
    """With the name that they show in the server, a nickname before all."""
    standin.world.member(grace.key)["nick"] = "Amazing Grace"
    await ada.slash(london, "event create", title="Rust & Tell", seats=30, host=grace.key)
    [call] = front.heard
    assert call.given == {"title": "Rust & Tell", "seats": "30", "host": grace.key}
    assert (call.command, call.names) == ("event create", {grace.key: "Amazing Grace"})


async def test_a_press_is_the_call_that_its_button_holds(
    bot: Discord, front: Front, standin: StandIn, grace: Someone, london: str
) -> None:
    """Its answer is a private message of its own; the message that was pressed stays as it is."""
    ref = await bot.post(place(london), asked("Going", "rsvp?event=4&answer=going"), "key")
    front.says["rsvp"] = lambda call: line("You are {answer}.", answer=call.given["answer"])
    before = posted(standin, ref)
    await grace.press(before, "Going")
    assert [words(told) for told in grace.private] == ["You are going."]
    [call] = front.heard
    assert (call.command, call.given, call.door) == ("rsvp", {"event": "4", "answer": "going"}, Door.BUTTON)
    assert posted(standin, ref) == before


async def test_a_private_message_is_replaced_by_the_answer_to_its_button(
    bot: Discord, front: Front, grace: Someone, london: str
) -> None:
    """A preview becomes what came of it: one message, not a pile."""
    front.says["event list"] = lambda _: asked("Publish", "event%20publish?event=4")
    front.says["event publish"] = lambda _: line("Published.")
    await grace.slash(london, "event list")
    [preview] = grace.private
    await grace.press(preview, "Publish")
    [after] = grace.private
    assert (after["id"], words(after), labels(after)) == (preview["id"], "Published.", [])


@pytest.mark.parametrize("code", ["rsvp?event", "rsvp?a=1&a=2", "rsvp?_kept=1x", "é", "rsvp?event=%zz"])
async def test_a_damaged_button_is_answered_politely(
    bot: Discord, front: Front, standin: StandIn, grace: Someone, london: str, code: str
) -> None:
    """The desk never hears of a code that nobody here can have made."""
    ref = await bot.post(place(london), asked("Old", code), "key")
    await grace.press(posted(standin, ref), "Old")
    told = "That button is from an older message or damaged; use /help to see what I can do."
    assert [words(one) for one in grace.private] == [told]
    assert front.heard == []


async def test_a_slow_answer_is_promised_in_time_and_given_when_it_is_there(
    bot: Discord, front: Front, grace: Someone, london: str
) -> None:
    """Discord is told within three seconds that it will come, and the waiting message becomes the answer."""
    front.open.clear()
    sent = await grace.slash(london, "help")
    assert sent["acked"]
    [waiting] = grace.private
    assert waiting["flags"] == EPHEMERAL | LOADING
    front.says["help"] = lambda _: line("At last.")
    front.open.set()
    told = await grace.told()
    assert (told["id"], words(told), told["flags"]) == (waiting["id"], "At last.", EPHEMERAL | COMPONENTS)


async def test_a_slow_answer_to_a_private_message_replaces_it(
    bot: Discord, front: Front, standin: StandIn, grace: Someone, london: str
) -> None:
    """While it is awaited, the message stays as it was."""
    front.says["event list"] = lambda _: asked("Publish", "event%20publish?event=4")
    front.says["event publish"] = lambda _: line("Published.")
    await grace.slash(london, "event list")
    [preview] = grace.private
    front.open.clear()
    await grace.press(preview, "Publish")
    assert grace.private == [preview]
    front.open.set()
    [after] = await until(standin.board, lambda: [one for one in grace.private if words(one) == "Published."])
    assert (after["id"], len(grace.private)) == (preview["id"], 1)


async def test_what_completes_while_somebody_types(bot: Discord, front: Front, grace: Someone, london: str) -> None:
    """What can be picked is narrowed by what was typed; the other options are known by then."""
    front.offers = [
        Candidate("Rust & Tell " * 12, "1"),
        Candidate("Pub", "2"),
        *(Candidate(f"Rust {n}", str(n)) for n in range(40)),
    ]
    completed = await grace.complete(london, "rsvp", "event", event="rust", answer="maybe")
    names = [choice["name"] for choice in completed["choices"]]
    assert (len(names), names[0]) == (25, ("Rust & Tell " * 8).rstrip() + "…")
    assert completed["choices"][1] == {"name": "Rust 0", "value": "0"}
    [call] = front.heard
    assert (call.command, call.given) == ("rsvp", {"answer": "maybe"})


async def test_completion_falls_back_to_nothing_when_it_is_slow(
    bot: Discord, front: Front, grace: Someone, london: str
) -> None:
    """It cannot be promised for later, and an empty list is better than an error."""
    front.open.clear()
    completed = await grace.complete(london, "rsvp", "event", event="")
    assert (completed["acked"], completed["choices"]) == (True, [])


async def test_who_manages_the_server_is_what_discord_says(
    bot: Discord, front: Front, ada: Someone, grace: Someone, london: str
) -> None:
    """In the server it comes with what they do."""
    await ada.slash(london, "help")
    await grace.slash(london, "help")
    assert [await call.standing() for call in front.heard] == [True, False]


async def test_in_direct_messages_discord_is_asked_who_manages_the_server(
    bot: Discord, front: Front, standin: StandIn, ada: Someone, grace: Someone
) -> None:
    """A press there says nothing of the server; who has left it manages nothing."""
    for someone in (ada, grace):
        ref = await bot.post(
            Person(DISCORD, someone.key), asked("Off", "event%20call-off?event=4"), f"key {someone.key}"
        )
        await someone.press(posted(standin, ref), "Off")
    assert [call.place for call in front.heard] == [None, None]
    assert [await call.standing() for call in front.heard] == [True, False]
    del standin.world.members[ada.key]
    assert await front.heard[0].standing() is False


async def test_a_fault_of_ours_is_owned_up_to(
    bot: Discord, front: Front, grace: Someone, london: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever acted hears of it, the log has the whole story, and the next call is answered."""

    def broken(_: Call) -> Reply:
        raise KeyError("nobody thought of this")

    front.says["help"] = broken
    await grace.slash(london, "help")
    assert [words(one) for one in grace.private] == [
        "Something went wrong on my side, sorry. It has been noted; please try again."
    ]
    await grace.slash(london, "event list")
    assert words(grace.private[-1]) == "Done."
    [record] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "'nobody thought of this'"


async def test_who_is_told_something_that_discord_refuses_is_told_so(
    bot: Discord, front: Front, grace: Someone, london: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours that only Discord has found is no reason to leave anybody waiting."""
    twice = (Option("One", "rsvp?event=4"), Option("Other", "rsvp?event=4"))
    front.says["help"] = lambda _: Message((Menu("Choose", twice),), say("Choose"))
    await grace.slash(london, "help")
    assert [words(one) for one in grace.private] == [
        "Something went wrong on my side, sorry. It has been noted; please try again."
    ]
    async with asyncio.timeout(10):
        while not (errors := [record for record in caplog.records if record.levelname == "ERROR"]):  # noqa: ASYNC110
            await asyncio.sleep(0)  # whoever waits is told first, and the log after that
    [record] = errors
    assert record.exc_info is not None
    assert "already used" in str(record.exc_info[1])


async def test_the_same_interaction_twice_is_answered_once(
    bot: Discord, front: Front, standin: StandIn, grace: Someone, london: str
) -> None:
    """The desk is given the same key, and Discord the first answer."""
    standin.faults.switch("doubled", left=1)
    await grace.slash(london, "help")
    await until(standin.board, lambda: front.heard, 2)
    assert len({call.key for call in front.heard}) == 1
    assert [words(one) for one in grace.private] == ["Done."]


async def test_a_crowd_is_answered_at_once(
    bot: Discord, front: Front, standin: StandIn, london: str, ada: Someone
) -> None:
    """Fifty people press one button, and each gets their own answer."""
    ref = await bot.post(place(london), asked("Going", "rsvp?event=4&answer=going"), "key")
    front.says["rsvp"] = lambda call: line("{name} is going.", name=call.caller.name)
    crowd = [Someone(standin, standin.add_user(f"Person {n}")) for n in range(50)]
    card: Any = posted(standin, ref)
    await asyncio.gather(*(someone.press(card, "Going") for someone in crowd))
    assert [words(someone.private[0]) for someone in crowd] == [f"Person {n} is going." for n in range(50)]


async def test_a_busy_database_is_no_fault_and_nothing_is_done(
    bot: Discord, front: Front, grace: Someone, london: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever acted is asked to try again, and whoever types gets no suggestions."""

    def busy(_: Call) -> Reply:
        raise Busy(1.0, "locked")

    front.says["help"] = busy
    await grace.slash(london, "help")
    told = "That could not be done just now, and nothing was changed. Please try again."
    assert [words(one) for one in grace.private] == [told]
    assert [record.levelname for record in caplog.records if record.name.startswith("adapters.")] == ["WARNING"]


async def test_completion_that_breaks_shows_nothing(bot: Discord, front: Front, grace: Someone, london: str) -> None:
    """An empty list, and a line in the log for us."""
    front.fails = KeyError("nobody thought of this")
    async with Ear("was not answered") as ear:
        completed = await grace.complete(london, "rsvp", "event", event="")
        await asyncio.wait_for(ear.heard.wait(), 10)
    assert (completed["acked"], completed["choices"]) == (True, [])


async def test_what_is_said_in_a_thread_is_said_in_its_channel(
    bot: Discord, front: Front, grace: Someone, london: str
) -> None:
    """The thread of a card in #london is London too."""
    ref = await bot.post(place(london), line("A card."), "card 4")
    reminder = await bot.post(Thread(place(london), ref), asked("Can't make it", "rsvp?event=4"), "reminder")
    await grace.press(posted(grace.standin, reminder), "Can't make it")
    assert [call.place for call in front.heard] == [place(london)]
