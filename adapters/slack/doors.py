"""Doors: what people do in Slack comes in here, is answered at the desk, and goes back to them in time.

Slack waits three seconds for an acknowledgement and shows the person an error after that. So it should: what was not
done must not look as if it were. Hence an acknowledgement goes out when something is done, and before that only where
it takes too long.
"""

import asyncio
import logging
import re
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack import read, views
from adapters.slack.people import People
from adapters.slack.read import Heard, Visit
from adapters.slack.render import SLACK
from adapters.slack.replies import Replies, apology, offer
from adapters.slack.texts import Json
from bot import reading
from bot.calls import Call, Form, Kind, Reply
from bot.clock import Clock
from bot.codes import BadCode
from bot.commands import Declared
from bot.desk import REOPEN
from bot.domain.people import Caller, Person
from bot.domain.places import Place
from bot.messages import Message, Slash, line
from bot.ports import Busy, Front

log = logging.getLogger(__name__)

REMEMBERED: Final = 1000
"""So many conversations are remembered, in case that Slack delivers what somebody did once more."""

_ANY: Final = re.compile("")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds. Slack's own limit is three, for an acknowledgement as for opening a modal.

    `acknowledge`: after which something is acknowledged though it is not done yet; `open`: after which a modal to wait
    in is opened where a form is coming; `settle`: between acknowledging with a modal and replacing it, as these travel
    on different ways; `leave`: that conversations may go on after the doors were closed.
    """

    acknowledge: float = 2.0
    open: float = 1.2
    settle: float = 0.5
    leave: float = 1.0


@dataclass(frozen=True, slots=True)
class Conversation:
    """Something that somebody did, and the reply that is on its way."""

    heard: Heard
    call: Call
    reply: asyncio.Task[Reply]


class Doors:
    """Lets people in through Bolt's listeners: one for each way in, which take everything."""

    def __init__(
        self,
        front: Front,
        commands: Sequence[Declared],
        prefix: str,
        clock: Clock,
        people: People,
        replies: Replies,
        deadlines: Deadlines,
    ) -> None:
        self._front = front
        self._commands = commands
        self._prefix = prefix
        self._clock = clock
        self._people = people
        self._replies = replies
        self._deadlines = deadlines
        self._recent: dict[str, Conversation] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def open(self, app: AsyncApp) -> None:
        """Listen to everything that people can do."""
        app.command(_ANY)(self._on_slash)
        app.action(_ANY)(self._on_press)
        app.message_shortcut(_ANY)(self._on_shortcut)
        app.view(_ANY)(self._on_submission)
        app.options(_ANY)(self._on_suggestion)
        app.event(_ANY)(self._on_event)

    async def close(self) -> None:
        """Let nobody in any more, and let those who are in finish, if they do so soon."""
        self._closed = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._deadlines.leave)
        cut_short = list(self._tasks)
        for task in cut_short:
            log.warning("Somebody's answer was cut short by stopping.")
            task.cancel()
        await asyncio.gather(*cut_short, return_exceptions=True)

    async def _on_slash(self, ack: AsyncAck, body: Json) -> None:
        await self._met(ack, read.slash(body, self._commands, self._prefix))

    async def _on_press(self, ack: AsyncAck, body: Json) -> None:
        if read.emptied(body):
            await ack()
            return
        try:
            heard = read.press(body)
        except BadCode:
            message = line("That button is damaged or from long ago. {help} shows what there is.", help=Slash("help"))
            visit = read.presser(body)
            self._start(self._given(visit, message), visit)
            await ack()
            return
        await self._met(ack, heard)

    async def _on_shortcut(self, ack: AsyncAck, body: Json) -> None:
        await self._met(ack, read.shortcut(body))

    async def _on_submission(self, ack: AsyncAck, body: Json) -> None:
        if self._closed:
            return
        heard = read.submission(body)
        conversation, new = self._conversation(heard)
        await asyncio.wait({conversation.reply}, timeout=self._deadlines.acknowledge)
        if conversation.reply.done():
            await ack(**self._response(heard.visit, conversation.reply.result()))
            return
        await ack(response_action="update", view=views.waiting(_title(heard.visit), "Saving…", heard.visit.place))
        if new:
            self._start(self._saved(conversation), heard.visit)

    async def _on_suggestion(self, ack: AsyncAck, body: Json) -> None:
        heard, parameter, typed = read.suggestion(body)
        try:
            async with asyncio.timeout(self._deadlines.acknowledge):
                await ack(**views.options(await self._front.candidates(self._call(heard), parameter, typed)))
        except TimeoutError:
            await ack(options=[])

    async def _on_event(self, body: Json) -> None:
        """Bolt has acknowledged it already; an event that comes again tells the same again."""
        event = body["event"]
        if event["type"] in ("user_change", "team_join"):
            self._people.learn(event["user"])

    async def _met(self, ack: AsyncAck, heard: Heard) -> None:
        """Answer a slash command or a press, and acknowledge it once it is done, or when waiting gets too long."""
        if self._closed:
            return
        conversation, new = self._conversation(heard)
        if new:
            self._start(self._answered(conversation), heard.visit)
        await asyncio.wait({conversation.reply}, timeout=self._deadlines.acknowledge)
        await ack()

    def _conversation(self, heard: Heard) -> tuple[Conversation, bool]:
        """The conversation about this, and whether it is a new one: Slack may deliver the same thing twice."""
        known = self._recent.get(heard.visit.trigger)
        if known is not None:
            return known, False
        call = self._call(heard)
        conversation = Conversation(heard, call, self._start(self._reply(call, heard), heard.visit))
        self._recent[heard.visit.trigger] = conversation
        if len(self._recent) > REMEMBERED:
            del self._recent[next(iter(self._recent))]
        return conversation, True

    def _call(self, heard: Heard) -> Call:
        user, place = heard.visit.user, heard.visit.place
        return Call(
            heard.command,
            heard.given,
            Caller(Person(SLACK, user), heard.visit.handle, direct=True),
            lambda: self._people.manages(user),
            self._clock.now(),
            heard.door,
            heard.key,
            place=None if place is None else Place(SLACK, place),
            names=heard.names,
            kept=heard.kept,
            thread=None if heard.visit.thread is None else f"{heard.visit.channel}:{heard.visit.thread}",
        )

    async def _reply(self, call: Call, heard: Heard) -> Reply:
        """The desk's reply, once it is known what everybody is called."""
        try:
            caller = replace(call.caller, name=await self._people.name(heard.visit.user, heard.visit.handle))
            names = {key: await self._people.name(key, heard.names.get(key, key)) for key in self._people_in(call)}
            reply = await self._front.answer(replace(call, caller=caller, names=names))
            if isinstance(reply, Message) and reply.files:
                self._start(self._replies.hand(heard.visit, reply), heard.visit)
            return reply
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for a word
            return apology(error)

    def _people_in(self, call: Call) -> Iterable[str]:
        """The keys of the people whom a call is about."""
        declared = self._declared(call)
        for parameter in () if declared is None else declared.parameters:
            if parameter.kind is Kind.PERSON and (key := call.given.get(parameter.name)):
                yield key

    def _declared(self, call: Call) -> Declared | None:
        return next((command for command in self._commands if command.name == call.command), None)

    async def _answered(self, conversation: Conversation) -> None:
        """Bring the reply to a slash command or a press, in a modal that opened in time where a form is coming."""
        visit = conversation.heard.visit
        key = None if visit.view is None else visit.view.key
        if key is None and self._asks(conversation.call):
            await asyncio.wait({conversation.reply}, timeout=self._deadlines.open)
            if not conversation.reply.done():
                key = await self._replies.open(visit, views.waiting(_title(visit), "One moment…", visit.place))
        reply = await conversation.reply
        if key is not None:
            view = self._replies.view(_title(visit), reply, visit.place)
            if visit.view is not None and _aside(reply) and await self._replies.push(visit, view):
                return
            if await self._replies.put(key, view):
                return
        match reply:
            case Message():
                await self._replies.tell(visit, reply)
            case Form():
                await self._opened(conversation, reply)

    def _asks(self, call: Call) -> bool:
        """Whether a form is to be expected."""
        declared = self._declared(call)
        return call.command == REOPEN or (declared is not None and reading.lacks(declared, call))

    async def _opened(self, conversation: Conversation, form: Form) -> None:
        """Open a form; where it is too late for that, keep it and offer a button that does."""
        visit = conversation.heard.visit
        if await self._replies.open(visit, self._replies.view(form.title, form, visit.place)) is not None:
            return
        try:
            kept = form if form.kept is not None else await self._front.keep(conversation.call)
        except Busy as busy:
            log.warning("A form could not be kept: %s", busy)
            kept = line("That took too long, and nothing was changed. Please try again in a moment.")
        await self._told(visit, kept)

    async def _told(self, visit: Visit, reply: Reply) -> None:
        """Tell somebody a reply where no modal can be had: of a form that was kept, that it is there."""
        match reply:
            case Message():
                await self._replies.tell(visit, reply)
            case Form(kept=int(kept)):
                await self._replies.tell(visit, offer(kept))
            case Form():
                raise ValueError(f"A form of {reply.command} was kept without a number.")

    async def _saved(self, conversation: Conversation) -> None:
        """Bring the reply to a form that was acknowledged before it was dealt with."""
        visit = conversation.heard.visit
        assert visit.view is not None
        reply = await conversation.reply
        await asyncio.sleep(self._deadlines.settle)
        await self._given(visit, reply)

    async def _given(self, visit: Visit, reply: Reply) -> None:
        """Show a reply in the modal where it was asked for; if that was closed meanwhile, a message is told."""
        if visit.view is not None:
            view = self._replies.view(visit.view.title, reply, visit.place)
            if await self._replies.put(visit.view.key, view):
                return
        await self._told(visit, reply)

    def _response(self, visit: Visit, reply: Reply) -> Json:
        """What acknowledges a form: problems to show beside its inputs, or what to show in its place."""
        assert visit.view is not None
        stays = isinstance(reply, Form) and not reply.renewed and visit.view.inputs.issuperset(reply.errors)
        if isinstance(reply, Form) and reply.errors and stays:
            return {"response_action": "errors", "errors": dict(reply.errors)}
        action = "push" if _aside(reply) else "update"
        return {"response_action": action, "view": self._replies.view(visit.view.title, reply, visit.place)}

    def _start(self, work: Coroutine[Any, Any, Any], visit: Visit | None) -> asyncio.Task[Any]:
        """Begin something that outlives its cause; if it fails, whoever made the visit is told."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(lambda task: self._ended(task, visit))
        return task

    def _ended(self, task: asyncio.Task[Any], visit: Visit | None) -> None:
        """A conversation that failed is a fault of ours: log it, say so once, and go on with everybody else's."""
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        sorry = apology(error)
        if visit is not None:
            self._start(self._replies.tell(visit, sorry), None)


def _aside(reply: Reply) -> bool:
    return isinstance(reply, Message) and reply.aside


def _title(visit: Visit) -> str:
    return "Flashmob" if visit.view is None else visit.view.title
