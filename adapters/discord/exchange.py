"""An exchange: one interaction and our answer to it, in time."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import discord
from discord import app_commands

from adapters.discord import forms, limits, marks, read, render, slash, words
from adapters.discord.marks import Marks
from bot.calls import Call, Candidate, Door, Form, Reply, Standing
from bot.codes import BadCode
from bot.desk import REOPEN, SEND
from bot.messages import Message, line
from bot.ports import Busy, Front

log = logging.getLogger(__name__)

_TOO_LATE, _ANSWERED = 10062, 40060


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds within which things must be done. Discord forgets an interaction that is not answered within three."""

    answer: float = 2.0
    """After this an answer is promised, and given when it is there."""
    candidates: float = 2.5
    """After this whoever types gets no suggestions: these cannot be promised."""
    send: float = 10.0
    """After this a request to Discord has failed."""
    gateway: float = 60.0
    """After so long without a session at the gateway we begin anew."""
    pause: float = 1.0
    """Before we begin anew; doubled each time, up to `pauses`."""
    pauses: float = 600.0
    wrong_token: float = 300.0
    """Before a token that was not accepted is tried again."""
    goodbye: float = 1.0
    """How long answers under way may still take when we stop."""
    farewell: float = 0.5
    """How long Discord may take to say goodbye."""


USUAL = Deadlines()


_SORRY = line("Something went wrong on my side, sorry. It has been noted; please try again.")


class Exchange:
    """One interaction, from hearing it to the last word of the answer."""

    def __init__(
        self,
        interaction: discord.Interaction,
        front: Front,
        standing: Standing,
        at: datetime,
        deadlines: Deadlines,
        shortcuts: Mapping[str, str],
    ) -> None:
        """`shortcuts` are the commands that can be chosen at a message, by the labels under which they are."""
        self._interaction = interaction
        self._front = front
        self._standing = standing
        self._at = at
        self._deadlines = deadlines
        self._shortcuts = shortcuts

    async def held(self, served: bool) -> None:
        """Answer it. `served` is whether it comes from our own server."""
        try:
            await self._hold(served)
        except discord.HTTPException as no:
            if no.code not in (_TOO_LATE, _ANSWERED):
                await self._apologise(_SORRY)
                raise
            log.warning("An answer came too late for Discord: %s.", no.text)
        except Busy as busy:
            log.warning("An interaction on Discord had to be put off: %s", busy)
            await self._apologise(line("That could not be done just now, and nothing was changed. Please try again."))
        except Exception:
            # Whatever it is, whoever acted is waiting and must hear of it; it goes on to the log from here.
            await self._apologise(_SORRY)
            raise

    async def _hold(self, served: bool) -> None:
        kind, heard = self._interaction.type, (self._interaction, self._standing, self._at)
        if kind is discord.InteractionType.autocomplete:
            await self._suggest(read.typing(*heard) if served else None)
        elif not served:
            await self._tell(line("I look after another server only, sorry."))
        elif kind is discord.InteractionType.application_command and self._at_a_message:
            await self._answer(read.shortcut(*heard, self._shortcuts), Marks())
        elif kind is discord.InteractionType.application_command:
            await self._answer(read.slash(*heard), Marks())
        else:
            try:
                call, found = read.submission(*heard) if self._form_sent_in else read.press(*heard)
            except BadCode:
                await self._tell(
                    line("That button is from an older message or damaged; use /help to see what I can do.")
                )
                return
            await self._answer(call, found)

    @property
    def _at_a_message(self) -> bool:
        return (self._interaction.data or {}).get("type") == slash.MESSAGE

    @property
    def _form_sent_in(self) -> bool:
        return self._interaction.type is discord.InteractionType.modal_submit

    async def _answer(self, call: Call, found: Marks) -> None:
        reply = await self._promised(self._reply(call, found))
        if isinstance(reply, Message):
            await self._tell(reply)
        elif found.following is not None:
            await self._tell(forms.continuing(reply, found.following))
        elif self._form_sent_in or (reply.errors and reply.kept is not None and not _reopens(call)):
            await self._tell(forms.correcting(reply) if reply.errors else forms.offering(reply, forms.reopening(reply)))
        elif self._interaction.response.is_done():
            await self._tell(forms.offering(reply, await self._opening(call, reply, found.page)))
        else:
            await self._interaction.response.send_modal(forms.modal(reply, forms.page(reply, found.page)))

    async def _reply(self, call: Call, found: Marks) -> Reply:
        """What the desk says; a form that has to be kept to be shown or continued has been kept."""
        if found.following is not None:
            return await self._front.keep(call)
        reply = await self._front.answer(call)
        if isinstance(reply, Form) and reply.kept is None and reply.errors and len(reply.asks) > limits.INPUTS:
            # A line that said a lot, and something of it wrong: as if it had been sent in by a form, all of it is kept.
            reply = await self._front.answer(_keeping(call, reply))
        if isinstance(reply, Form) and reply.kept is None and (self._form_sent_in or not forms.fits(reply)):
            reply = await self._front.keep(_keeping(call, reply))
        return forms.carried(reply) if isinstance(reply, Form) and reply.kept is not None else reply

    async def _opening(self, call: Call, form: Form, page: str | None) -> str:
        """The code of a button that opens a form which came too late to be opened by itself."""
        if form.kept is None:
            try:
                return marks.pack(call.command, call.given, Marks())
            except ValueError:
                kept = await self._front.keep(_keeping(call, form))
                if isinstance(kept, Form):
                    form = kept
        return forms.reopening(form, page)

    async def _promised(self, asking: Coroutine[Any, Any, Reply]) -> Reply:
        """The reply; if it takes long, Discord has been told that it will come."""
        task = asyncio.ensure_future(asking)
        try:
            await asyncio.wait({task}, timeout=self._deadlines.answer)
            if not task.done():
                await self._promise()
            return await task
        finally:
            task.cancel()

    async def _promise(self) -> None:
        if self._on_private_message:
            await self._interaction.response.defer()
        else:
            await self._interaction.response.defer(ephemeral=True, thinking=True)

    async def _tell(self, message: Message) -> None:
        """Say it to whoever acted and nobody else; in place of the private message they acted on, unless aside."""
        view, mentions = render.message(message), render.mentions(message)
        files = render.files(message) or discord.utils.MISSING
        response = self._interaction.response
        in_place = self._on_private_message and not message.aside
        if response.is_done() and self._on_private_message and message.aside:
            await self._interaction.followup.send(view=view, ephemeral=True, files=files, allowed_mentions=mentions)
        elif response.is_done():
            await self._interaction.edit_original_response(view=view, attachments=files, allowed_mentions=mentions)
        elif in_place:
            await response.edit_message(view=view, attachments=files, allowed_mentions=mentions)
        else:
            await response.send_message(view=view, ephemeral=True, files=files, allowed_mentions=mentions)

    @property
    def _on_private_message(self) -> bool:
        message = self._interaction.message
        return message is not None and message.flags.ephemeral

    async def _apologise(self, message: Message) -> None:
        if self._interaction.type is discord.InteractionType.autocomplete:
            await self._suggest(None)
        else:
            await self._tell(message)

    async def _suggest(self, typing: read.Typing | None) -> None:
        candidates: list[Candidate] = []
        if typing is not None:
            try:
                async with asyncio.timeout(self._deadlines.candidates):
                    candidates = list(await self._front.candidates(typing.call, typing.parameter, typing.typed))
            except TimeoutError:
                log.info("No suggestions for %s: they took too long.", typing.parameter)
        offered = [
            app_commands.Choice(name=limits.shorten(words.plain(candidate.label), limits.OPTION), value=candidate.value)
            for candidate in candidates[: limits.OPTIONS]
        ]
        await self._interaction.response.autocomplete(offered)


def _keeping(call: Call, form: Form) -> Call:
    """The call that keeps all that a form knows."""
    return replace(call, command=form.command, given={**form.fixed, **form.typed}, door=Door.FORM, kept=form.kept)


def _reopens(call: Call) -> bool:
    """Whether a kept form is asked for, and not sent in as it stands."""
    return call.command == REOPEN and SEND not in call.given
