"""Tidying: what is on record for a while only, and for how long."""

from datetime import datetime, timedelta

from bot.ports import Transaction

FORMS = timedelta(days=7)
"""How long a form that nobody goes on with is kept."""

ATTEMPTS = timedelta(days=90)
"""How long each attempt to deliver something is on record; how each errand stands is, for good."""


async def tidy(tx: Transaction, now: datetime) -> None:
    """Forget what has been on record long enough."""
    await tx.forms.tidy(now - FORMS)
    await tx.errands.tidy(now - ATTEMPTS)
