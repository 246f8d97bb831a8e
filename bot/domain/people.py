"""People: who somebody is on a platform, and who they are to the community."""

from dataclasses import dataclass
from enum import IntEnum
from typing import NewType

Platform = NewType("Platform", str)
"""A chat platform by its short name, as adapters give it; the core never asks which one it is."""

NOBODY = Platform("")
"""Where those are who were forgotten: nobody there can be told anything."""

GONE = "somebody who left"
"""What stands where the name was of somebody who was forgotten."""

MemberId = NewType("MemberId", int)
AccountId = NewType("AccountId", int)


class Role(IntEnum):
    """What somebody may do; a greater role may do all that a lesser one may."""

    MEMBER = 0
    ORGANISER = 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a platform knows them: `key` is the platform's id for them, always text."""

    platform: Platform
    key: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as the adapter met them: their key and the name they show there.

    `direct` says how that platform's people are told things unless they wish otherwise: by direct message, or in the
    event's thread (Discord closes accounts that open many direct messages quickly).
    """

    person: Person
    name: str
    direct: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A member on one platform. A member may link several accounts and still counts once."""

    id: AccountId
    member: MemberId
    person: Person
    name: str
    direct: bool
