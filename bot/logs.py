"""Logs: what the bot writes about its own work, for people or for programs, without a single secret."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, TextIO

from bot.config import Log
from bot.settings import Secret

DOTS: Final = "•••"

# What gives access though nobody configured it: Slack's tokens, the addresses that Slack and Discord hand out for one
# answer, the ticket of a Socket Mode connection, a token in a header, a password in a database's address.
_SENSITIVE: Final = (
    re.compile(r"\b(?:xox[a-z]|xapp)-(?P<hide>[\w-]+)"),
    re.compile(r"\b(?:Bot|Bearer)[ ]+(?P<hide>[\w.~+/=-]{20,})", re.IGNORECASE),
    re.compile(r"(?<![\w.-])(?P<hide>[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,})"),
    re.compile(r"\bauthorization['\"]?\s*[:=]\s*['\"]?(?P<hide>[^'\"\s,}]+(?:[ ][^'\"\s,}]+)?)", re.IGNORECASE),
    re.compile(r"/(?:webhooks|interactions)/\d+/(?P<hide>[\w-]{20,})"),
    re.compile(r"hooks\.slack\.com/(?P<hide>[^\s'\"]+)"),
    re.compile(r"[?&](?:ticket|token)=(?P<hide>[^&\s'\"]+)"),
    re.compile(r"://[^:/@\s]*:(?P<hide>[^@/\s]+)@"),
)

# Libraries that tell more than their share at “info”.
_TALKATIVE: Final = ("aiohttp.access", "alembic", "apscheduler", "asyncio", "sqlalchemy")

# What every record has; anything else was handed in as an extra.
_OWN: Final = {*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName"}


def start(log: Log, secrets: Iterable[Secret] = (), stream: TextIO | None = None) -> None:
    """Write logs as configured, to `stream` or standard error. Starting again replaces what was started before."""
    hide = Redaction(secrets)
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _Out)]:
        root.removeHandler(handler)
    out = _Out(sys.stderr if stream is None else stream)
    out.setFormatter(_ForPrograms(hide) if log.format == "json" else _ForPeople(hide))
    root.addHandler(out)
    root.setLevel(log.level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.NOTSET if log.level == "debug" else logging.WARNING)
    logging.captureWarnings(capture=True)


class Redaction:
    """Puts dots where a secret stood: a configured one, or anything that looks like one."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        # The longest first: where one secret begins another, no tail is left standing.
        words = sorted({secret.reveal() for secret in secrets if secret}, key=len, reverse=True)
        # A traceback and a JSON text quote what they show, so a secret may stand there with its quotes escaped.
        shapes = [shape for word in words for shape in dict.fromkeys((word, repr(word)[1:-1], json.dumps(word)[1:-1]))]
        self._configured = re.compile("|".join(map(re.escape, shapes))) if shapes else None

    def __call__(self, text: str) -> str:
        if self._configured:
            text = self._configured.sub(DOTS, text)
        for pattern in _SENSITIVE:
            text = pattern.sub(_dotted, text)
        return text


class _Out(logging.StreamHandler[TextIO]):
    """Our own way out, told apart from whatever else listens."""


class _ForPeople(logging.Formatter):
    """A line for people: when, how grave, what, and who says so; a traceback is indented below it."""

    def __init__(self, hide: Redaction) -> None:
        super().__init__()
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        # A message that holds somebody's line breaks must not look like two messages.
        message = _one_line(self._hide(record.getMessage()))
        extras = "".join(f" {name}={_one_line(self._hide(str(value)))}" for name, value in _extras(record).items())
        line = f"{_moment(record):%Y-%m-%d %H:%M:%S}Z {record.levelname.lower():8}{message}{extras} ({record.name})"
        below = self._hide(_trace(self, record))
        return line + "".join(f"\n    {each}" for each in below.splitlines())


class _ForPrograms(logging.Formatter):
    """One JSON object a line: at, level, logger, message, extras, and what went wrong."""

    def __init__(self, hide: Redaction) -> None:
        super().__init__()
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {name: self._plain(value) for name, value in _extras(record).items()}
        said |= {
            "at": _moment(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._hide(record.getMessage()),
        }
        if trace := _trace(self, record):
            said["trace"] = self._hide(trace)
        first = ("at", "level", "logger", "message")
        return json.dumps({name: said.pop(name) for name in first} | said, ensure_ascii=False)

    def _plain(self, value: object) -> object:
        return value if value is None or isinstance(value, bool | int | float) else self._hide(str(value))


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _extras(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in record.__dict__.items() if name not in _OWN}


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    # Formatted anew: `exc_text` may hold what another handler wrote.
    trace = formatter.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else ""
    return "\n".join(part for part in (trace, record.stack_info) if part)


def _one_line(text: str) -> str:
    return "".join(
        each if each.isprintable() or each == " " else each.encode("unicode_escape").decode() for each in text
    )


def _dotted(match: re.Match[str]) -> str:
    start, end = match.start("hide") - match.start(), match.end("hide") - match.start()
    return match[0][:start] + DOTS + match[0][end:]
