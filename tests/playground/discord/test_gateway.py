"""The gateway over a raw WebSocket: greeting, heartbeats, identifying, resuming, and every reason to hang up."""

import asyncio
import json
import zlib
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from adapters.playground.discord import Discord
from adapters.playground.discord.permissions import Permission
from tests.playground.discord.raw import CONTENT, GUILD_MEMBERS, GUILDS, MESSAGES, UNPRIVILEGED, Line, Raw, Watch

Do = Callable[..., Any]


async def test_the_greeting_and_the_first_events(dial: Do, standin: Discord, ada: str, london: str) -> None:
    """HELLO with an interval, READY with session and resume URL, then the server with its channels and only the bot."""
    line: Line = await dial(hello=False)
    hello = await line.next()
    assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
    await line.send(2, {"token": standin.token, "intents": UNPRIVILEGED, "properties": {}})
    ready = await line.until("READY")
    assert (ready["v"], ready["guilds"]) == (10, [{"id": standin.guild_id, "unavailable": True}])
    assert ready["resume_gateway_url"].startswith("ws://127.0.0.1:")
    server = await line.until("GUILD_CREATE")
    assert [one["id"] for one in server["channels"]] == [london]
    assert ([one["user"]["id"] for one in server["members"]], server["member_count"]) == ([standin.world.bot_key], 2)
    assert [frame["s"] for frame in line.seen[1:]] == [1, 2]


async def test_heartbeats_are_acknowledged_and_asked_for(line: Line, standin: Discord) -> None:
    """Op 11 for every op 1; the stand-in may ask for one."""
    await line.send(1, 2)
    assert (await line.next())["op"] == 11
    await standin.act("sockets", {"what": "heartbeat"})
    assert (await line.next())["op"] == 1


async def test_a_client_without_heartbeats_is_hung_up_on_and_may_resume(dial: Do, standin: Discord) -> None:
    """The session lives on."""
    standin.sockets.door.heartbeat = 0.02
    line: Line = await dial()
    ready = await line.identify()
    assert await line.closed() == 4000
    standin.sockets.door.heartbeat = 40
    again: Line = await dial()
    await again.send(6, {"token": standin.token, "session_id": ready["session_id"], "seq": 2})
    assert (await again.until("RESUMED")) == {}


BROKEN: list[tuple[str, Any, int]] = [
    ("a wrong token", {"op": 2, "d": {"token": "wrong", "intents": 1, "properties": {}}}, 4004),
    ("no intents", {"op": 2, "d": {"token": "TOKEN", "properties": {}}}, 4013),
    ("unknown intents", {"op": 2, "d": {"token": "TOKEN", "intents": 1 << 30, "properties": {}}}, 4013),
    ("intents that are not enabled", {"op": 2, "d": {"token": "TOKEN", "intents": CONTENT, "properties": {}}}, 4014),
    ("members without leave", {"op": 2, "d": {"token": "TOKEN", "intents": GUILD_MEMBERS, "properties": {}}}, 4014),
    ("an invalid shard", {"op": 2, "d": {"token": "TOKEN", "intents": 1, "shard": [2, 2], "properties": {}}}, 4010),
    ("something before identifying", {"op": 8, "d": {"guild_id": "1", "limit": 0}}, 4003),
    ("an unknown opcode", {"op": 99, "d": None}, 4001),
    ("no opcode", {"d": None}, 4002),
    ("a list", [], 4002),
    ("a wrong token on resuming", {"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 0}}, 4004),
]


@pytest.mark.parametrize(("frame", "code"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
async def test_wrong_frames_are_hung_up_on(dial: Do, standin: Discord, frame: Any, code: int) -> None:
    """Each with its own close code."""
    line: Line = await dial()
    await line.ws.send_str(json.dumps(frame).replace("TOKEN", standin.token))
    assert await line.closed() == code


async def test_large_and_broken_frames_are_hung_up_on(dial: Do) -> None:
    """4002 above 4096 bytes and for what is no JSON; 4096 bytes are fine."""
    codes: list[int | None] = []
    for raw in ("{" + " " * 4096, "{"):
        line: Line = await dial()
        await line.ws.send_str(raw)
        codes.append(await line.closed())
    line = await dial()
    heartbeat = json.dumps({"op": 1, "d": None})
    await line.ws.send_str(heartbeat + " " * (4096 - len(heartbeat)))
    assert (codes, (await line.next())["op"]) == ([4002, 4002], 11)


async def test_too_few_shards_are_hung_up_on(standin: Discord, dial: Callable[..., Any], raw: Raw) -> None:
    """4011 when Discord asks for more, which `GET /gateway/bot` tells; with enough of them all is well."""
    standin.gateway.shards_needed = 2
    assert (await raw("GET", "/gateway/bot")).json["shards"] == 2
    line: Line = await dial()
    await line.send(2, {"token": standin.token, "intents": 1, "properties": {}})
    assert await line.closed() == 4011
    enough: Line = await dial()
    await enough.send(2, {"token": standin.token, "intents": 1, "properties": {}, "shard": [0, 2]})
    assert (await enough.until("READY"))["shard"] == [0, 2]


async def test_an_unknown_version_is_hung_up_on(dial: Do) -> None:
    """4012."""
    line: Line = await dial("/gateway?v=5&encoding=json", hello=False)
    assert await line.closed() == 4012


async def test_identifying_twice_is_hung_up_on(line: Line, standin: Discord) -> None:
    """4005."""
    await line.send(2, {"token": standin.token, "intents": 1, "properties": {}})
    assert await line.closed() == 4005


async def test_more_than_120_frames_a_minute_are_hung_up_on(dial: Do) -> None:
    """4008."""
    line: Line = await dial()
    for _ in range(121):
        await line.send(1)
    assert await line.closed() == 4008


async def test_two_clients_identify_five_seconds_apart(dial: Do, standin: Discord, watch: Watch) -> None:
    """Sooner the session is invalid, and not resumable."""
    standin.sockets.door.identify_gap = 5.0
    first, second = await dial(), await dial()
    await first.identify()
    await second.send(2, {"token": standin.token, "intents": 1, "properties": {}})
    refused = await second.next()
    assert (refused["op"], refused["d"]) == (9, False)
    watch.pass_(5)
    await second.identify()


async def test_a_thousand_identifies_a_day_are_the_most(dial: Do, raw: Raw, standin: Discord, watch: Watch) -> None:
    """The limit is told beforehand; beyond it every session ends and the token is reset."""
    standin.sockets.door.starts.extend([watch.now()] * 999)
    first, second = await dial(), await dial()
    await first.identify()
    assert (await raw("GET", "/gateway/bot")).json["session_start_limit"]["remaining"] == 0
    await second.send(2, {"token": standin.token, "intents": 1, "properties": {}})
    assert (await first.closed(), await second.closed()) == (4004, 4004)
    assert (await raw("GET", "/users/@me")).status == 401


async def test_resuming_replays_in_order_and_then_says_so(
    dial: Do, standin: Discord, post: Do, ada: str, london: str
) -> None:
    """What happened while nobody listened comes once, with its numbers, before RESUMED."""
    line: Line = await dial()
    ready = await line.identify()
    standin.sockets.drop()
    assert await line.closed() in (None, 1006)
    for n in range(3):
        await post({"content": str(n)})
    again: Line = await dial("/gateway/resume?v=10&encoding=json")
    await again.send(6, {"token": standin.token, "session_id": ready["session_id"], "seq": 2})
    frames = [await again.next() for _ in range(4)]
    assert [(one["t"], one["s"], one["d"].get("content")) for one in frames] == [
        ("MESSAGE_CREATE", 3, "0"),
        ("MESSAGE_CREATE", 4, "1"),
        ("MESSAGE_CREATE", 5, "2"),
        ("RESUMED", 6, None),
    ]


async def test_what_cannot_be_resumed(dial: Do, standin: Discord, watch: Watch) -> None:
    """An unknown or too old session is invalid (op 9, false); a number from the future is hung up on (4007)."""
    line: Line = await dial()
    ready = await line.identify()
    unknown, future = await dial(), await dial()
    await unknown.send(6, {"token": standin.token, "session_id": "unknown", "seq": 0})
    await future.send(6, {"token": standin.token, "session_id": ready["session_id"], "seq": 99})
    assert ((await unknown.next())["d"], await future.closed()) == (False, 4007)
    standin.sockets.drop()
    await line.closed()
    watch.pass_(181)
    late: Line = await dial()
    await late.send(6, {"token": standin.token, "session_id": ready["session_id"], "seq": 2})
    assert (await late.next())["op"] == 9


async def test_closing_with_1000_ends_the_session(dial: Do, standin: Discord) -> None:
    """Any other code leaves it resumable."""
    for code, op in ((1000, 9), (4000, 0)):
        line: Line = await dial()
        ready = await line.identify()
        await line.ws.close(code=code)
        again: Line = await dial()
        await again.send(6, {"token": standin.token, "session_id": ready["session_id"], "seq": 2})
        assert (await again.next())["op"] == op


async def test_reconnect_and_invalid_session_on_demand(dial: Do, standin: Discord) -> None:
    """Ops 7 and 9, the latter resumable or not."""
    line: Line = await dial()
    await line.identify()
    for what in ("reconnect", "invalidate_resumable", "invalidate"):
        await standin.act("sockets", {"what": what})
    frames = [await line.next() for _ in range(3)]
    assert [(one["op"], one["d"]) for one in frames] == [(7, None), (9, True), (9, False)]
    assert not standin.gateway.listened


async def test_zlib_frames_share_one_stream(session: aiohttp.ClientSession, standin: Discord) -> None:
    """Each frame ends with the sync marker, and only one decompressor reads them all."""
    url = standin.gateway_url + "?v=10&encoding=json&compress=zlib-stream"
    async with session.ws_connect(url) as ws:
        stream = zlib.decompressobj()
        await ws.send_str(json.dumps({"op": 2, "d": {"token": standin.token, "intents": 1, "properties": {}}}))
        packed = [await asyncio.wait_for(ws.receive_bytes(), 5) for _ in range(3)]
    assert all(one.endswith(b"\x00\x00\xff\xff") for one in packed)
    assert [json.loads(stream.decompress(one))["t"] for one in packed] == [None, "READY", "GUILD_CREATE"]


async def test_events_come_only_to_those_who_asked(dial: Do, standin: Discord, post: Do, ada: str, london: str) -> None:
    """Without GUILD_MESSAGES no messages; interactions always."""
    deaf, keen = await dial(), await dial()
    await deaf.identify(GUILDS)
    await keen.identify(GUILDS | MESSAGES)
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}
    key = (await post({"content": "x", "components": [row]})).json["id"]
    press = asyncio.create_task(
        standin.act("press", {"user": ada, "channel": london, "message": key, "custom_id": "go"})
    )
    assert [(await keen.next())["t"], (await keen.next())["t"], (await deaf.next())["t"]] == [
        "MESSAGE_CREATE",
        "INTERACTION_CREATE",
        "INTERACTION_CREATE",
    ]
    press.cancel()


async def test_the_content_of_others_is_stripped_without_its_intent(
    dial: Do, standin: Discord, ada: str, london: str
) -> None:
    """Direct messages and mentions of the bot keep it."""
    standin.sockets.door.privileged = CONTENT
    bare, full = await dial(), await dial()
    await bare.identify()
    await full.identify(UNPRIVILEGED | CONTENT)
    for channel, text in (
        (london, "Secret"),
        (london, f"<@{standin.world.bot_key}>"),
        (standin.direct_messages(ada), "Psst"),
    ):
        await standin.act("say", {"user": ada, "channel": channel, "text": text})
    heard = [[(await line.until("MESSAGE_CREATE"))["content"] for _ in range(3)] for line in (bare, full)]
    assert heard == [["", f"<@{standin.world.bot_key}>", "Psst"], ["Secret", f"<@{standin.world.bot_key}>", "Psst"]]


async def test_events_of_invisible_channels_do_not_come(line: Line, standin: Discord, ada: str, london: str) -> None:
    """What the bot cannot see it does not hear."""
    hidden = standin.add_channel("hidden")
    standin.world.overwrite(hidden, standin.world.bot_key, deny=Permission.VIEW_CHANNEL)
    await line.until("CHANNEL_CREATE")
    for channel in (hidden, london):
        await standin.act("say", {"user": ada, "channel": channel, "text": "x"})
    assert (await line.until("MESSAGE_CREATE"))["channel_id"] == london


async def test_a_server_lives_on_one_shard(dial: Do, standin: Discord, ada: str, london: str) -> None:
    """Its events go there alone; direct messages go to the first."""
    home = (int(standin.guild_id) >> 22) % 2
    lines: list[Line] = [await dial(), await dial()]
    for n, line in enumerate(lines):
        await line.send(2, {"token": standin.token, "intents": UNPRIVILEGED, "shard": [n, 2], "properties": {}})
        await line.until("READY")
    assert (await lines[home].until("GUILD_CREATE"))["id"] == standin.guild_id
    await standin.act("say", {"user": ada, "channel": london, "text": "x"})
    await standin.act("say", {"user": ada, "channel": standin.direct_messages(ada), "text": "y"})
    expected: list[list[str]] = [[], []]
    expected[home].append(london)
    expected[0].append(standin.direct_messages(ada))
    for n, channels in enumerate(expected):
        assert [(await lines[n].until("MESSAGE_CREATE"))["channel_id"] for _ in channels] == channels


async def test_members_can_be_requested(line: Line, standin: Discord, ada: str) -> None:
    """By id, with the request's nonce."""
    await line.send(8, {"guild_id": standin.guild_id, "user_ids": [ada], "limit": 0, "nonce": "n"})
    chunk = await line.until("GUILD_MEMBERS_CHUNK")
    assert ([one["user"]["id"] for one in chunk["members"]], chunk["nonce"]) == ([ada], "n")
