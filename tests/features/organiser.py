"""An organiser: Ada, who manages the Slack workspace, and what she and others do about reminders."""

from dataclasses import replace

from bot.calls import Door, Form, Reply
from bot.domain.events import EventId
from bot.domain.people import Platform
from tests.desk.visitors import LONDON, SLACK, call, code, sent_in, words
from tests.features.community import Community


async def ada(community: Community, command: str, **given: str) -> Reply:
    """Ada, who manages the Slack workspace, types a command in #london."""
    return await community.desk.answer(
        call(command, given, who="Ada", manages=True, at=community.clock.now(), place=LONDON)
    )


async def edit(community: Community, event: EventId, **changed: str) -> str:
    """Ada opens the form of an event, changes these answers, and sends it in; what she is told."""
    at = community.clock.now()
    form = await community.desk.answer(call("event edit", {"event": str(event)}, who="Ada", manages=True, at=at))
    assert isinstance(form, Form)
    return words(await community.desk.answer(replace(sent_in(form, changed, "Ada", manages=True), at=at)))


async def press(
    community: Community, reply: str, who: str = "Ada", platform: Platform = SLACK, *, manages: bool | None = None
) -> str:
    """Somebody presses a button that holds this code."""
    command, _, query = reply.partition("?")
    given = dict(pair.split("=") for pair in query.split("&"))
    pressed = call(
        command.replace("%20", " "),
        given,
        who=who,
        manages=who == "Ada" if manages is None else manages,
        at=community.clock.now(),
        place=LONDON,
        door=Door.BUTTON,
        platform=platform,
    )
    answered = await community.desk.answer(pressed)
    return answered.title if isinstance(answered, Form) else words(answered)


async def remind(community: Community, **given: str) -> str:
    """Ada sets a reminder, having looked at it; its number."""
    preview = await ada(community, "reminder add", **given)
    assert "nothing is set yet" in words(preview), words(preview)
    said = await press(community, code(preview, "Set it"))
    assert " is set for " in said
    return code(preview, "Set it").partition("memo=")[2]
