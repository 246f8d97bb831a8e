"""Manners: how a member wishes to be told things."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.leads import Lead
from bot.domain.people import AccountId


@dataclass(frozen=True, slots=True)
class Manner:
    """Through which account, and how long before an event; None for the one they answered with, and as the chapter has.

    Whoever wants no reminders at all has no leads.
    """

    account: AccountId | None = None
    leads: tuple[Lead, ...] | None = None

    def reminded(self, usual: Iterable[Lead]) -> tuple[Lead, ...]:
        """How long before an event they are reminded, where its chapter usually does so."""
        return tuple(usual) if self.leads is None else self.leads
