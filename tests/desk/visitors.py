"""Visitors: people who come to the desk, what they ask, and what they are answered."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from adapters.discord import render as discord_render
from adapters.slack.render import Render
from bot import codes
from bot.calls import Call, Door, Form, Reply
from bot.desk import Desk
from bot.domain.events import EventId, EventState
from bot.domain.leads import Lead
from bot.domain.people import Caller, Person, Platform
from bot.domain.places import ChapterId, Home, Place
from bot.domain.rsvps import Answer
from bot.features import COMMANDS
from bot.messages import Buttons, Facts, Heading, Message, Note, Paragraph
from bot.ports import Storage

NOW = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)
SLACK, DISCORD = Platform("slack"), Platform("discord")
LONDON = Place(SLACK, "C-London")
ON_DISCORD = Place(DISCORD, "1001")
PLAN = {"title": "Evening", "starts": "Thu 17 Sep 18:30", "where": "The Crown", "about": "Talks", "seats": "2"}

_keys = itertools.count(1)


def desk(storage: Storage) -> Desk:
    """The desk with everything that people can ask."""
    return Desk(storage, COMMANDS, lambda: None)


def person(name: str, platform: Platform = SLACK) -> Person:
    """Whoever is called this, on a platform."""
    return Person(platform, f"U-{name}")


def call(
    command: str,
    given: Mapping[str, str] | None = None,
    *,
    who: str = "Grace",
    manages: bool = False,
    door: Door = Door.SLASH,
    at: datetime = NOW,
    key: str = "",
    kept: int | None = None,
    place: Place | None = None,
    platform: Platform = SLACK,
) -> Call:
    """A call. `manages` is what the platform says when it is asked whether the caller manages the space."""

    async def standing() -> bool:
        return manages

    caller = Caller(person(who, platform), who, direct=platform == SLACK)
    key = key or f"call {next(_keys)}"
    return Call(command, given or {}, caller, standing, at, door, key, place, {}, kept)


def press(event: EventId, wish: str, who: str, platform: Platform = SLACK, at: datetime = NOW) -> Call:
    """A press on one of a card's buttons."""
    return call("rsvp", {"event": str(event), "answer": wish}, who=who, door=Door.BUTTON, platform=platform, at=at)


def sent_in(form: Form, typed: Mapping[str, str], who: str, *, manages: bool = False, key: str = "") -> Call:
    """A form as it is sent in: what was fixed, and every question with what stands there."""
    given = {**form.fixed, **{asked.name: form.typed.get(asked.name, "") for asked in form.asks}, **typed}
    return call(form.command, given, who=who, manages=manages, door=Door.FORM, kept=form.kept, key=key)


def words(reply: Reply) -> str:
    """All that a message says, line by line."""
    assert isinstance(reply, Message), reply
    lines: list[str] = []
    for part in reply.parts:
        match part:
            case Heading(text) | Paragraph(text) | Note(text):
                lines.append(str(text))
            case Facts(rows):
                lines += [f"{label}: {text}" for label, text in rows]
            case Buttons(buttons):
                lines.append(" ".join(f"[{button.label}]" for button in buttons))
            case _:
                pass
    return "\n".join(lines)


def fits(reply: Reply | None) -> None:
    """Both platforms would take this message."""
    assert isinstance(reply, Message), reply
    discord_render.message(reply)
    Render().message(reply)


def code(reply: Reply, label: str) -> str:
    """The code of the button with this label."""
    assert isinstance(reply, Message), reply
    rows = [part.buttons for part in reply.parts if isinstance(part, Buttons)]
    return next(button.code for row in rows for button in row if button.label == label)


def pressed(reply: Reply, label: str, who: str, *, manages: bool = False, at: datetime = NOW) -> Call:
    """A press on a message's button."""
    command, given = codes.unpack(code(reply, label))
    return call(command, given, who=who, manages=manages, door=Door.BUTTON, at=at)


async def found(storage: Storage, name: str = "London", *places: Place) -> ChapterId:
    """A chapter with a home in each of these places, or on both platforms."""
    async with storage.writing() as tx:
        chapter = await tx.chapters.add(name, ZoneInfo("Europe/London"), (Lead(days=1), Lead(minutes=120)))
        for place in places or (LONDON, ON_DISCORD):
            await tx.chapters.settle(chapter, Home(place, name.lower()))
    return chapter


async def plan(front: Desk, **changes: str) -> EventId:
    """A draft, written by Ada, who manages the space."""
    await front.answer(call("event create", {**PLAN, **changes}, who="Ada", manages=True))
    candidates = await front.candidates(call("event publish", who="Ada", manages=True), "event", "")
    return EventId(max(int(candidate.value) for candidate in candidates))


async def publish(front: Desk, **changes: str) -> EventId:
    """A published event of Ada's."""
    event = await plan(front, **changes)
    published = await front.answer(call("event publish", {"event": str(event)}, who="Ada", manages=True))
    assert "is published in" in words(published)
    return event


async def guests(storage: Storage, event: EventId, answer: Answer) -> list[str]:
    """The names of everybody who answered this, in order of arrival."""
    async with storage.reading() as tx:
        return [account.name for _rsvp, account in await tx.rsvps.answered(event, answer)]


async def planned(storage: Storage, state: EventState) -> list[str]:
    """The titles of the events in a state."""
    async with storage.reading() as tx:
        return [event.title for event in await tx.events.upcoming(NOW, state)]
