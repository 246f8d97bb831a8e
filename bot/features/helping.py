"""Help: what the bot can do, made from the commands themselves."""

from collections.abc import Sequence
from typing import Annotated

from bot.calls import Call, Reply
from bot.commands import Ask, Command, Declared, command
from bot.domain.people import Role
from bot.messages import Heading, Message, Note, Paragraph, Part, Slash, Text, say
from bot.ports import Transaction


def help_with(commands: Sequence[Declared]) -> Command[...]:
    """The help command for these commands."""

    @command("help", "See what I can do", reads=True)
    async def help_(
        call: Call, tx: Transaction, topic: Annotated[str, Ask("About which command?", "Empty for all of them")] = ""
    ) -> Reply:
        """One line for each command that people can type; what is not known as a topic shows them all."""
        shown = [each for each in (*commands, help_) if not each.hidden]
        matching = [each for each in shown if each.name.startswith(topic.strip("/ ").casefold())]
        parts: list[Part] = [Heading(say("What I can do"))]
        parts += [Paragraph(_entry(each)) for each in matching or shown]
        parts.append(Note(say("Whatever you leave out, I ask for.")))
        return Message(tuple(parts), say("What I can do"))

    return help_


def _entry(each: Declared) -> Text:
    if each.needs is Role.ORGANISER:
        return say("**{slash}** {summary}, for organisers", slash=Slash(each.name), summary=each.summary)
    return say("**{slash}** {summary}", slash=Slash(each.name), summary=each.summary)
