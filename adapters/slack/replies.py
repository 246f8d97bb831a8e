"""Replies: how an answer reaches the one person who asked, and nobody else."""

import logging
import secrets
from typing import Final

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import uploads, views
from adapters.slack.read import Visit
from adapters.slack.render import Render
from adapters.slack.texts import Json
from adapters.slack.web import done, sent
from bot import codes
from bot.calls import Form, Reply
from bot.desk import REOPEN
from bot.messages import Button, Buttons, Message, Paragraph, line, say
from bot.ports import Busy, Gone, Refused, Unknown

log = logging.getLogger(__name__)

FAILURES: Final = (Busy, Gone, Refused, Unknown)


class Replies:
    """Shows forms as modals, and messages in the modal that was used or as messages that one person sees."""

    def __init__(self, client: AsyncWebClient, render: Render) -> None:
        self._client = client
        self._render = render

    def view(self, title: str, reply: Reply, place: str | None) -> Json:
        """The modal for a reply; a reply that Slack would refuse is a fault of ours and becomes an apology."""
        try:
            match reply:
                case Form():
                    return views.form(reply, place)
                case Message():
                    return views.message(title, reply, place, self._render)
        except ValueError as error:
            return views.message(title, apology(error), place, self._render)

    async def open(self, visit: Visit, view: Json) -> str | None:
        """Open a modal and return its key; None when it is too late for that."""
        try:
            opened = await done(self._client.views_open(trigger_id=visit.trigger, view=view))
        except FAILURES as error:
            log.warning("A modal could not be opened: %s", error)
            return None
        return opened["view"]["id"]

    async def push(self, visit: Visit, view: Json) -> bool:
        """Lay a modal over the open one, which stays as it is; False when it is too late for that."""
        try:
            await done(self._client.views_push(trigger_id=visit.trigger, view=view))
        except FAILURES as error:
            log.info("A modal could not be laid over another: %s", error)
            return False
        return True

    async def put(self, key: str, view: Json) -> bool:
        """Show something else in an open modal; False when it is not open any more."""
        try:
            await done(self._client.views_update(view_id=key, view=view))
        except FAILURES as error:
            log.info("A modal could not be updated: %s", error)
            return False
        return True

    async def tell(self, visit: Visit, message: Message) -> None:
        """Tell one person something: where they are, or else by direct message.

        It takes the place of the private message that they acted on, unless it is said aside.
        """
        try:
            drawn = self._render.message(message)
        except ValueError as error:
            drawn = self._render.message(apology(error))
        if visit.url is not None and await self._answer(visit.url, visit, drawn, visit.private and not message.aside):
            return
        if visit.channel is not None and await self._whisper(visit.channel, visit, drawn):
            return
        try:
            await sent(self._client.chat_postMessage(channel=visit.user, **drawn))
        except FAILURES as error:
            log.error("%s could not be told anything: %s", visit.user, error)

    async def hand(self, visit: Visit, message: Message) -> None:
        """Hand a message's files to one person, in their direct messages; no answer of Slack's can hold one."""
        blocks = self._render.blocks(Message((Paragraph(message.gist),), message.gist))
        try:
            channel = (await done(self._client.conversations_open(users=visit.user)))["channel"]["id"]
            await uploads.share(self._client, message.files, blocks, channel)
        except (*FAILURES, aiohttp.ClientError, TimeoutError) as error:
            log.error("%s could not be handed a file: %s", visit.user, error)
            await self.tell(visit, line("The files could not be sent just now. Please ask for them again in a moment."))

    async def _answer(self, url: str, visit: Visit, drawn: Json, in_place: bool) -> bool:
        """Answer through the URL that came with what they did: it works everywhere, even where we are no member."""
        told = {**drawn, "response_type": "ephemeral", "replace_original": in_place}
        if visit.thread is not None and not in_place:
            told["thread_ts"] = visit.thread
        try:
            answer = await AsyncWebhookClient(url, session=self._client.session, logger=self._client.logger).send_dict(
                told
            )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("An answer did not get through its response URL (%s).", type(error).__name__)
            return False
        if answer.status_code != 200:
            log.warning("A response URL was refused: HTTP %s, %s", answer.status_code, answer.body[:100])
        return answer.status_code == 200

    async def _whisper(self, channel: str, visit: Visit, drawn: Json) -> bool:
        try:
            await done(
                self._client.chat_postEphemeral(channel=channel, user=visit.user, thread_ts=visit.thread, **drawn)
            )
        except FAILURES as error:
            log.warning("%s could not be told anything in %s: %s", visit.user, channel, error)
            return False
        return True


def offer(kept: int) -> Message:
    """Where a form cannot open by itself any more, a button opens it."""
    text = say("That took a moment. The form is ready for you.")
    code = codes.pack(REOPEN, {"kept": str(kept)})
    return Message((Paragraph(text), Buttons((Button("Open the form", code),))), text)


def apology(error: BaseException) -> Message:
    """What somebody is told about a fault of ours, with a reference to what the log says about it."""
    reference = secrets.token_hex(3)
    log.error("An answer could not be given (reference %s)", reference, exc_info=error)
    return line(
        "Something went wrong on our side. If it happens again, tell an organiser this reference: **{reference}**.",
        reference=reference,
    )
