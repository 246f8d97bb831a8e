"""The Web API: calls that end as Busy, Gone, Unknown or Refused when they do not end well."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.texts import Json
from bot.ports import Busy, Gone, Refused, Unknown

TOKENS: Final = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
"""The token is no good: nothing was done, and nothing will be until somebody mends the configuration."""

GONE: Final = frozenset(
    {
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "cant_update_message",
        "channel_is_limited_access",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "is_inactive",
        "message_not_found",
        "messages_tab_disabled",
        "method_not_supported_for_channel_type",
        "not_in_channel",
        "posting_to_channel_denied",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "thread_not_found",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
    }
)

PASSING: Final = frozenset(
    {
        "accesslimited",
        "message_limit_exceeded",
        "rate_limited",
        "ratelimited",
        "service_unavailable",
        "team_added_to_org",
    }
)
"""Nothing was done, and it may work later."""

DOUBTFUL: Final = frozenset(
    {
        "fatal_error",
        "internal_error",
        "request_timeout",
    }
)
"""Something went wrong inside Slack; “it's possible some aspect of the operation succeeded” (method reference)."""

SOON: Final = 1.0
LATER: Final = 60.0

_NOT_SENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_BROKEN: Final = (aiohttp.ClientError, TimeoutError, OSError)


class Unauthorised(Busy):
    """Slack does not accept a token. It may once the configuration is mended, so it is tried again, slowly."""


class Forbidden(Unauthorised):
    """The token is good and lacks a permission."""


async def pages(call: Callable[[str], Awaitable[AsyncSlackResponse]], items: str) -> AsyncIterator[Json]:
    """All that a method lists under `items`, page by page. `call` asks for a page by its cursor, the first by none."""
    cursor = ""
    while True:
        page = await done(call(cursor))
        for item in page[items]:
            yield item
        cursor = following(page)
        if not cursor:
            return


def following(page: Json) -> str:
    """The cursor of the page after this one; empty after the last."""
    return (page.get("response_metadata") or {}).get("next_cursor", "")


async def done(call: Awaitable[AsyncSlackResponse], token: str = "bot_token") -> Json:
    """The answer to a call that does no harm when it is made twice. `token` is the setting whose token it uses."""
    try:
        return _json(await call)
    except SlackApiError as error:
        raise _translated(error, token, doubtful=Busy(SOON, _why(error))) from error
    except _BROKEN as error:
        raise Busy(SOON, f"Slack is out of reach ({type(error).__name__}).") from error


async def sent(call: Awaitable[AsyncSlackResponse]) -> Json:
    """The answer to a call that must not be made twice: a broken connection leaves it Unknown whether it arrived."""
    try:
        return _json(await call)
    except SlackApiError as error:
        raise _translated(error, "bot_token", doubtful=Unknown(_why(error))) from error
    except _NOT_SENT as error:
        raise Busy(SOON, f"Slack is out of reach ({type(error).__name__}).") from error
    except _BROKEN as error:
        raise Unknown(f"The connection broke ({type(error).__name__}).") from error


def _json(answer: AsyncSlackResponse) -> Json:
    assert isinstance(answer.data, dict), "slack-sdk has looked for `ok` in it already"
    return answer.data


def _translated(error: SlackApiError, token: str, doubtful: Exception) -> Exception:
    """What an answer that is not `ok` means for whoever called."""
    code, status = _code(error), _status(error)
    if status == 429 or code in PASSING:
        return Busy(_retry_after(error), _why(error))
    if code in TOKENS:
        return Unauthorised(LATER, f"Slack does not accept the token in [slack] {token} ({code}).")
    if code == "missing_scope":
        needed = _data(error).get("needed", "it needs")
        return Forbidden(LATER, f"The token in [slack] {token} lacks the permission {needed}.")
    if code in GONE:
        return Gone(f"Slack says {code}.")
    if status >= 500 or code in DOUBTFUL or not code:
        return doubtful
    return Refused(_why(error))


def _why(error: SlackApiError) -> str:
    told = _data(error)
    details = told.get("response_metadata", {}).get("messages") or told.get("errors") or []
    words = f"Slack says {_code(error) or f'HTTP {_status(error)}'}"
    return f"{words}: {'; '.join(map(str, details))}" if details else f"{words}."


def _code(error: SlackApiError) -> str:
    return str(_data(error).get("error") or "")


def _data(error: SlackApiError) -> Mapping[str, Any]:
    """The answer's JSON. Where it is none, slack-sdk hands over text, bytes, or aiohttp's own response."""
    data = getattr(error.response, "data", None)
    return data if isinstance(data, Mapping) else {}


def _status(error: SlackApiError) -> int:
    response: Any = error.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", 0))


def _retry_after(error: SlackApiError) -> float:
    headers: Mapping[str, str] = getattr(error.response, "headers", {})
    told = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(told) if told.isdecimal() else LATER / 2
