"""The desk: where every call is answered, each in one transaction: find, permit, read, run."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, LiteralString, Self

from bot import codes, reading
from bot.asides import aside
from bot.calls import UNANSWERED, Call, Candidate, Door, Form, Mistakes, Refusal, Reply, Unclear
from bot.commands import Command, Crowd, Declared, is_crowd, is_single
from bot.crowds import Line
from bot.domain.people import Platform, Role
from bot.domain.places import Home
from bot.features import noting
from bot.messages import Message, Slash, Text, say
from bot.permission import meant, permit, within
from bot.ports import Busy, Gone, KeptForm, Refused, Storage, Transaction, Uncertain

log = logging.getLogger(__name__)

REOPEN = "form"
"""The name under which a kept form is called back: `form?kept=7`."""

SEND = "send"
"""With this a kept form is sent in as it stands, without being shown again: `form?kept=7&send=1`."""

LOST: LiteralString = "That form is not kept any more. {help} shows where to begin."

NAMED = "name of "
"""Before a person's key: under what a kept form keeps how they are called."""

SUGGESTIONS = 25
"""What Discord's completion shows at most, and more than anybody reads."""


Finder = Callable[[str], Awaitable[Home | None]]
"""Finds a platform's channel by its key or name, if the bot can post in it (bot.ports.Adapter.home)."""


class Desk:
    """Answers calls. Use it as an async context manager: it owns the lines in which crowds are answered."""

    def __init__(
        self,
        storage: Storage,
        commands: Sequence[Declared],
        after: Callable[[], None],
        community: str = "",
        homes: Mapping[Platform, Finder] | None = None,
    ) -> None:
        """`after` is called after every commit that may have left errands; `community` is whom the bot serves.

        `homes` finds each platform's channels.
        """
        self._homes = homes or {}
        self._storage = storage
        self._community = community
        self._commands = {command.name: command for command in commands}
        self._after = after
        self._lines = {crowd.name: Line(storage, crowd, after) for crowd in commands if is_crowd(crowd)}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        tasks = await self._open.enter_async_context(asyncio.TaskGroup())
        for waiting in self._lines.values():
            self._open.callback(tasks.create_task(waiting.run()).cancel)
            self._open.push_async_callback(waiting.drained)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Answer whoever is still in line, then close."""
        await self._open.aclose()

    async def answer(self, call: Call) -> Reply:
        """Answer a call, always: a refusal is a message, a missing or unclear answer a form."""
        return await self._always(call, self._answer(replace(reading.legible(call), community=self._community)))

    async def keep(self, call: Call) -> Reply:
        """Keep the answers of a form that has further pages; the form comes back with the number of its row."""
        return await self._always(call, self._keep(reading.legible(call)))

    async def candidates(self, call: Call, parameter: str, typed: str) -> Sequence[Candidate]:
        """What can be picked for a parameter, narrowed by what was typed so far; empty rather than late or wrong."""
        try:
            command = self._find(call.command)
            asked = command.parameter(parameter)
            if asked is None or asked.ask.pick is None:
                return ()
            standing = await self._standing(command, call)
            async with self._storage.reading() as tx:
                call = await permit(tx, command, call, standing)
                offered = await asked.ask.pick(tx, call)
        except (Refusal, Busy):
            return ()
        wanted = typed.casefold().strip()
        return [candidate for candidate in offered if wanted in candidate.label.casefold()][:SUGGESTIONS]

    async def _always(self, call: Call, answering: Coroutine[Any, Any, Reply]) -> Reply:
        try:
            return await answering
        except Refusal as refusal:
            return self._aside(call, refusal.text)
        except Uncertain as uncertain:
            log.warning("“%s” may have been done: %s", call.command, uncertain)
            sorry = say(
                "The connection to the database broke at that very moment, so it is not certain whether that was done. "
                "Please look with {look} before you try again.",
                look=Slash(self._shows(call.command)),
            )
            return self._aside(call, sorry)
        except Busy as busy:
            log.warning("“%s” could not be answered: %s", call.command, busy)
            sorry = say("That could not be done just now, and nothing was changed. Please try again in a moment.")
            return self._aside(call, sorry)
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("“%s” failed (reference %s)", call.command, reference)
            sorry = say(
                "Something went wrong on our side, and nothing was changed. "
                "If it happens again, tell an organiser this reference: **{reference}**.",
                reference=reference,
            )
            return self._aside(call, sorry)

    def _shows(self, name: str) -> str:
        """The command that shows what a command may have changed."""
        first = name.partition(" ")[0]
        shown = (f"{'event' if first == 'rsvp' else first} {last}" for last in ("show", "list", "mine"))
        return next((each for each in shown if each in self._commands), "help")

    def _aside(self, call: Call, text: Text) -> Message:
        return aside(self._commands.get(call.command), call, text)

    async def _answer(self, call: Call) -> Reply:
        if call.command == REOPEN and SEND in call.given:
            call = await self._sent(call)
        elif call.command == REOPEN:
            return await self._reopen(call)
        command = self._find(call.command)
        standing = await self._standing(command, call)
        if call.door is not Door.FORM and reading.lacks(command, call):
            return await self._ask(command, call, standing)
        try:
            if is_crowd(command):
                return await self._crowded(command, call)
            assert is_single(command)
            return await self._run(command, call, standing)
        except Unclear as unclear:
            call = replace(call, given={**call.given, **unclear.given})
            form = await self._ask(command, call, standing, unclear)
            return replace(form, renewed=frozenset(unclear.given))

    async def _keep(self, call: Call) -> Form:
        command = self._find(call.command)
        standing = await self._standing(command, call)
        async with self._storage.writing() as tx:
            call = await permit(tx, command, await _continued(tx, command, call), standing)
            return await self._kept(tx, command, call, {})

    async def _run(self, command: Command[...], call: Call, standing: bool) -> Reply:
        call = await self._housed(command, call, standing)
        async with self._storage.reading() if command.reads else self._storage.writing() as tx:
            call = await permit(tx, command, await _continued(tx, command, call), standing)
            answers, mistakes = await reading.readable(tx, command, call)
            call = await meant(tx, command, call, answers, standing)
            if mistakes:
                await _misread(tx, command, call, answers, mistakes)
            await within(tx, command, call, answers)
            noted = await noting.noted(tx, command, call)
            before = await noting.beforehand(tx, command, answers) if noted else None
            reply = await command.run(call, tx, **answers)
            if noted and isinstance(reply, Message) and not reply.moot:  # whoever is asked first has done nothing yet
                await noting.note(tx, command, call, answers, before, reply.whom)
            if call.kept is not None and not command.reads:
                await tx.forms.drop(call.kept, call.caller.person)
        if not command.reads:
            self._after()
        return reply

    async def _housed(self, command: Command[...], call: Call, standing: bool) -> Call:
        """The call with the channels that it names, looked for before anything is held in the database.

        Only for whoever may make it: to look for a channel may be to enter it.
        """
        wanted = {each.name: each.ask.home for each in command.parameters if each.ask.home in self._homes}
        if not wanted:
            return call
        async with self._storage.reading() as tx:
            given = (await permit(tx, command, await _continued(tx, command, call), standing)).given
        homes: dict[str, Home | None] = {}
        for name, platform in wanted.items():
            assert platform is not None
            try:
                text = given.get(name, "").strip()
                homes[name] = await self._homes[platform](text) if text else None
            except (Gone, Refused) as no:
                log.warning("%s does not tell which channels there are: %s", platform, no)
                homes[name] = None
        return replace(call, homes=homes)

    async def _crowded(self, command: Crowd[..., Any], call: Call) -> Reply:
        """Read a press, without the database where it can be, and let it wait in line."""
        answers = None
        if call.kept is None:
            with suppress(Unclear):
                answers = reading.read_alone(command, call)
        if answers is None:
            async with self._storage.reading() as tx:
                answers = await reading.read(tx, command, await _continued(tx, command, call))
        return await self._lines[command.name].answer(call, command.asks(**answers))

    async def _ask(self, command: Declared, call: Call, standing: bool, unclear: Unclear | None = None) -> Form:
        """The form for what is open; what was sent in by a form and cannot be used is kept."""
        # Nobody is told off for what they have not been asked yet.
        said = {} if unclear is None else unclear.sentences
        errors = {name: each for name, each in said.items() if call.door is Door.FORM or each != UNANSWERED}
        if call.door is Door.FORM:
            async with self._storage.writing() as tx:
                call = await permit(tx, command, await _continued(tx, command, call), standing)
                return await self._kept(tx, command, call, errors)
        async with self._storage.reading() as tx:
            call = await permit(tx, command, call, standing)
            return await reading.ask(tx, command, call, errors)

    async def _kept(self, tx: Transaction, command: Declared, call: Call, errors: dict[str, str]) -> Form:
        # Platforms tell the names of people only where they are picked, which may be on another page.
        given = {**call.given, **{f"{NAMED}{key}": name for key, name in call.names.items()}}
        kept = await tx.forms.keep(call.caller.person, command.name, given, errors, call.at, call.kept)
        return await reading.ask(tx, command, call, errors, kept.id)

    async def _called_back(self, call: Call) -> tuple[Declared, Call, KeptForm]:
        """A kept form as its owner would send it in."""
        number = codes.row(call.given.get("kept", ""))
        async with self._storage.reading() as tx:
            kept = None if number is None else await tx.forms.get(number, call.caller.person)
        if kept is None:
            raise Refusal(LOST, help=Slash("help"))
        command = self._find(kept.command)
        return command, replace(call, command=command.name, given=kept.given, door=Door.FORM), kept

    async def _sent(self, call: Call) -> Call:
        """A kept form sent in as it stands: what was not answered in it yet is as the form would have shown it."""
        command, again, kept = await self._called_back(call)
        standing = await self._standing(command, again)
        async with self._storage.reading() as tx:
            again = await permit(tx, command, again, standing)
            filled: Mapping[str, str] = {} if command.filled is None else await command.filled(tx, again)
        return replace(again, given={**filled, **kept.given}, kept=kept.id, reach=call.reach)

    async def _reopen(self, call: Call) -> Form:
        """Show a kept form again, to the person who typed it."""
        command, again, kept = await self._called_back(call)
        standing = await self._standing(command, again)
        async with self._storage.reading() as tx:
            again = await permit(tx, command, again, standing)
            return await reading.ask(tx, command, again, kept.errors, kept.id)

    def _find(self, name: str) -> Declared:
        try:
            return self._commands[name]
        except KeyError:
            raise Refusal(
                "There is no “{name}” here. {help} shows what there is.", name=name, help=Slash("help")
            ) from None

    async def _standing(self, command: Declared, call: Call) -> bool:
        return command.needs is Role.ORGANISER and await call.standing()


async def _misread(
    tx: Transaction, command: Command[...], call: Call, answers: Mapping[str, Any], mistakes: Mistakes
) -> None:
    """Raises Unclear for all that is wrong with a call: what cannot be read, and what the command says to the rest.

    Whatever it does before it says so is undone with the transaction.
    """
    if all(parameter.name in answers for parameter in command.parameters if parameter.required):
        with mistakes.noted(), suppress(Refusal):
            await within(tx, command, call, answers)
            await command.run(call, tx, **answers)
    mistakes.tell()


async def _continued(tx: Transaction, command: Declared, call: Call) -> Call:
    """A call together with what earlier pages of its form gave; an answer given twice counts as given last.

    Where those are gone, a page alone is not taken for the whole form.
    """
    if call.kept is None:
        return call
    kept = await tx.forms.get(call.kept, call.caller.person, command.name)
    if kept is not None:
        named = {name.removeprefix(NAMED): text for name, text in kept.given.items() if name.startswith(NAMED)}
        return replace(call, given={**kept.given, **call.given}, names={**named, **call.names})
    if not reading.whole(command, call):
        raise Refusal(LOST, help=Slash("help"))
    return replace(call, kept=None)
