"""Linking: two accounts become one member, who counts once and loses no seat."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.domain.people import MemberId
from bot.domain.rsvps import Answer, Rsvp

LASTS = timedelta(minutes=10)
"""How long a code can be entered."""

TRIES = 5
PAUSE = timedelta(hours=1)
"""Wrong codes that an account may enter within so long."""

NOTE = 300
"""Letters that what somebody tells the organisers may have."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's thirty-two: none looks like another, and none spells a word by accident. Eight of them are 40 bits."""

_LENGTH = 8
_MISREAD = str.maketrans("OIL", "011")

_MOST_HOLDS = (Answer.GOING, Answer.WAITING, Answer.MAYBE, Answer.NOT_GOING)


def fresh_code() -> str:
    """A code that nobody can guess, as people copy it: “K7QF-2MXD”."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def digest(code: str) -> str | None:
    """What is kept of a code, however it was typed; None for what cannot be one."""
    letters = re.sub(r"[\s\-–—_]", "", code).upper().translate(_MISREAD)
    if len(letters) != _LENGTH or not set(letters) <= set(_LETTERS):
        return None
    return hashlib.sha256(f"link {letters}".encode()).hexdigest()


def united(rsvps: Iterable[Rsvp], member: MemberId) -> Rsvp:
    """One answer of the several that a member's accounts have given to one event.

    The one that holds most stands: a seat before a place in line, that before a maybe, that before a no. Of two seats,
    and of two places in line, it is the one that came first, with the larger of the parties. What was told to the
    organisers is kept together where there is room, otherwise what was told with the answer that stands.
    """
    ranked = sorted(rsvps, key=_rank)
    stands = ranked[0]
    guests = max(rsvp.guests for rsvp in ranked if _rank(rsvp)[:2] == _rank(stands)[:2])
    notes = "\n".join(dict.fromkeys(rsvp.note for rsvp in ranked if rsvp.note))
    if len(notes) > NOTE:
        notes = next(rsvp.note for rsvp in ranked if rsvp.note)
    return replace(stands, member=member, guests=guests, note=notes, seen=max(rsvp.seen for rsvp in ranked))


def _rank(rsvp: Rsvp) -> tuple[int, bool, int]:
    """What holds more comes first; an offer, which holds a seat, comes before other places in line."""
    return _MOST_HOLDS.index(rsvp.answer), rsvp.held is None, rsvp.arrived
