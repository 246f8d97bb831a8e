"""The stage over raw HTTP and WebSocket: what it serves, what it refuses, and how changes reach the page."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from adapters.playground.impossible import Impossible
from adapters.playground.stage import Stage
from tests.playground.page.conftest import Playground
from tests.playground.page.people import NOW
from tests.playground.page.samples import put
from tests.playground.page.slack_samples import slack_rows

pytestmark = pytest.mark.asyncio(loop_scope="session")

Answer = tuple[int, Any]


async def post(stage: Stage, path: str, json: Any = None, **headers: str) -> Answer:
    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.url + path, json=json if json is not None else {}, headers=headers) as response,
    ):
        return response.status, await response.json()


async def test_an_act_reaches_its_stand_in_and_its_answer_comes_back(stage: Stage, playground: Playground) -> None:
    """`POST /act/<platform>/<name>` is the stand-in's own `act`."""
    playground.answers["discord complete"] = {"acked": True, "error": None, "choices": [{"name": "Pub", "value": "7"}]}
    given = {"user": "1", "command": "rsvp", "options": {}, "focused": "event"}
    assert await post(stage, "act/discord/complete", given) == (200, playground.answers["discord complete"])
    assert playground.acts == [("discord", "complete", given)]


async def test_what_is_impossible_is_refused_in_a_sentence(stage: Stage, playground: Playground) -> None:
    """A person reads why, instead of a stack trace or nothing."""
    playground.answers["slack press"] = Impossible("That message is gone.")
    assert await post(stage, "act/slack/press") == (400, {"error": "That message is gone."})
    assert await post(stage, "act/irc/say") == (404, {"error": "There is no irc here."})
    assert await post(stage, "act/slack/say", ["a", "list"]) == (400, {"error": "An act is a JSON object."})


async def test_another_page_cannot_act_here(stage: Stage, playground: Playground) -> None:
    """Neither by its origin, nor under a name of its own that it points at loopback, nor with a plain form."""
    own = stage.url.rstrip("/")
    assert (await post(stage, "act/slack/say", Origin="https://evil.example"))[0] == 403
    assert (await post(stage, "act/slack/say", Origin="null"))[0] == 403
    assert (await post(stage, "act/slack/say", Origin="http://evil.example:80", Host="evil.example:80"))[0] == 403
    assert playground.acts == []
    assert (await post(stage, "act/slack/say", Origin=own))[0] == 200
    async with aiohttp.ClientSession() as session:
        async with session.post(stage.url + "act/slack/say", data="user=1") as form:
            assert form.status == 415
        for origin in ("https://evil.example", "http://localhost:1"):
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await session.ws_connect(stage.url + "watch", headers={"Origin": origin})
        async with session.get(stage.url + "rows", headers={"Host": "evil.example"}) as rows:
            assert rows.status == 403


async def test_watching_begins_with_every_row_and_goes_on_with_changes(stage: Stage, playground: Playground) -> None:
    """A burst is one frame that holds the newest of each row."""
    put(playground.board, slack_rows())
    async with aiohttp.ClientSession() as session, session.ws_connect(stage.url + "watch") as socket:
        first = dict(await socket.receive_json(timeout=5))
        assert first == playground.board.rows()
        for n in range(50):
            playground.board.put("slack/team", {"id": "T1", "name": f"Team {n}"})
            playground.board.put(f"wire/{n}", {"n": n})
        playground.board.drop("wire/7")
        burst = await _changes_of(socket, {"slack/team", *(f"wire/{n}" for n in range(50))})
        assert burst["slack/team"] == {"id": "T1", "name": "Team 49"}
        assert burst["wire/7"] is None
        assert burst["wire/8"] == {"n": 8}


async def _changes_of(socket: aiohttp.ClientWebSocketResponse, wanted: set[str]) -> dict[str, Any]:
    """The next frames' changes to these rows; the clock may tick in between, but a burst is at most two frames."""
    found: dict[str, Any] = {}
    for _ in range(3):
        found |= {name: row for name, row in await socket.receive_json(timeout=5) if name in wanted}
        if found.keys() == wanted:
            break
    assert found.keys() == wanted
    return found


async def test_rows_can_be_read_without_a_socket(stage: Stage, playground: Playground) -> None:
    """For scripts and the curious."""
    put(playground.board, slack_rows())
    async with aiohttp.ClientSession() as session, session.get(stage.url + "rows?prefix=slack/team") as response:
        assert await response.json() == {"slack/team": {"id": "T1", "name": "Tea & Types", "domain": "tea"}}


async def test_the_clock_moves_forward_only(stage: Stage, playground: Playground) -> None:
    """By seconds or to a time; what cannot be read or lies in the past is refused and moves nothing."""
    later = NOW + timedelta(hours=1)
    assert await post(stage, "clock", {"by": 3600}) == (200, {"now": later.isoformat()})
    assert playground.board.get("clock") == {"now": later.isoformat()}
    evening = datetime(2026, 9, 17, 17, tzinfo=UTC)
    assert await post(stage, "clock", {"to": "2026-09-17T18:00:00+01:00"}) == (200, {"now": evening.isoformat()})
    assert playground.clock.now() == evening
    for given, sentence in (
        ({"by": -3600}, "The clock only moves forward."),
        ({"to": "2026-09-14T00:00:00Z"}, "The clock only moves forward."),
        ({"to": "tea time"}, "“tea time” is not a time."),
        ({"by": 1e300}, "That is too far away."),
        ({"by": True}, "Say when: “to” a time, or “by” a number of seconds."),
        ({}, "Say when: “to” a time, or “by” a number of seconds."),
    ):
        assert await post(stage, "clock", given) == (400, {"error": sentence})
    assert playground.clock.now() == evening


async def test_ringing_the_next_reminder_moves_the_clock_to_it(stage: Stage, playground: Playground) -> None:
    """The page need not know when that is."""
    due = NOW + timedelta(hours=2)
    assert await post(stage, "clock/next") == (200, {"now": due.isoformat()})
    assert playground.clock.now() == due


async def test_without_reminders_or_a_story_the_stage_says_so() -> None:
    """Stand-ins that run alone have neither."""
    bare = Playground()
    stage = Stage(bare.board, bare.clock, bare.clock.move, {})
    await stage.start()
    try:
        assert await post(stage, "clock/next") == (400, {"error": "No reminder is waiting to ring."})
        assert await post(stage, "story") == (404, {"error": "There is no story to play here."})
        row = bare.board.get("stage")
        assert row is not None
        assert (row["reminders"], row["story"]) == (False, False)
    finally:
        await stage.stop()


async def test_a_story_that_still_plays_ends_when_it_is_started_again() -> None:
    """There is one stage; and when the stage goes, its story goes too."""
    world = Playground()
    begun: asyncio.Queue[str] = asyncio.Queue()
    ended: list[str] = []

    async def story(tell: Any) -> None:
        tell("Ada plans an evening.")
        begun.put_nowait("begun")
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("ended")

    stage = Stage(world.board, world.clock, world.clock.move, {}, story=story)
    await stage.start()
    assert await post(stage, "story") == (200, {"started": True})
    assert await asyncio.wait_for(begun.get(), 5) == "begun"
    assert world.board.get("story") == {"running": True, "step": "Ada plans an evening.", "error": None}
    assert await post(stage, "story") == (200, {"started": True})
    assert await asyncio.wait_for(begun.get(), 5) == "begun"
    assert ended == ["ended"]
    await stage.stop()
    assert ended == ["ended", "ended"]


async def test_the_page_is_its_own_and_loads_nothing_from_elsewhere(stage: Stage) -> None:
    """Its policy forbids scripts and styles from other places, and there is none in its markup."""
    async with aiohttp.ClientSession() as session, session.get(stage.url) as response:
        text = await response.text()
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "http://" not in text
    assert "https://" not in text
