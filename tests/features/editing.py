"""Editing: Ada, who manages the Slack workspace, changes what an event says."""

from dataclasses import replace

from bot.calls import Form, Reply
from bot.domain.events import EventId
from tests.desk.visitors import call, sent_in, words
from tests.features.community import Community


async def form(community: Community, event: EventId) -> Form:
    """The form of an event, as it stands now."""
    at = community.clock.now()
    shown = await community.desk.answer(call("event edit", {"event": str(event)}, who="Ada", manages=True, at=at))
    assert isinstance(shown, Form), words(shown)
    return shown


async def edit(community: Community, event: EventId, **typed: str) -> Reply:
    """Ada opens the form, changes some of its answers, and saves it."""
    return await save(community, await form(community, event), **typed)


async def save(community: Community, shown: Form, **typed: str) -> Reply:
    """Ada saves a form that she was shown before."""
    return await community.desk.answer(replace(sent_in(shown, typed, "Ada", manages=True), at=community.clock.now()))
