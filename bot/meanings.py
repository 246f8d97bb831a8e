"""Meanings: what the text of a setting stands for, or a sentence that says why it stands for nothing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.domain import zones
from bot.settings import meant

T = TypeVar("T", bound=str)

LANGUAGES = ("en",)
_PREFIX = re.compile(r"[a-z0-9_-]{1,16}")


def zone(text: str) -> ZoneInfo:
    """A time zone, by its IANA name."""
    known = available_timezones()
    if text in known:
        try:
            return ZoneInfo(text)
        except ZoneInfoNotFoundError as no:
            raise ValueError(f"“{text}” is not on this machine: install its time zone data.") from no
    raise ValueError(f"“{text}” is not a time zone: {zones.meant(text)}")


def language(text: str) -> str:
    """A language that the bot speaks, by its short code."""
    if text not in LANGUAGES:
        raise ValueError(f"“{text}” is not a language that I speak: write en, the only one so far.")
    return text


def prefix(text: str) -> str:
    """What slash commands begin with."""
    if not _PREFIX.fullmatch(text):
        raise ValueError(
            f"“{text}” cannot begin a command: use at most 16 small letters, digits, hyphens and underscores."
        )
    return text


def api(text: str) -> str:
    """The address of a platform's web interface, without a slash at its end."""
    return _address(text, "http", "https").geturl().rstrip("/")


def gateway(text: str) -> str:
    """The address of a gateway."""
    return _address(text, "ws", "wss").geturl()


def gateway_beside(api_url: str) -> str:
    """The gateway that goes with a stand-in's web interface: at the same address, under /gateway."""
    if not api_url:
        return ""
    address = urlsplit(api_url)
    return f"{'wss' if address.scheme == 'https' else 'ws'}://{address.netloc}/gateway"


def database(text: str, folder: Path) -> str:
    """A database's URL; a SQLite file that is named without a folder lies in `folder`."""
    scheme = text.partition(":")[0].lower()
    if "://" not in text:
        raise ValueError("this is not a database's URL: a SQLite file is written sqlite:///folder/name.sqlite3")
    match scheme:
        case "sqlite":
            path = text.partition("://")[2]
            if not path.startswith("/") or path in ("/", "/:memory:"):
                raise ValueError("a SQLite database needs a file, after three slashes: sqlite:///folder/name.sqlite3")
            return f"sqlite:///{folder / path[1:]}"
        case "postgres" | "postgresql":
            return text
        case _:
            raise ValueError(f"{scheme}:// is no database that the bot knows: use sqlite:/// or postgresql://")


def one_of(words: tuple[T, ...]) -> Callable[[str], T]:
    """One of a few words, however capitalised."""

    def read(text: str) -> T:
        for word in words:
            if word == text.lower():
                return word
        raise ValueError(f"“{text}” is unknown: {meant(text, words)}")

    return read


def _address(text: str, *schemes: str) -> SplitResult:
    try:
        address = urlsplit(text)
        complete = address.scheme in schemes and bool(address.hostname) and address.port != 0
    except ValueError:
        complete = False
        address = SplitResult("", "", "", "", "")
    if not complete:
        raise ValueError(f"this is not an address: it begins with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    return address
