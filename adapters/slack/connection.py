"""Connections: Socket Mode, watched from outside.

slack-sdk mends most breaks by itself, but it tries a socket URL that was refused once for ever again, though such URLs
are good for a single use (python-slack-sdk#1379, #1110 and #1446 tell of the like), and it notices a dead connection
late. So its own mending is switched off, and a connection that is down is replaced by a new one.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.web import Unauthorised, done
from bot.ports import Busy, Gone, Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds that the connection to Slack is given.

    `look`: between two looks at it; `down`: that it may be down before it is replaced (Slack asks it to renew itself
    every few hours, which slack-sdk does within one); `connect`: that connecting may take; `ping`: between signs of
    life; `first` and `longest`: the pauses after failures, which double; `unauthorised`: the pause after a refused
    token; `close`: that letting go may take.
    """

    look: float = 0.25
    down: float = 2.0
    connect: float = 5.0
    ping: float = 5.0
    first: float = 0.5
    longest: float = 30.0
    unauthorised: float = 60.0
    close: float = 0.5


class Connection:
    """One connection that is always up, or being replaced.

    `changed` is called whenever it went up or down, `refused` when Slack does not accept the token.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        pauses: Pauses,
        changed: Callable[[], None],
        refused: Callable[[Unauthorised], None],
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._pauses = pauses
        self._changed = changed
        self._refused = refused
        self._heard = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self.up = False

    async def run(self) -> None:
        """Connect and stay connected until cancelled."""
        pause = self._pauses.first
        while True:
            wait = pause
            pause = min(self._pauses.longest, 2 * pause)
            try:
                if await self._through(await self._url()):
                    pause = self._pauses.first
                    continue
                log.warning("Slack did not let us connect; a new socket URL is asked for.")
            except Unauthorised as error:
                self._refused(error)
                wait = self._pauses.unauthorised
            except Busy as error:
                log.warning("No connection to Slack: %s", error)
                wait = max(wait, error.after)
            except (Gone, Refused) as error:
                log.error("Slack gives no socket URL: %s", error)
            await asyncio.sleep(wait)

    async def settled(self) -> None:
        """Wait until everything that was heard is acknowledged, or it takes too long to close."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pauses.close):
                await self._quiet.wait()

    async def _hear(self, handler: AsyncSocketModeHandler, client: Any, request: SocketModeRequest) -> None:
        self._heard += 1
        self._quiet.clear()
        try:
            await handler.handle(client, request)
        finally:
            self._heard -= 1
            if not self._heard:
                self._quiet.set()

    async def _url(self) -> str:
        return (await done(self._app.client.apps_connections_open(app_token=self._app_token), "app_token"))["url"]

    async def _through(self, url: str) -> bool:
        """Be connected through this URL for as long as that lasts; False if it never was."""
        handler = AsyncSocketModeHandler(self._app, self._app_token, ping_interval=self._pauses.ping)
        handler.client.socket_mode_request_listeners[:] = [partial(self._hear, handler)]
        handler.client.wss_uri = url
        handler.client.default_auto_reconnect_enabled = handler.client.auto_reconnect_enabled = False
        try:
            try:
                async with asyncio.timeout(self._pauses.connect):
                    await handler.connect_async()
            except TimeoutError:
                return False
            self._turn(up=True)
            await self._watch(handler)
            return True
        finally:
            self._turn(up=False)
            await self._close(handler)

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        """Return once the connection has been down for too long."""
        seen = monotonic()
        while True:
            up = await handler.client.is_connected()
            self._turn(up)
            if up:
                seen = monotonic()
            elif monotonic() - seen > self._pauses.down:
                log.warning("The connection to Slack broke; making a new one.")
                return
            await asyncio.sleep(self._pauses.look)

    def _turn(self, up: bool) -> None:
        if self.up != up:
            self.up = up
            self._changed()

    async def _close(self, handler: AsyncSocketModeHandler) -> None:
        """Let go. From a server that does not say farewell, or when we are stopped meanwhile, without ceremony."""
        client = handler.client
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pauses.close):
                    await handler.close_async()
        finally:
            for task in (client.message_processor, client.current_session_monitor, client.message_receiver):
                if task is not None:
                    task.cancel()
            await client.aiohttp_client_session.close()
