"""Troubles: what goes wrong between us and Discord, in the core's words.

The codes are those of D topics/opcodes-and-status-codes.mdx (discord/discord-api-docs).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.ports import Busy, Gone, Refused, Unknown

LATER = 5.0
"""Seconds to wait where Discord names no number."""

MUCH_LATER = 60.0
"""The same where somebody in front of Discord, or a person, has to think better of it first."""

_GONE = frozenset(
    {
        10003,  # unknown channel
        10004,  # unknown server
        10007,  # unknown member
        10008,  # unknown message
        10013,  # unknown user
        20026,  # the app was limited by anti-spam
        50001,  # no access
        50007,  # direct messages are closed
        50013,  # no permission
        50033,  # nobody who could be written to
        50083,  # the thread is archived, and may not be opened again
        50278,  # direct messages are closed: no server in common
        160005,  # the thread is locked
    }
)
_WAIT = {
    20016: 60.0,  # slow mode
    20028: 10.0,  # writing too fast in this channel
    30046: 10.0,  # too many edits of a message that is over an hour old
    40003: 300.0,  # opening direct messages too fast
    40062: 60.0,  # a resource is being rate limited
    130000: 60.0,  # overloaded
}


class Unwell(Busy):
    """Discord itself failed: it answered with a 5xx."""


@contextmanager
def translated(*, posting: bool = False) -> Iterator[None]:
    """Turn what discord.py and aiohttp raise into Busy, Gone, Unknown or Refused.

    `posting` is for requests that must not be repeated blindly.
    """
    try:
        yield
    except aiohttp.ClientConnectorError as no:
        raise Busy(LATER, f"Discord is out of reach: {no.os_error.strerror or type(no.os_error).__name__}.") from no
    except (aiohttp.ClientError, TimeoutError, OSError) as broken:
        raise _broken(f"The connection to Discord broke ({type(broken).__name__}).", posting) from broken
    except discord.HTTPException as refused:
        raise _refused(refused, posting) from refused


def judge(status: int, retry_after: str | None, *, posting: bool) -> None:
    """Raise for an answer that only means "not now", before discord.py sleeps on it and tries again by itself."""
    if status == 429:
        raise Busy(_seconds(retry_after), "Discord asked us to wait.")
    if status >= 500:
        words = f"Discord answered with status {status}."
        raise Unknown(words) if posting else Unwell(LATER, words)


def _refused(error: discord.HTTPException, posting: bool) -> Exception:
    words = f"Discord refused: {error.text or 'without a word'} (status {error.status}, code {error.code})."
    if error.status == 429 or error.code in _WAIT:
        return Busy(_WAIT.get(error.code, LATER), words)
    if error.code in _GONE:
        return Gone(words)
    if error.status >= 500:
        return _broken(words, posting)
    if error.status == 401 or (error.status == 403 and error.code == 0):
        # The token was changed, or a proxy of theirs shut us out: not the message's fault, and both can be mended.
        return Busy(MUCH_LATER, words)
    return Refused(words)


def _broken(words: str, posting: bool) -> Exception:
    return Unknown(words) if posting else Busy(LATER, words)


def _seconds(written: str | None) -> float:
    try:
        return max(0.0, float(written or MUCH_LATER))
    except ValueError:
        return MUCH_LATER
