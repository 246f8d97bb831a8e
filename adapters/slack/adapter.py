"""Slack, as the staff sees it: slack-bolt in Socket Mode for what comes in, the Web API for what goes out.

A ref is `<channel>:<ts>`, such as `C024BE91L:1726594200.000100`: Slack knows a message by its timestamp in a channel,
and the channel of a direct message is known only once it was posted.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import uploads
from adapters.slack.channels import Channels
from adapters.slack.connection import Connection, Pauses
from adapters.slack.doors import Deadlines, Doors
from adapters.slack.people import People
from adapters.slack.pictures import Pictures
from adapters.slack.render import SLACK, Render
from adapters.slack.replies import Replies
from adapters.slack.texts import Json
from adapters.slack.web import LATER, Forbidden, Unauthorised, done, pages, sent
from bot.clock import Clock
from bot.commands import Declared
from bot.domain.people import Person, Platform
from bot.domain.places import Destination, Home, Place, Thread
from bot.messages import Message
from bot.ports import Busy, Front, Gone, Pace, Refused, Unknown

log = logging.getLogger(__name__)

# slack-sdk looks at a logger's own level only, and without one writes out every request for nobody to read.
library = logging.getLogger("slack_sdk")

API: Final = "https://slack.com/api/"

CONNECTIONS: Final = 2
"""Slack sends everything to one of up to ten connections: with two, nothing is missed while one is renewed."""

ERRAND: Final = "flashmob_errand"
EARLIER: Final = timedelta(minutes=2)
"""How far Slack's clock may be behind ours when a message is looked for."""

# Waiting for a free connection is not counted as connecting: a crowd may wait for its receipts.
_TIMEOUT: Final = aiohttp.ClientTimeout(total=15, sock_connect=5)


class Slack:
    """The Slack adapter (bot.ports.Adapter)."""

    def __init__(
        self,
        bot_token: str,
        app_token: str,
        commands: Sequence[Declared],
        clock: Clock,
        api_url: str = "",
        command_prefix: str = "",
        *,
        deadlines: Deadlines = Deadlines(),  # noqa: B008 - frozen
        pauses: Pauses = Pauses(),  # noqa: B008 - frozen
    ) -> None:
        self._bot_token = bot_token
        self._app_token = app_token
        self._commands = commands
        self._clock = clock
        self._api_url = api_url or API
        self._prefix = command_prefix
        self._deadlines = deadlines
        self._pauses = pauses
        self._render = Render(command_prefix)
        self._pictures = Pictures()
        self._connected = asyncio.Event()
        self._complaint = ""
        self._myself: AuthorizeResult | None = None
        self._client: AsyncWebClient | None = None
        self._poster: AsyncWebClient | None = None
        self._channels: Channels | None = None

    @property
    def platform(self) -> Platform:
        return SLACK

    @property
    def title(self) -> str:
        return "Slack"

    @property
    def pace(self) -> Pace:
        return Pace(place=1.0, edits=45)

    async def run(self, front: Front) -> None:
        """Connect and stay connected until cancelled; then answer whoever is still waiting, and let go."""
        library.setLevel(log.getEffectiveLevel())
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            client = self._client = AsyncWebClient(self._bot_token, self._api_url, session=session, logger=library)
            # A message must not be posted twice, so nothing is sent again behind our back.
            self._poster = AsyncWebClient(
                self._bot_token, self._api_url, session=session, logger=library, retry_handlers=[]
            )
            self._channels = Channels(client)
            try:
                myself = self._myself = await self._recognised(client)
                await self._serve(front, client, self._app(session, myself))
            finally:
                self._connected.clear()
                self._client = self._poster = self._channels = None

    async def connected(self) -> None:
        await self._connected.wait()

    async def home(self, name: str) -> Home | None:
        self._reach()
        assert self._channels is not None
        channel = await self._channels.found(name)
        return None if channel is None else Home(Place(SLACK, channel["id"]), channel["name"])

    async def post(self, to: Destination, message: Message, key: str) -> str:
        self._reach()
        assert self._poster is not None
        if message.files:
            blocks = self._render.blocks(replace(message, files=()))
            return await uploads.post(self._poster, _address(to), message.files, blocks, key)
        drawn = await self._drawn(message)
        with self._pictures.awaited(message):
            posted = await sent(
                self._poster.chat_postMessage(
                    **_address(to),
                    **drawn,
                    metadata={"event_type": ERRAND, "event_payload": {"key": key}},
                    mrkdwn=False,
                    parse="none",
                    link_names=False,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            )
        return f"{posted['channel']}:{posted['ts']}"

    async def edit(self, place: Place, ref: str, message: Message) -> None:
        channel, ts = _split(ref)
        drawn = await self._drawn(message)
        with self._pictures.awaited(message):
            await done(self._reach().chat_update(channel=channel, ts=ts, parse="none", link_names=False, **drawn))

    async def _drawn(self, message: Message) -> Json:
        """A message with its pictures."""
        held = await self._pictures.held(self._reach(), message)
        return replace(self._render, held=held).message(message)

    async def find(self, to: Destination, key: str, since: datetime) -> str | None:
        client = self._reach()
        assert self._myself is not None
        unmarked = 0
        try:
            channel = await self._channel(client, to)
            async for message in _history(client, channel, to, since - EARLIER):
                if message.get("bot_id") != self._myself.bot_id:
                    continue
                metadata = message.get("metadata") or {}
                # What Slack posts for an upload has none, and is told by its files.
                unmarked += not metadata and not message.get("files")
                told = metadata.get("event_type") == ERRAND and metadata.get("event_payload", {}).get("key") == key
                if told or uploads.carries(message, key):
                    return f"{channel}:{message['ts']}"
        except Forbidden as no:
            raise Unknown(str(no)) from no
        if unmarked:
            # All that we post carries its errand's key: where Slack does not show it, absence proves nothing.
            raise Unknown("Slack shows messages of ours without saying which they are.")
        return None

    async def _channel(self, client: AsyncWebClient, to: Destination) -> str:
        match to:
            case Person(_, user):
                return (await done(client.conversations_open(users=user)))["channel"]["id"]
            case Place(_, channel):
                return channel
            case Thread(place):
                return place.key

    def _reach(self) -> AsyncWebClient:
        if self._client is None or self._myself is None:
            raise Busy(1.0, "Slack is not connected yet.")
        return self._client

    async def _recognised(self, client: AsyncWebClient) -> AuthorizeResult:
        """Who we are in this workspace; asked until Slack tells."""
        pause = self._pauses.first
        while True:
            wait = pause
            try:
                told = await done(client.auth_test())
                if "bot_id" not in told:
                    raise Unauthorised(LATER, "The token in [slack] bot_token is not a bot's.")
                return AuthorizeResult(
                    enterprise_id=told.get("enterprise_id"),
                    team_id=told["team_id"],
                    bot_user_id=told["user_id"],
                    bot_id=told["bot_id"],
                    bot_token=self._bot_token,
                )
            except Unauthorised as error:
                self._refused(error)
                wait = self._pauses.unauthorised
            except Busy as error:
                log.warning("Slack cannot be reached: %s", error)
                wait = max(wait, error.after)
            except (Gone, Refused) as error:
                log.error("Slack does not tell who we are: %s", error)
            await asyncio.sleep(wait)
            pause = min(self._pauses.longest, 2 * pause)

    async def _serve(self, front: Front, client: AsyncWebClient, app: AsyncApp) -> None:
        people, replies = People(client), Replies(client, self._render)
        doors = Doors(front, self._commands, self._prefix, self._clock, people, replies, self._deadlines)
        doors.open(app)
        connections: list[Connection] = []

        def changed() -> None:
            if any(connection.up for connection in connections):
                self._complaint = ""
                self._connected.set()
            else:
                self._connected.clear()

        for _ in range(CONNECTIONS):
            connections.append(Connection(app, self._app_token, self._pauses, changed, self._refused))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(connection.run()) for connection in connections]
            tasks.append(group.create_task(people.meet()))
            try:
                await asyncio.Event().wait()
            finally:
                # What was heard is still answered and acknowledged, through connections that are still up.
                await doors.close()
                for connection in connections:
                    await connection.settled()
                for task in tasks:
                    task.cancel()
                # The group would cancel them once more, in the middle of letting go.
                await asyncio.wait(tasks)

    def _app(self, session: aiohttp.ClientSession, myself: AuthorizeResult) -> AsyncApp:
        """Bolt's app, which answers when a listener returns: otherwise it looks every 10 ms, and drops late answers."""

        async def authorize() -> AuthorizeResult:
            return myself

        # Without a token of its own, it takes ours from `authorize` and asks Slack nothing while somebody waits.
        client = AsyncWebClient(base_url=self._api_url, session=session, logger=library)
        # Bolt warns of SLACK_BOT_TOKEN in the environment, which is where ours may well come from.
        library.setLevel(logging.ERROR)
        app = AsyncApp(
            logger=library, name="flashmob", client=client, authorize=authorize, process_before_response=True
        )
        library.setLevel(log.getEffectiveLevel())
        return app

    def _refused(self, error: Unauthorised) -> None:
        """Complain once about a token, not every time that it is tried again."""
        if str(error) != self._complaint:
            log.error("%s Until that is mended, nothing works on Slack; it is tried again every now and then.", error)
        self._complaint = str(error)


def _address(to: Destination) -> Json:
    match to:
        case Person(_, key) | Place(_, key):
            return {"channel": key}
        case Thread(place, ref):
            return {"channel": place.key, "thread_ts": _split(ref)[1]}


def _split(ref: str) -> tuple[str, str]:
    channel, _, ts = ref.partition(":")
    return channel, ts


def _history(client: AsyncWebClient, channel: str, to: Destination, oldest: datetime) -> AsyncIterator[Json]:
    """What was said there since."""
    asked: Json = {"channel": channel, "oldest": f"{oldest.timestamp():.6f}", "inclusive": True, "limit": 200}
    asked["include_all_metadata"] = True
    if isinstance(to, Thread):
        ts = _split(to.ref)[1]
        return pages(lambda cursor: client.conversations_replies(ts=ts, cursor=cursor or None, **asked), "messages")
    return pages(lambda cursor: client.conversations_history(cursor=cursor or None, **asked), "messages")
