"""Rate limits over raw HTTP: buckets with their headers, the global limit, and the ban."""

from collections.abc import Callable
from typing import Any

from adapters.playground.discord import Discord
from tests.playground.discord.raw import Raw, Watch

Do = Callable[..., Any]


async def test_a_bucket_counts_down_and_then_refuses(post: Do, watch: Watch) -> None:
    """Five messages in five seconds; the sixth is 429 with everything that a client needs to wait."""
    replies = [await post({"content": str(n)}) for n in range(6)]
    assert [one.headers["X-RateLimit-Remaining"] for one in replies] == ["4", "3", "2", "1", "0", "0"]
    last = replies[-1]
    assert (last.status, last.json) == (
        429,
        {"message": "You are being rate limited.", "retry_after": 5.0, "global": False, "code": 0},
    )
    headers = {
        name: last.headers[name]
        for name in (
            "Retry-After",
            "Via",
            "X-RateLimit-Limit",
            "X-RateLimit-Reset-After",
            "X-RateLimit-Scope",
            "Content-Type",
        )
    }
    assert headers == {
        "Retry-After": "5",
        "Via": "1.1 google",
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Reset-After": "5.000",
        "X-RateLimit-Scope": "user",
        "Content-Type": "application/json",
    }
    assert float(last.headers["X-RateLimit-Reset"]) == watch.now().timestamp() + 5
    watch.pass_(5)
    assert (await post({"content": "Again"})).status == 200


async def test_each_channel_has_a_bucket_of_its_own_by_the_same_name(raw: Raw, post: Do, standin: Discord) -> None:
    """The bucket's name leaves the channel out."""
    other = standin.add_channel("birmingham")
    first = [await post({"content": "x"}) for _ in range(5)][-1]
    second = await raw("POST", f"/channels/{other}/messages", {"content": "x"})
    assert (second.status, second.headers["X-RateLimit-Remaining"]) == (200, "4")
    assert first.headers["X-RateLimit-Bucket"] == second.headers["X-RateLimit-Bucket"]


async def test_fifty_requests_a_second_are_the_most(raw: Raw, standin: Discord, watch: Watch) -> None:
    """The fifty-first is refused globally, with other words in its headers."""
    standin.limits.rates = {"GET /users/@me": (1000, 1.0)}
    statuses = [(await raw("GET", "/users/@me")).status for _ in range(50)]
    refused = await raw("GET", "/users/@me")
    assert (set(statuses), refused.status, refused.json["global"]) == ({200}, 429, True)
    assert (refused.headers["X-RateLimit-Global"], refused.headers["X-RateLimit-Scope"]) == ("true", "global")
    assert (refused.headers["Via"], int(refused.headers["Retry-After"]) >= 1) == ("1.1 google", True)
    watch.pass_(1)
    assert (await raw("GET", "/users/@me")).status == 200


async def test_interactions_are_outside_the_global_limit(
    go: Do, respond: Do, hook: Do, raw: Raw, standin: Discord
) -> None:
    """The first response and follow-ups work while everything else waits."""
    standin.limits.rates = {"GET /users/@me": (1000, 1.0)}
    event = await go()
    while (await raw("GET", "/users/@me")).status == 200:
        pass
    assert (await respond(event, {"type": 4, "data": {"content": "x"}})).status == 204
    assert (await hook(event, "POST", "", {"content": "y"})).status == 200


async def test_follow_ups_have_a_bucket_for_each_token(go: Do, respond: Do, hook: Do) -> None:
    """Five in two seconds, and another interaction is not concerned."""
    first, second = await go(), await go()
    for event in (first, second):
        await respond(event, {"type": 4, "data": {"content": "x"}})
    statuses = [(await hook(first, "POST", "", {"content": "y"})).status for _ in range(6)]
    assert (statuses, (await hook(second, "POST", "", {"content": "y"})).status) == ([200] * 5 + [429], 200)


async def test_too_many_invalid_requests_are_banned(raw: Raw, standin: Discord, watch: Watch) -> None:
    """After ten thousand 401, 403 and 429 in ten minutes an answer without JSON and without Via, whatever is asked."""
    standin.limits.invalid = (3, 600.0)
    standin.faults.switch("ratelimited", left=1, route="GET /users/@me")
    assert (await raw("GET", "/users/@me")).status == 429
    assert standin.limits.invalid_requests == 0
    for _ in range(3):
        await raw("GET", "/users/@me", token="wrong")
    banned = await raw("GET", "/users/@me")
    assert (banned.status, banned.json, "Via" in banned.headers) == (429, "error code: 1015", False)
    watch.pass_(600)
    assert (await raw("GET", "/users/@me")).status == 200
