"""The desk answers always: once, in words, and after a commit; what fails leaves nothing behind."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Annotated

import pytest

from adapters.discord import render as discord_render
from adapters.slack import render as slack_render
from bot.calls import Call, Door, Form, Reply
from bot.commands import Ask, command
from bot.desk import Desk
from bot.domain.events import EventState
from bot.domain.rsvps import Answer
from bot.features import COMMANDS
from bot.messages import Message
from bot.ports import Busy, Transaction, Uncertain
from storage.database import Database, database
from tests.desk.visitors import NOW, PLAN, call, fits, found, guests, plan, planned, press, pressed, publish, words

BUSY = "That could not be done just now, and nothing was changed. Please try again in a moment."


async def test_a_call_delivered_twice_plans_one_event(desk: Desk, storage: Database) -> None:
    """Both deliveries are answered with the same preview."""
    twice = [await desk.answer(call("event create", PLAN, who="Ada", manages=True, key="call")) for _ in range(2)]
    assert twice[0] == twice[1]
    assert await planned(storage, EventState.DRAFT) == ["Evening"]


async def test_an_event_published_twice_is_published_once(desk: Desk, storage: Database) -> None:
    """Two organisers press the same button."""
    event = await publish(desk)
    again = await desk.answer(call("event publish", {"event": str(event)}, manages=True, door=Door.BUTTON))
    assert words(again) == "Evening is published already."
    assert await planned(storage, EventState.PUBLISHED) == ["Evening"]


async def test_an_unknown_command_is_answered_with_where_to_look(desk: Desk) -> None:
    """Such as one of an older version, on an old button."""
    assert (
        words(await desk.answer(call("poll", door=Door.BUTTON)))
        == "There is no “poll” here. /help shows what there is."
    )


@pytest.mark.parametrize("number", ["0", "999999", "-1", "9" * 19, "9" * 60])
async def test_a_forged_number_reaches_no_event(desk: Desk, number: str) -> None:
    """Whoever forges a button hears that there is no such thing, and nothing of ours breaks."""
    await publish(desk)
    for name in ("event show", "event publish", "event cancel", "event call-off", "event edit", "event revise", "rsvp"):
        given = {"event": number, "answer": "going"}
        answer = await desk.answer(call(name, given, manages=True, door=Door.BUTTON))
        assert "Something went wrong" not in str(answer)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("draft", "That event is not on record any more. /event list shows what is coming up."),
        ("cancelled", "Evening was cancelled, so there is nothing to answer any more."),
        ("over", "Evening is over. /event list shows what is coming up."),
        ("unknown", "That event is not on record any more. /event list shows what is coming up."),
    ],
)
async def test_an_old_button_is_answered_with_what_became_of_the_event(
    desk: Desk, storage: Database, state: str, sentence: str
) -> None:
    """And nobody is put on its list."""
    event = await plan(desk) if state == "draft" else await publish(desk)
    if state == "cancelled":
        await desk.answer(call("event call-off", {"event": str(event)}, manages=True, door=Door.BUTTON))
    at = NOW.replace(year=2027) if state == "over" else NOW
    number = "777" if state == "unknown" else str(event)
    answer = await desk.answer(call("rsvp", {"event": number, "answer": "going"}, door=Door.BUTTON, at=at))
    assert words(answer) == sentence
    assert await guests(storage, event, Answer.GOING) == []


async def test_a_fault_of_ours_is_logged_once_answered_once_and_undone(
    storage: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """The reference in the answer leads to the line in the log, and nothing of the attempt is kept."""

    @command("break", "Fail in the middle")
    async def break_(call: Call, tx: Transaction, name: Annotated[str, Ask("What name?")]) -> Reply:
        await tx.members.recognise([call.caller])
        raise ZeroDivisionError(name)

    async with Desk(storage, [break_], lambda: None) as desk:
        answer = words(await desk.answer(call("break", {"name": "x"})))
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    reference = answer.split()[-1].rstrip(".")
    assert record.getMessage() == f"“break” failed (reference {reference})"
    assert record.exc_info is not None
    assert answer == (
        "Something went wrong on our side, and nothing was changed. "
        f"If it happens again, tell an organiser this reference: {reference}."
    )
    async with storage.reading() as tx:
        assert await tx.members.find(call("break").caller.person) is None


@pytest.mark.parametrize("name", ["\ud800", "Nul\0", "\u202eevil", ""])
async def test_a_name_that_cannot_be_shown_hinders_nobody(desk: Desk, storage: Database, name: str) -> None:
    """Platforms hand on whatever people call themselves."""
    event = await publish(desk)
    pressing = press(event, "going", "Grace")
    pressing = replace(pressing, caller=replace(pressing.caller, name=name))
    assert "You are going to" in words(await desk.answer(pressing))
    (shown,) = await guests(storage, event, Answer.GOING)
    assert shown == {"Nul\0": "Nul", "\u202eevil": "evil"}.get(name, "U-Grace")


async def test_a_busy_platform_is_answered_with_a_clear_word(desk: Desk) -> None:
    """When it cannot say just now whether somebody manages the space."""

    async def standing() -> bool:
        raise Busy(3, "rate limited")

    asked = call("event drafts")
    busy = Call(asked.command, asked.given, asked.caller, standing, asked.at, asked.door, asked.key)
    assert words(await desk.answer(busy)) == BUSY
    publishing = Call("event publish", {}, asked.caller, standing, NOW, Door.SLASH, "k")
    assert await desk.candidates(publishing, "event", "") == ()


async def test_help_names_the_community(storage: Database) -> None:
    """As the configuration calls it."""
    async with Desk(storage, COMMANDS, lambda: None, "Tea & Code") as front:
        answer = await front.answer(call("help", {"topic": "rsvp"}))
    assert words(answer).splitlines()[0] == "What I can do for Tea & Code"


async def test_help_begins_with_what_it_has_not_understood(desk: Desk) -> None:
    """Whoever mistypes a command is told so before they are shown what there is."""
    said = words(await desk.answer(call("help", {"topic": "nonsense"}))).splitlines()
    assert said[:2] == ["There is no “nonsense” here.", "What I can do"]


async def test_help_can_be_asked_for_behind_a_word(desk: Desk) -> None:
    """`/event help` says what `/help event` does."""
    asked, other = call("help", {"topic": "event help"}), call("help", {"topic": "event"})
    assert words(await desk.answer(asked)) == words(await desk.answer(other))


@pytest.mark.parametrize("topic", ["", *sorted({each.name.partition(" ")[0] for each in COMMANDS if not each.hidden})])
async def test_help_fits_into_a_message_of_either_platform(desk: Desk, topic: str) -> None:
    """However many commands there are, each is named, and a topic tells more about those that begin with it."""
    answer = await desk.answer(call("help", {"topic": topic}))
    assert isinstance(answer, Message)
    discord_render.message(answer)
    slack_render.Render("").message(answer)
    for each in COMMANDS:
        if not each.hidden and each.name.startswith(topic):
            assert each.name.partition(" ")[2] in words(answer)


class Breaking:
    """The real database, whose connection breaks as each transaction is committed."""

    def __init__(self, storage: Database) -> None:
        self.storage = storage

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        async with self.storage.writing() as tx:
            yield tx
        raise Uncertain(1, "connection reset")

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        return self.storage.reading()


@pytest.mark.parametrize(
    ("asked", "look"),
    [("event create", "event show"), ("rsvp", "event show"), ("organiser add", "organiser list")],
)
async def test_what_may_have_been_done_is_not_said_to_have_changed_nothing(
    storage: Database, asked: str, look: str
) -> None:
    """It says where to look."""
    await found(storage)
    async with Desk(storage, COMMANDS, lambda: None) as front:
        event = await publish(front)
    given = {
        "event create": {**PLAN, "title": "Another"},
        "rsvp": {"event": str(event), "answer": "going"},
        "organiser add": {"member": "U-Alan"},
    }[asked]
    async with Desk(Breaking(storage), COMMANDS, lambda: None) as front:
        answer = await front.answer(call(asked, given, who="Ada", manages=True))
    assert words(answer) == (
        "The connection to the database broke at that very moment, so it is not certain whether that was done. "
        f"Please look with /{look} before you try again."
    )


async def test_a_database_that_is_held_by_others_is_answered_with_a_clear_word(
    fresh_sqlite: Callable[[], str],
) -> None:
    """Typed or pressed, nothing is changed, and the next try succeeds."""
    url = fresh_sqlite()
    async with database(url, patience=0.05) as storage, database(url) as other:
        await found(storage)
        async with Desk(storage, COMMANDS, lambda: None) as desk:
            event = await publish(desk)
            async with other.writing():
                assert words(await desk.answer(call("event create", PLAN, manages=True))) == BUSY
                assert words(await desk.answer(press(event, "going", "Grace"))) == BUSY
            assert await guests(storage, event, Answer.GOING) == []
            assert "You are going to" in words(await desk.answer(press(event, "going", "Grace")))


async def test_reading_waits_for_nobody_who_writes(desk: Desk, storage: Database) -> None:
    """Whoever looks at the list is answered while somebody else's transaction is open."""
    await publish(desk)
    async with storage.writing():
        assert "Evening" in words(await desk.answer(call("event list")))


async def test_errands_are_called_for_after_the_commit_only(storage: Database) -> None:
    """Whoever is called then finds them."""
    await found(storage)
    called: list[bool] = []
    desk = Desk(storage, COMMANDS, lambda: called.append(storage.connections == 0))
    async with desk:
        await desk.answer(call("event list"))
        assert called == []
        event = await publish(desk)
        await desk.answer(press(event, "going", "Grace"))
    assert called
    assert all(called)


async def test_a_draft_is_published_changed_or_discarded_from_the_list(desk: Desk, storage: Database) -> None:
    """However many there are, both platforms take the message, and the rest are counted."""
    for number in range(9):
        await plan(desk, title=f"{'*' * 60} {number}")
    listed = await desk.answer(call("event drafts", who="Ada", manages=True))
    fits(listed)
    assert "And 2 more: name one in /event publish." in words(listed)
    assert isinstance(await desk.answer(pressed(listed, "Change", "Ada", manages=True)), Form)
    gone = words(await desk.answer(pressed(listed, "Discard", "Ada", manages=True)))
    assert gone.endswith("0 is discarded.")
    assert len(await planned(storage, EventState.DRAFT)) == 8
