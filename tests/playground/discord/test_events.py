"""Every gateway event that the stand-in knows is what Discord's specifications say, and nothing besides."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.playground.discord import Discord
from adapters.playground.discord.permissions import Permission
from tests.playground.discord.events import FILES, SCHEMAS, SENT, UNDESCRIBED
from tests.playground.discord.raw import CONTENT, GUILD_MEMBERS, UNPRIVILEGED, Line, Raw
from tests.playground.discord.specs import Specs

REACTIONS = 1 << 10 | 1 << 13
EVERYTHING = UNPRIVILEGED | CONTENT | GUILD_MEMBERS | REACTIONS
EVENING = {
    "name": "Evening",
    "privacy_level": 2,
    "entity_type": 3,
    "entity_metadata": {"location": "Hall"},
    "scheduled_start_time": "2026-10-01T18:00:00Z",
    "scheduled_end_time": "2026-10-01T20:00:00Z",
}


@pytest.fixture
def specs(platform_specs: Path) -> Specs:
    return Specs(platform_specs / "discord")


async def messages(standin: Discord, raw: Raw, ada: str, channel: str) -> None:
    """Messages of a person and of the bot, changed, reacted to, pinned and deleted."""
    said = (await standin.act("say", {"user": ada, "channel": channel, "text": "Hello"}))["message"]
    await standin.act("edit", {"user": ada, "channel": channel, "message": said, "text": "Hello, all"})
    posted = (await raw("POST", f"/channels/{channel}/messages", {"content": "Tea?"})).json["id"]
    at = f"/channels/{channel}/messages/{posted}"
    await raw("PATCH", at, {"content": "Tea, anybody?"})
    await raw("PUT", f"/channels/{channel}/messages/pins/{posted}")
    for emoji in ("🎉", "👍"):
        await standin.act("react", {"user": ada, "channel": channel, "message": posted, "emoji": emoji})
    await standin.act("react", {"user": ada, "channel": channel, "message": posted, "emoji": "🎉", "on": False})
    await raw("PUT", f"{at}/reactions/%F0%9F%8E%89/@me")
    await raw("DELETE", f"{at}/reactions/%F0%9F%91%8D")
    await raw("DELETE", f"{at}/reactions")
    await raw("DELETE", at)
    await standin.act("delete", {"user": ada, "channel": channel, "message": said})


async def threads(raw: Raw, ada: str, london: str) -> None:
    """A thread that somebody is added to and leaves, that is renamed and deleted."""
    thread = (await raw("POST", f"/channels/{london}/threads", {"name": "Talk", "type": 11})).json["id"]
    await raw("PUT", f"/channels/{thread}/thread-members/{ada}")
    await raw("POST", f"/channels/{thread}/messages", {"content": "Hello"})
    await raw("PATCH", f"/channels/{thread}", {"name": "More talk"})
    await raw("DELETE", f"/channels/{thread}/thread-members/{ada}")
    await raw("DELETE", f"/channels/{thread}")


async def the_server(standin: Discord, raw: Raw, line: Line, ada: str, london: str) -> None:
    """Channels, roles, members and scheduled events come, change and go; in the end the bot goes too."""
    await standin.act("join", {"name": "Margaret Hamilton"})
    role = standin.add_role("Speakers")
    standin.give_role(ada, role)
    standin.overwrite(london, role, allow=Permission.MENTION_EVERYONE)
    channel = standin.add_channel("leeds")
    await raw("PATCH", f"/channels/{channel}", {"topic": "Tea"})
    await line.send(8, {"guild_id": standin.guild_id, "query": "", "limit": 0, "nonce": "n"})
    made = (await raw("POST", f"/guilds/{standin.guild_id}/scheduled-events", EVENING)).json["id"]
    await raw("PATCH", f"/guilds/{standin.guild_id}/scheduled-events/{made}", {"name": "Late evening"})
    await raw("DELETE", f"/guilds/{standin.guild_id}/scheduled-events/{made}")
    await standin.act("fault", {"name": "channel_deleted", "channel": channel})
    for on in (True, False):
        await standin.act("fault", {"name": "kicked", "on": on})


async def test_every_event_is_as_specified(
    specs: Specs,
    standin: Discord,
    raw: Raw,
    dial: Callable[..., Any],
    acting: Callable[..., Any],
    ada: str,
    london: str,
) -> None:
    """Whatever the stand-in can tell is told once, validates, and would not with one strange field."""
    standin.sockets.door.privileged = CONTENT | GUILD_MEMBERS
    standin.limits.enforced = False
    powers = Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS | Permission.MANAGE_CHANNELS
    standin.overwrite(london, standin.application_id, allow=powers)
    line: Line = await dial()
    await line.send(2, {"token": standin.token, "intents": EVERYTHING, "properties": {}})
    await messages(standin, raw, ada, london)
    await messages(standin, raw, ada, standin.direct_messages(ada))
    await threads(raw, ada, london)
    await raw("POST", f"/applications/{standin.application_id}/commands", {"name": "go", "description": "Go"})
    await acting(line, "slash", {"user": ada, "channel": london, "command": "go"})
    await the_server(standin, raw, line, ada, london)
    await line.until("GUILD_DELETE")
    await line.until("GUILD_CREATE")

    told = [(frame["t"], frame["d"]) for frame in line.seen if frame["op"] == 0]
    assert {event for event, _ in told} == {*FILES, *SCHEMAS}
    wrong = {event: specs.event(event, about) for event, about in told}
    assert wrong == {event: [] for event in wrong}
    assert [
        event for event, about in told if event in SCHEMAS and not specs.event(event, {**about, "strange": 1})
    ] == []
    assert specs.event("VOICE_STATE_UPDATE", {}) == ["no schema describes VOICE_STATE_UPDATE"]


def test_what_nothing_describes_is_listed_once(specs: Specs) -> None:
    """With its reason; whatever has a schema is not in that list, and the client's frames have theirs."""
    assert UNDESCRIBED.keys() & {*FILES, *SCHEMAS} == set()
    assert all(reason for reason in UNDESCRIBED.values())
    assert "HEARTBEAT" in SENT
    assert specs.frame({"op": 2, "d": {"token": "x", "intents": 1, "properties": {}}}) != []
