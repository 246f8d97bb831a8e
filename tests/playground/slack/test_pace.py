"""Rates: how many calls are let through, and what comes after."""

from typing import Any

import pytest


async def calls(town: Any, method: str, args: dict[str, Any], count: int) -> list[str | None]:
    return [await town.error(method, args) for _ in range(count)]


async def test_a_channel_takes_a_message_a_second_after_a_short_burst(town: Any) -> None:
    """Five at once, then 429; a second later one more; other channels are not concerned."""
    wanted = {"channel": town["london"], "text": "Hi"}
    assert await calls(town, "chat.postMessage", wanted, 6) == [None] * 5 + ["ratelimited"]
    assert await town.error("chat.postMessage", {**wanted, "channel": town["ada"]}) is None
    town.stopwatch.seconds += 1
    assert await calls(town, "chat.postMessage", wanted, 2) == [None, "ratelimited"]


@pytest.mark.parametrize(
    ("method", "args", "count"),
    [
        ("chat.update", {"channel": "C1", "ts": "1", "text": "x"}, 50),
        ("chat.postEphemeral", {"channel": "C1", "user": "U1", "text": "x"}, 100),
        ("views.update", {"view_id": "V1", "view": {}}, 100),
        ("users.list", {}, 20),
        ("users.info", {"user": "U1"}, 100),
    ],
)
async def test_a_method_has_its_tier(town: Any, method: str, args: dict[str, Any], count: int) -> None:
    """So many a minute, also of calls that fail; the next one is told how long to wait."""
    assert "ratelimited" not in await calls(town, method, args, count)
    headers = {"Authorization": f"Bearer {town.slack.bot_token}"}
    async with town.http.post(town.slack.api_url + method, json=args, headers=headers) as response:
        wait = int(response.headers["Retry-After"])
        assert (response.status, await response.json()) == (429, {"ok": False, "error": "ratelimited"})
    town.stopwatch.seconds += wait
    assert await town.error(method, args) != "ratelimited"


async def test_limits_can_be_switched_off(town: Any) -> None:
    """For tests of other things."""
    town.slack.workspace.pace.on = False
    assert await calls(town, "chat.postMessage", {"channel": town["london"], "text": "Hi"}, 20) == [None] * 20


async def test_a_jump_of_the_clock_counts_as_time(town: Any) -> None:
    """Whoever plays with the clock need not wait for the stopwatch."""
    wanted = {"channel": town["london"], "text": "Hi"}
    assert (await calls(town, "chat.postMessage", wanted, 6))[-1] == "ratelimited"
    town.clock.pass_(seconds=2)
    assert await calls(town, "chat.postMessage", wanted, 3) == [None, None, "ratelimited"]
