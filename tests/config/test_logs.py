"""Logs: lines for people, objects for programs, and no secret in either, whoever writes it."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
from discord.http import HTTPClient, Route
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.config import Format, Log
from bot.settings import Secret

# Made of the right shapes, and of no account's: put together here, so that no scanner takes them for real ones.
BOT_TOKEN = "xoxb" + "-1234567890-abcdefGHIJKL"
APP_TOKEN = "xapp" + "-1-A0123456-987-fedcba"
DISCORD_TOKEN = ".".join(("MTIzNDU2Nzg5MDEyMzQ1Njc4", "GhIjKl", "abcdefghijklmnopqrstuvwxyz0123456789AB"))
PASSWORD = 'p"ass\\wörd'
SECRETS = [Secret(word) for word in (BOT_TOKEN, APP_TOKEN, DISCORD_TOKEN, PASSWORD, "short", "")]


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Whatever a test does to the process's logging is undone."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    talkative = ("aiohttp.access", "alembic", "apscheduler", "asyncio", "sqlalchemy")
    yield
    root.setLevel(level)
    root.handlers[:] = handlers
    for name in talkative:
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.captureWarnings(capture=False)


def start(shape: Format = "text", *, level: str = "debug", secrets: list[Secret] | None = None) -> io.StringIO:
    """Start logging to a text that the test can read."""
    out = io.StringIO()
    logs.start(Log(level, shape), SECRETS if secrets is None else secrets, out)  # type: ignore[arg-type]
    return out


def test_people_read_one_line_with_the_time_in_utc() -> None:
    """A message is one line, even if somebody's words in it are several; extras follow."""
    out = start()
    record = logging.makeLogRecord(
        {
            "name": "bot.desk",
            "levelno": logging.WARNING,
            "levelname": "WARNING",
            "msg": "%s has no home",
            "args": ("Lon\ndon\x1b[31m",),
            "created": 1789666200.5,
            "event": 42,
        }
    )
    logging.getLogger("bot.desk").handle(record)
    assert out.getvalue() == "2026-09-17 17:30:00Z warning Lon\\ndon\\x1b[31m has no home event=42 (bot.desk)\n"


def test_programs_read_one_object_a_line() -> None:
    """A program finds the moment, the level, the logger, the message, the extras and the traceback by name."""
    out = start("json")
    try:
        raise LookupError("no “London”\nhere")
    except LookupError:
        logging.getLogger("bot.desk").exception(
            "It went wrong", extra={"event": 42, "level": "mine", "place": ("a", 1)}
        )
    [line] = out.getvalue().splitlines()
    said = json.loads(line)
    at, trace = said.pop("at"), said.pop("trace")
    assert said == {
        "level": "error",
        "logger": "bot.desk",
        "message": "It went wrong",
        "event": 42,
        "place": "('a', 1)",
    }
    assert at.endswith("Z")
    assert trace.startswith("Traceback (most recent call last):")
    assert trace.endswith("LookupError: no “London”\nhere")


def test_a_traceback_stands_indented_below_its_line() -> None:
    """No line of a traceback can pass for a message."""
    out = start()
    try:
        raise LookupError("first\n2026-09-17 17:30:00Z error   forged")
    except LookupError:
        logging.getLogger("bot").exception("It went wrong")
    first, *below = out.getvalue().splitlines()
    assert first.endswith("error   It went wrong (bot)")
    assert below[-1] == "    2026-09-17 17:30:00Z error   forged"
    assert [line for line in below if not line.startswith("    ")] == []


@pytest.mark.parametrize("shape", ["text", "json"])
def test_a_secret_is_hidden_wherever_it_stands(shape: Format) -> None:
    """Message, arguments, extras, exception and stack are all written without the configured words."""
    out = start(shape)
    log = logging.getLogger("bot")
    for word in (BOT_TOKEN, APP_TOKEN, DISCORD_TOKEN, PASSWORD, "short"):
        log.info(f"in the message: {word}")  # noqa: G004
        log.info("in an argument: %s, %r, %s", word, word, {"headers": [word]})
        log.info("in an extra", extra={"word": word, "words": {"deep": [word]}})
        try:
            raise ValueError(word) from KeyError(word)
        except ValueError:
            log.exception("in a traceback", stack_info=True)
        log.info("in a quoted text: %s", json.dumps({"deep": json.dumps(word)}))
    said = out.getvalue()
    assert said.count("in an argument: •••, '•••', {'headers': ['•••']}") == 5
    leaks = (BOT_TOKEN[5:], APP_TOKEN[5:], DISCORD_TOKEN[20:], "wörd", "w\\u00f6rd", "short")
    assert [leak for leak in leaks if leak in said] == []


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (f"token {BOT_TOKEN}, {APP_TOKEN}.", "token xoxb-•••, xapp-•••."),
        ("xoxp-" + "1-2-3 and xoxe-" + "1-abc", "xoxp-••• and xoxe-•••"),
        (f"Authorization: Bot {DISCORD_TOKEN}", "Authorization: •••"),
        ("{'Authorization': 'Bearer abc', 'Accept': '*/*'}", "{'Authorization': '•••', 'Accept': '*/*'}"),
        (f"sent 'Bot {DISCORD_TOKEN}'", "sent 'Bot •••'"),
        (f"logged in with {DISCORD_TOKEN}", "logged in with •••"),
        (
            "POST https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb246MTIz_-x/messages/@original 429",
            "POST https://discord.com/api/v10/webhooks/123/•••/messages/@original 429",
        ),
        ("POST /interactions/123/aW50ZXJhY3Rpb246MTIz_-x/callback", "POST /interactions/123/•••/callback"),
        ("https://hooks.slack.com/actions/T1/2/abc is closed", "https://hooks.slack.com/••• is closed"),
        (
            "wss://wss-primary.slack.com/link/?ticket=ab-cd&app_id=1",
            "wss://wss-primary.slack.com/link/?ticket=•••&app_id=1",
        ),
        ("postgresql://me:hush@localhost/flashmob", "postgresql://me:•••@localhost/flashmob"),
        ("The Bot started for 12 people at 18:30, see https://a.example:80/b", None),
        ("bot.features.events.publish_event.something_long took 3 ms", None),
    ],
)
def test_what_looks_like_a_secret_is_hidden_and_nothing_else(message: str, shown: str | None) -> None:
    """A token that nobody configured is hidden by its shape; ordinary words stay."""
    out = start(secrets=[])
    logging.getLogger("bot").info(message)
    assert out.getvalue().split("info    ")[1] == f"{shown or message} (bot)\n"


async def test_slack_sdk_and_discord_py_cannot_give_a_token_away(caplog: pytest.LogCaptureFixture) -> None:
    """What the real libraries write at their most talkative, as they refuse to connect, holds no token."""
    # The adapters, where a test before used them, keep the libraries' own loggers at the bot's level.
    for name in ("slack_sdk", "discord", "discord.http"):
        caplog.set_level(logging.DEBUG, logger=name)
    out = start()
    web = AsyncWebClient(token=BOT_TOKEN, base_url="http://127.0.0.1:1/", retry_handlers=[])
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        await web.chat_postMessage(channel="C1", text=f"my token is {APP_TOKEN}")
    client = SocketModeClient(app_token=APP_TOKEN, web_client=web)
    client.logger.debug("A new session with %s and %s", client.app_token, vars(web))
    await client.close()
    discord = HTTPClient(asyncio.get_running_loop())
    discord.token = DISCORD_TOKEN
    logging.getLogger("discord.http").debug(
        "%s %s has %s", Route("GET", "/users/@me").url, vars(discord), discord.token
    )
    said = out.getvalue()
    assert "slack_sdk" in said
    assert "discord.http" in said
    assert [word for word in (BOT_TOKEN[5:], APP_TOKEN[5:], DISCORD_TOKEN) if word in said] == []


def test_starting_again_replaces_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Each message is written once, as last configured, to standard error if nothing else is named."""
    first = start()
    logs.start(Log("warning"))
    logging.getLogger("bot").warning("Once")
    logging.getLogger("bot").info("Never")
    assert first.getvalue() == ""
    out, err = capsys.readouterr()
    assert (out, err.count("Once"), err.count("Never")) == ("", 1, 0)


def test_talkative_libraries_say_less_unless_asked() -> None:
    """At “info” a library's routine stays out; at “debug” it is there."""
    said = {}
    for level in ("info", "debug"):
        out = start(level=level)
        logging.getLogger("apscheduler.scheduler").info("Added job")
        logging.getLogger("bot").info("Ready")
        said[level] = [line.split("info    ")[1] for line in out.getvalue().splitlines()]
    assert said == {"info": ["Ready (bot)"], "debug": ["Added job (apscheduler.scheduler)", "Ready (bot)"]}
