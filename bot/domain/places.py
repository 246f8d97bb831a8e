"""Places: where the bot can post, and the chapters that call some of them home."""

from dataclasses import dataclass
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.leads import Lead
from bot.domain.people import Person, Platform

ChapterId = NewType("ChapterId", int)


@dataclass(frozen=True, slots=True)
class Place:
    """A channel of a space; `key` is the platform's id for it."""

    platform: Platform
    key: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread that hangs from the message `ref` in a place; it is made when first needed."""

    place: Place
    ref: str


Destination = Place | Thread | Person
"""Where one message goes: a channel, a message's thread, or somebody's direct messages."""


@dataclass(frozen=True, slots=True)
class Home:
    """A chapter's home on one platform; `name` is how people there call the channel, without `#`.

    It is `chosen` where it was named in chat, which the configuration does not undo.
    """

    place: Place
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A city group of the community, with its own time zone and a home on each platform it lives on.

    `leads` is how long before its events people are reminded. `without` are the platforms on which it has no home
    because somebody said so in chat; `founded` is the name under which the configuration founds it.
    """

    id: ChapterId
    name: str
    zone: ZoneInfo
    homes: tuple[Home, ...]
    leads: tuple[Lead, ...]
    without: frozenset[Platform] = frozenset()
    founded: str = ""
