"""Routes about the server: itself, channels, roles, members, threads and scheduled events (D resources/guild.mdx)."""

from datetime import datetime

from adapters.playground.discord.gateway import Intent
from adapters.playground.discord.parts import Part
from adapters.playground.discord.permissions import THREADS, Permission
from adapters.playground.discord.platform import Answered, Ask, Platform
from adapters.playground.discord.refused import Json, Refused
from adapters.playground.discord.rest import Route
from adapters.playground.discord.world import DIRECT

MOST_EVENTS = 100
EXTERNAL = 3
SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4


def guild(platform: Platform, ask: Ask) -> Answered:
    found = dict(platform.guild(ask["guild"]))
    count = found.pop("approximate_member_count")
    found.pop("hub_type")
    if ask.yes("with_counts"):
        found |= {"approximate_member_count": count, "approximate_presence_count": count}
    return found


def channels(platform: Platform, ask: Ask) -> Answered:
    """Channels, without threads (ibid., "Get Guild Channels")."""
    platform.guild(ask["guild"])
    return [dict(one) for one in platform.world.channels.values() if one["type"] not in (*THREADS, DIRECT)]


def roles(platform: Platform, ask: Ask) -> Answered:
    return list(platform.guild(ask["guild"])["roles"])


def member(platform: Platform, ask: Ask) -> Answered:
    platform.guild(ask["guild"])
    return platform.world.member(ask["user"])


def members(platform: Platform, ask: Ask) -> Answered:
    """Needs the members intent, enabled for the app; without it 50001 (ibid., "List Guild Members")."""
    platform.guild(ask["guild"])
    if not platform.sockets.door.privileged & Intent.GUILD_MEMBERS:
        raise Refused(50001)
    limit = ask.number("limit", least=1, most=1000, default=1)
    after = ask.key("after") or 0
    ordered = sorted(platform.world.people(), key=lambda one: int(one["user"]["id"]))
    return [one for one in ordered if int(one["user"]["id"]) > after][:limit]


def search(platform: Platform, ask: Ask) -> Answered:
    platform.guild(ask["guild"])
    start = ask.query.get("query", "").lower()
    limit = ask.number("limit", least=1, most=1000, default=1)
    return [one for one in platform.world.people() if _named(one, start)][:limit]


def active_threads(platform: Platform, ask: Ask) -> Answered:
    platform.guild(ask["guild"])
    world = platform.world
    open_ones = [
        one for one in world.channels.values() if one["type"] in THREADS and not one["thread_metadata"]["archived"]
    ]
    seen = [one for one in open_ones if world.sees(world.bot_key, one)]
    own = [world.thread_members[one["id"]].get(world.bot_key) for one in seen]
    return {"threads": [platform.shown(one) for one in seen], "members": [one for one in own if one is not None]}


def events(platform: Platform, ask: Ask) -> Answered:
    platform.guild(ask["guild"])
    return list(platform.world.events.values())


def event(platform: Platform, ask: Ask) -> Answered:
    platform.guild(ask["guild"])
    found = platform.world.events.get(ask["event"])
    if found is None:
        raise Refused(10070)
    return found


def create_event(platform: Platform, ask: Ask) -> Answered:
    """An external event with a place and an end; needs CREATE_EVENTS, at most 100 open ones (30038).

    D resources/guild-scheduled-event.mdx. Voice and stage events are refused, for there are no voice channels here.
    """
    world = platform.world
    platform.guild(ask["guild"])
    if Permission.CREATE_EVENTS not in world.may_in_server(world.bot_key):
        raise Refused(50013)
    part = ask.part()
    made = _event(platform, part, {"id": "", "status": SCHEDULED, "creator_id": world.bot_key})
    if sum(1 for one in world.events.values() if one["status"] in (SCHEDULED, ACTIVE)) >= MOST_EVENTS:
        raise Refused(30038)
    made["id"] = world.mint.next()
    world.events[made["id"]] = made
    world.board.put(f"discord/event/{made['id']}", dict(made))
    platform.tell("GUILD_SCHEDULED_EVENT_CREATE", made, Intent.GUILD_SCHEDULED_EVENTS)
    return made


def change_event(platform: Platform, ask: Ask) -> Answered:
    """One's own event with CREATE_EVENTS, anybody's with MANAGE_EVENTS."""
    before = event(platform, ask)
    assert isinstance(before, dict)
    _may_change(platform, before)
    part = ask.part()
    after = _event(platform, Part({**before, **part.value}, part.problems), before)
    status = part.one_of("status", (SCHEDULED, ACTIVE, COMPLETED, CANCELED), required=False)
    part.problems.refuse()
    before |= {**after, "status": status or before["status"]}
    platform.world.board.put(f"discord/event/{before['id']}", dict(before))
    platform.tell("GUILD_SCHEDULED_EVENT_UPDATE", before, Intent.GUILD_SCHEDULED_EVENTS)
    return before


def delete_event(platform: Platform, ask: Ask) -> Answered:
    gone = event(platform, ask)
    assert isinstance(gone, dict)
    _may_change(platform, gone)
    del platform.world.events[gone["id"]]
    platform.world.board.drop(f"discord/event/{gone['id']}")
    platform.tell("GUILD_SCHEDULED_EVENT_DELETE", gone, Intent.GUILD_SCHEDULED_EVENTS)
    return None


def _may_change(platform: Platform, about: Json) -> None:
    powers = platform.world.may_in_server(platform.world.bot_key)
    own = about["creator_id"] == platform.world.bot_key and Permission.CREATE_EVENTS in powers
    if not own and Permission.MANAGE_EVENTS not in powers:
        raise Refused(50013)


def _event(platform: Platform, part: Part, base: Json) -> Json:
    part.one_of("entity_type", (EXTERNAL,))
    part.one_of("privacy_level", (2,))
    name = part.text("name", least=1, most=100, required=True)
    words = part.text("description", least=0, most=1000)
    starts, ends = _moment(part, "scheduled_start_time"), _moment(part, "scheduled_end_time")
    location: str | None = None
    if part.required("entity_metadata") and part.part("entity_metadata").is_object():
        location = part.part("entity_metadata").text("location", least=1, most=100, required=True)
    if starts and not part.problems.any and starts <= platform.world.clock.now() and not base["id"]:
        part.part("scheduled_start_time").bad(
            "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past."
        )
    if starts and ends and ends <= starts:
        words_end = "Cannot schedule event to end before it starts."
        part.part("scheduled_end_time").bad("GUILD_SCHEDULED_EVENT_END_BEFORE_START", words_end)
    part.problems.refuse()
    return {
        **base,
        "guild_id": platform.world.guild["id"],
        "channel_id": None,
        "creator": platform.world.user(base["creator_id"]),
        "name": name,
        "description": words,
        "image": None,
        "scheduled_start_time": part.value["scheduled_start_time"],
        "scheduled_end_time": part.value["scheduled_end_time"],
        "privacy_level": 2,
        "entity_type": EXTERNAL,
        "entity_id": None,
        "entity_metadata": {"location": location},
        "recurrence_rule": None,
        "user_count": 0,
        "guild_scheduled_event_exceptions": [],
    }


def _moment(part: Part, name: str) -> datetime | None:
    text = part.text(name, least=1, most=64, required=True)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        part.part(name).bad("DATE_TIME_TYPE_PARSE", f"Could not parse {text}. Should be ISO8601.")
        return None
    return found


def _named(one: Json, start: str) -> bool:
    names = (one["user"]["username"], one["user"]["global_name"], one["nick"])
    return any(name is not None and name.lower().startswith(start) for name in names)


EVENTS = "/guilds/{guild}/scheduled-events"
ROUTES = (
    Route("GET", "/guilds/{guild}", guild),
    Route("GET", "/guilds/{guild}/channels", channels),
    Route("GET", "/guilds/{guild}/roles", roles),
    Route("GET", "/guilds/{guild}/members", members),
    Route("GET", "/guilds/{guild}/members/search", search),
    Route("GET", "/guilds/{guild}/members/{user}", member),
    Route("GET", "/guilds/{guild}/threads/active", active_threads),
    Route("GET", EVENTS, events),
    Route("POST", EVENTS, create_event),
    Route("GET", EVENTS + "/{event}", event),
    Route("PATCH", EVENTS + "/{event}", change_event),
    Route("DELETE", EVENTS + "/{event}", delete_event),
)
