"""What Slack's answers mean for whoever asked."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.web import done, sent
from bot.ports import Busy, Gone, Refused, Unknown


def refusal(code: str) -> dict[str, object]:
    return {"ok": False, "error": code}


ANSWERS: dict[str, tuple[int, dict[str, str], object, type[Exception], type[Exception]]] = {
    # An HTTP status, headers and body; what it means for a call that may be made twice, and for one that may not.
    "too fast": (429, {"Retry-After": "7"}, refusal("ratelimited"), Busy, Busy),
    "too fast, without a word": (429, {}, "", Busy, Busy),
    "closed for maintenance": (200, {}, refusal("service_unavailable"), Busy, Busy),
    "no such channel": (200, {}, refusal("channel_not_found"), Gone, Gone),
    "thrown out": (200, {}, refusal("not_in_channel"), Gone, Gone),
    "archived": (200, {}, refusal("is_archived"), Gone, Gone),
    "message deleted": (200, {}, refusal("message_not_found"), Gone, Gone),
    "direct messages closed": (200, {}, refusal("messages_tab_disabled"), Gone, Gone),
    "a token that is no good": (200, {}, refusal("invalid_auth"), Busy, Busy),
    "a workspace that threw us out": (200, {}, refusal("account_inactive"), Busy, Busy),
    "no permission": (200, {}, {**refusal("missing_scope"), "needed": "chat:write"}, Busy, Busy),
    "our blocks are bad": (200, {}, refusal("invalid_blocks"), Refused, Refused),
    "an error of tomorrow": (200, {}, refusal("unheard_of"), Refused, Refused),
    "something went wrong in there": (200, {}, refusal("fatal_error"), Busy, Unknown),
    "a gateway's page": (502, {}, "<html>Bad gateway</html>", Busy, Unknown),
    "a crash": (500, {}, {}, Busy, Unknown),
}


async def answered(status: int, headers: dict[str, str], body: object) -> AsyncSlackResponse:
    """An answer of this kind, as slack-sdk hands it over."""
    return AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="https://slack.com/api/chat.postMessage",
        req_args={},
        data=body,  # type: ignore[arg-type]  # slack-sdk hands over text where there is no JSON
        headers=headers,
        status_code=status,
    ).validate()


@pytest.mark.parametrize(("status", "headers", "body", "twice", "once"), ANSWERS.values(), ids=ANSWERS)
async def test_what_an_answer_means(
    status: int, headers: dict[str, str], body: object, twice: type[Exception], once: type[Exception]
) -> None:
    """Where it is doubtful whether something was done, only a call that may be made twice is simply made again."""
    with pytest.raises(twice):
        await done(answered(status, headers, body))
    with pytest.raises(once):
        await sent(answered(status, headers, body))


FAILURES: dict[str, tuple[Exception, type[Exception]]] = {
    "nobody listens": (
        aiohttp.ClientConnectorError(None, OSError(111, "Connection refused")),  # type: ignore[arg-type]
        Busy,
    ),
    "nobody answers the phone": (aiohttp.ConnectionTimeoutError(), Busy),
    "the answer never came": (aiohttp.SocketTimeoutError(), Unknown),
    "the connection broke": (aiohttp.ServerDisconnectedError(), Unknown),
    "the connection was reset": (aiohttp.ClientOSError(104, "Connection reset by peer"), Unknown),
}


@pytest.mark.parametrize(("error", "once"), FAILURES.values(), ids=FAILURES)
async def test_what_no_answer_means(error: Exception, once: type[Exception]) -> None:
    """A connection that never stood did no harm; one that broke may have."""

    async def broken() -> AsyncSlackResponse:
        raise error

    with pytest.raises(Busy):
        await done(broken())
    with pytest.raises(once):
        await sent(broken())


async def test_slacks_own_word_on_waiting_is_passed_on() -> None:
    """Retry-After says how long to wait."""
    with pytest.raises(Busy) as busy:
        await sent(answered(429, {"retry-after": "7"}, refusal("ratelimited")))
    assert busy.value.after == 7.0


async def test_a_refused_token_names_the_setting() -> None:
    """Whoever reads the log learns which setting to mend, and never the token."""
    with pytest.raises(Busy) as busy:
        await done(answered(200, {}, refusal("invalid_auth")), "app_token")
    assert str(busy.value) == "Slack does not accept the token in [slack] app_token (invalid_auth)."


async def test_a_refusal_of_our_blocks_says_what_is_wrong_with_them() -> None:
    """The details that Slack gives are kept for whoever mends it."""
    body = {
        **refusal("invalid_blocks"),
        "response_metadata": {"messages": ["[ERROR] must be less than 151 characters"]},
    }
    with pytest.raises(Refused) as refused:
        await sent(answered(200, {}, body))
    assert str(refused.value) == "Slack says invalid_blocks: [ERROR] must be less than 151 characters"
