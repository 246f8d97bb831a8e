"""People: what they are called and whether they manage the workspace, as Slack told last."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.texts import Json, one_line
from adapters.slack.web import done, following
from bot.ports import Busy, Gone, Refused

log = logging.getLogger(__name__)

FRESH: Final = 60.0
"""Seconds for which it is believed that somebody manages the workspace."""

PATIENCE: Final = 0.8
"""Seconds that a name is waited for; somebody is waiting for an answer meanwhile, who has three in all."""

PAGE: Final = 200

_MANAGES: Final = ("is_admin", "is_owner", "is_primary_owner")


@dataclass(frozen=True, slots=True)
class Known:
    """One person, as of `at` on the stopwatch."""

    name: str
    manages: bool
    at: float


class People:
    """Remembers people. Names are kept up to date by the events that tell of changes."""

    def __init__(self, client: AsyncWebClient, stopwatch: Callable[[], float] = monotonic) -> None:
        self._client = client
        self._stopwatch = stopwatch
        self._known: dict[str, Known] = {}

    def learn(self, user: Json) -> None:
        """Remember somebody as Slack describes them."""
        profile = user.get("profile", {})
        names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
        name = next((told for told in map(one_line, filter(None, names)) if told), user["id"])
        manages = not user.get("deleted", False) and any(user.get(mark, False) for mark in _MANAGES)
        self._known[user["id"]] = Known(name, manages, self._stopwatch())

    async def meet(self) -> None:
        """Learn everybody's names at once, so that nobody's has to be asked for when all of them press a button.

        A page that Slack is too busy to give is asked for again, and none that it gave.
        """
        cursor: str | None = ""
        while cursor is not None:
            try:
                cursor = await self._page(cursor)
            except Busy as busy:
                await asyncio.sleep(busy.after)
            except (Gone, Refused) as error:
                log.warning("Slack does not list who is in the workspace: %s", error)
                return

    async def _page(self, cursor: str) -> str | None:
        """Learn the names on a page; the cursor of the next one, if there is one."""
        page = await done(self._client.users_list(limit=PAGE, cursor=cursor))
        for user in page["members"]:
            self.learn(user)
        return following(page) or None

    async def name(self, key: str, otherwise: str) -> str:
        """What somebody is called; `otherwise` if Slack does not say so in time."""
        known = self._known.get(key)
        if known is not None:
            return known.name
        try:
            async with asyncio.timeout(PATIENCE):
                return (await self._ask(key)).name
        except (TimeoutError, Busy, Gone, Refused) as error:
            log.info("Slack did not tell the name of %s: %s", key, error or "too slow")
            return otherwise or key

    async def manages(self, key: str) -> bool:
        """Whether somebody manages the workspace; raises Busy when that cannot be found out."""
        known = self._known.get(key)
        if known is None or self._stopwatch() - known.at > FRESH:
            try:
                known = await self._ask(key)
            except (Gone, Refused):
                return False
        return known.manages

    async def _ask(self, key: str) -> Known:
        answer = await done(self._client.users_info(user=key))
        self.learn(answer["user"])
        return self._known[key]
