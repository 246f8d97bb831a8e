"""Occasions: a moment or a rhythm, whichever somebody writes, by itself or before what it is about."""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.memos import Occasion
from bot.domain.moments import Ambiguous, Unreadable, read_moment, write_moment
from bot.domain.phrases import recurs
from bot.domain.rhythms import Irregular, Rhythm, city, read_rhythm

LONGEST = 120
"""Nobody writes more of when something is."""

_COLON = re.compile(r":(?=\s|$)\s*")


def read_occasion(text: str, zone: ZoneInfo, now: datetime, places: Mapping[str, ZoneInfo]) -> Occasion:
    """When somebody in `zone` wants something said; raises ValueError with a sentence.

    “Last Friday of the month at noon” is a moment to one and a rhythm to another, and is a question.
    """
    try:
        rhythm = read_rhythm(text, zone, now, places)
    except Irregular:
        if recurs(text):
            raise
        return read_moment(text, now, zone)
    if recurs(text):
        return rhythm
    try:
        moment = read_moment(text, now, zone)
    except Ambiguous:
        once = "the date"
    except Unreadable:
        return rhythm
    else:
        once = f"“{write_moment(moment, zone)}”"
    raise Irregular(f"“{text}” may be meant once, or again and again. Write {once}, or “{rhythm.words}”.")


def split(text: str, zone: ZoneInfo, now: datetime, places: Mapping[str, ZoneInfo]) -> tuple[Occasion, str]:
    """When something is to be said, and what, as in “in 2 hours: book the back room”; raises ValueError."""
    refused: ValueError | None = None
    for colon in _COLON.finditer(text[: LONGEST + 1]):
        try:
            return read_occasion(text[: colon.start()], zone, now, places), text[colon.end() :].strip()
        except ValueError as error:
            refused = refused or error
    raise refused or Irregular("Write when, or begin with it: “in 2 hours: book the back room”.")


def write_occasion(occasion: Occasion, zone: ZoneInfo) -> str:
    """An occasion as briefly as it is read back in the same zone."""
    if not isinstance(occasion, Rhythm):
        return write_moment(occasion, zone)
    return said(occasion, zone)


def said(rhythm: Rhythm, zone: ZoneInfo) -> str:
    """A rhythm in words, with its city where its clocks are not those of `zone`."""
    return rhythm.words if rhythm.zone == zone else f"{rhythm.words} in {city(rhythm.zone)}"
