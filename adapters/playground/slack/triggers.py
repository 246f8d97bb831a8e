"""Trigger ids: proof that a person has just done something, good for one form (docs: Modals, "Trigger ids")."""

import re
from dataclasses import dataclass
from secrets import token_hex

from adapters.playground.slack.refused import Refused
from adapters.playground.time import Stopwatch

SECONDS = 3.0
"""A trigger id expires three seconds after it was sent to the app."""

FORM = re.compile(r"\d+\.\d+\.[0-9a-f]+")


@dataclass(slots=True)
class Trigger:
    """Who did something, and in which view if it was in one."""

    user: str
    view: str | None
    until: float
    used: bool = False


class Triggers:
    """All trigger ids that were sent to the app."""

    def __init__(self, stopwatch: Stopwatch) -> None:
        self._stopwatch = stopwatch
        self._sent: dict[str, Trigger] = {}

    def send(self, user: str, view: str | None = None) -> str:
        """A new trigger id; its time runs from now."""
        number = len(self._sent) + 1
        key = f"{10**12 + number}.{10**11 + number}.{token_hex(16)}"
        self._sent[key] = Trigger(user, view, self._stopwatch() + SECONDS)
        return key

    def exchange(self, key: str) -> Trigger:
        """Use a trigger id, once and in time."""
        trigger = self._sent.get(key)
        if trigger is None:
            raise Refused("invalid_trigger_id" if FORM.fullmatch(key) else "invalid_arguments", _words(key))
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._stopwatch() > trigger.until:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger


def _words(key: str) -> list[str]:
    return [] if FORM.fullmatch(key) else ["[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]"]
