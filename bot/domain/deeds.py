"""Deeds: what organisers did, as the audit trail keeps it for good."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.people import MemberId, Platform
from bot.domain.places import ChapterId

DeedId = NewType("DeedId", int)

ROOM = 200
"""Letters of one old or new answer that are kept."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one of the answers of an event, a poll or a chapter was before a deed, and what it was after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of an organiser: who, what and when.

    `words` say what was done, as the command said it then. `kind`, `subject` and `title` name what it was done to, as
    that was called; `whom` is the member whom it was about, whose name is looked up and never kept here.
    """

    at: datetime
    member: MemberId
    platform: Platform
    command: str
    words: str
    kind: str
    subject: int | None
    title: str
    chapter: ChapterId | None
    whom: MemberId | None
    differences: tuple[Difference, ...]
    origin: str
    id: DeedId = DeedId(0)


@dataclass(frozen=True, slots=True)
class Search:
    """Which deeds are looked for; `chapters` of None are all of them, and those of the whole community."""

    kind: str = ""
    subject: int | None = None
    member: MemberId | None = None
    chapters: frozenset[ChapterId] | None = None
