"""People on a playground in another process: what they do and what they see, by the page's own door."""

import asyncio
import json
from typing import Any

import aiohttp

PATIENCE = 20.0
"""Seconds that anything may take before a test gives up."""


class People:
    """Everybody. `url` is where the page is served, `environment` what a bot is told."""

    def __init__(self, session: aiohttp.ClientSession, url: str, environment: dict[str, str] | None = None) -> None:
        self._session = session
        self.url = url
        self.environment = environment or {}

    async def act(self, platform: str, what: str, **given: Any) -> Any:
        """Do something; what is impossible fails the test with its sentence."""
        async with self._session.post(f"{self.url}act/{platform}/{what}", json=given) as response:
            answer = await response.json()
            assert response.status == 200, answer
            return answer

    async def rows(self, prefix: str) -> dict[str, Any]:
        async with self._session.get(f"{self.url}rows", params={"prefix": prefix}) as response:
            return await response.json()

    async def until(self, prefix: str, *words: str) -> Any:
        """The row of a kind that says all of this, as soon as there is one."""
        newest: dict[str, Any] = {}
        try:
            async with asyncio.timeout(PATIENCE), self._session.ws_connect(f"{self.url}watch") as socket:
                while True:
                    for name, row in await socket.receive_json():
                        if not name.startswith(prefix) or row is None:
                            continue
                        newest[name] = row
                        text = json.dumps(row, ensure_ascii=False)
                        if all(word in text for word in words):
                            return row
        except TimeoutError:
            raise AssertionError(f"Nothing under {prefix} says {words}: {list(newest.values())[-5:]}") from None

    async def slack(self, name: str) -> str:
        """Somebody's key on Slack."""
        rows = await self.rows("slack/user/")
        return next(row["id"] for row in rows.values() if row["real_name"] == name)

    async def discord(self, name: str) -> str:
        """Somebody's key on Discord."""
        rows = await self.rows("discord/user/")
        return next(row["user"]["id"] for row in rows.values() if row["user"]["global_name"] == name)

    async def channel(self, platform: str, name: str) -> str:
        rows = await self.rows(f"{platform}/channel/")
        return next(row["id"] for row in rows.values() if row.get("name") == name)
