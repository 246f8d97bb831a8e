"""Events: what happens in the workspace, told to the app, and told again when it does not answer.

Docs: Events API, "Retries": up to three more times, nearly at once, after a minute and after five minutes;
`retry_attempt` counts from 1 and `retry_reason` says why.
"""

import asyncio
from collections.abc import Coroutine
from copy import deepcopy
from typing import Any

from adapters.playground.slack.app import App
from adapters.playground.slack.deadlines import Deadlines
from adapters.playground.slack.faults import Faults
from adapters.playground.slack.sockets import Ack, Sockets
from adapters.playground.slack.world import Json, World

RETRY_AFTER = (0.0, 60.0, 300.0)
TOKEN = "verification-token"


class Events:
    """Tells the app what it subscribed to; every telling that outlives its cause is a task kept here."""

    def __init__(self, world: World, app: App, sockets: Sockets, deadlines: Deadlines, faults: Faults) -> None:
        self._world, self._app, self._sockets = world, app, sockets
        self._deadlines, self._faults = deadlines, faults
        self._tasks: set[asyncio.Task[Any]] = set()

    async def tell(self, event: Json, subscription: str) -> Ack | None:
        """Tell the app and wait for its answer; `None` if it did not subscribe. Retries go on in the background."""
        if not self._app.hears(subscription):
            return None
        payload = self._callback(event)
        ack = await self._sockets.send("events_api", payload, (0, ""))
        if not ack.acked:
            self._keep(self._retry(payload))
        elif self._faults.strikes("redelivered"):
            self._keep(self._sockets.send("events_api", payload, (1, "timeout")))
        return ack

    def tell_later(self, event: Json, subscription: str) -> None:
        """Tell the app without waiting: its own doings, and changes that nobody acts upon."""
        if self._app.hears(subscription) and self._sockets.count:
            self._keep(self.tell(event, subscription))

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _retry(self, payload: Json) -> None:
        for attempt, seconds in enumerate(RETRY_AFTER, 1):
            if seconds:
                await self._deadlines.passed(seconds)
            if (await self._sockets.send("events_api", payload, (attempt, "timeout"))).acked:
                return

    def _keep(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _callback(self, event: Json) -> Json:
        team = self._world.team["id"]
        return {
            "token": TOKEN,
            "team_id": team,
            "api_app_id": self._app.key,
            "event": event,
            "type": "event_callback",
            "event_id": self._world.key("Ev"),
            "event_time": self._world.seconds(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": self._app.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event['type']}-{team}-{self._app.key}",
        }


def channel_type(channel: Json) -> str:
    """How message events name a kind of channel; the subscription is `message.` and its plural-like form."""
    if channel.get("is_im"):
        return "im"
    return "group" if channel.get("is_private") else "channel"


def message_subscription(channel: Json) -> str:
    return {"im": "message.im", "group": "message.groups", "channel": "message.channels"}[channel_type(channel)]


def heard(message: Json) -> Json:
    """A message as events carry it: without what only the history tells."""
    return {name: deepcopy(value) for name, value in message.items() if name not in ("app_id", "metadata", "reactions")}


def hidden(world: World, channel: Json, subtype: str, told: Json) -> Json:
    """The event of a change that no message of its own shows (docs: message_changed, message_deleted)."""
    ts = world.ts()
    return {
        "type": "message",
        "subtype": subtype,
        **told,
        "channel": channel["id"],
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel_type(channel),
    }
