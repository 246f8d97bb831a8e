"""Help: what the bot can do, made from the commands themselves."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

from bot.calls import Call, Reply
from bot.commands import Ask, Command, Declared, command
from bot.domain.people import Role
from bot.messages import Heading, Message, Note, Paragraph, Part, Slash, Text, join, say
from bot.ports import Transaction

FULL = 25
"""Commands that are shown with a sentence each; more than that only by name, as no message would hold them."""


def help_with(commands: Sequence[Declared]) -> Command[...]:
    """The help command for these commands."""

    @command("help", "See what I can do", reads=True)
    async def help_(
        call: Call,
        tx: Transaction,
        topic: Annotated[str, Ask("About which command?", "Such as event or poll; empty for all of them")] = "",
    ) -> Reply:
        """What people can type: by first words, or with a sentence each; what is not known as a topic shows all."""
        shown = sorted((each for each in (*commands, help_) if not each.hidden), key=_first)
        # “/event help” asks about events.
        about = topic.strip("/ ").casefold().removesuffix(" help")
        matching = [each for each in shown if each.name.startswith(about)]
        unknown = [] if matching else [Paragraph(say("There is no “{topic}” here.", topic=topic))]
        matching = matching or shown
        title = (
            say("What I can do for {community}", community=call.community) if call.community else say("What I can do")
        )
        parts: list[Part] = [*unknown, Heading(title)]
        if len(matching) <= FULL:
            parts += [Paragraph(_entry(each)) for each in matching]
        else:
            parts += [Paragraph(_family(list(family))) for _word, family in groupby(matching, _first)]
            parts.append(Note(say("{help} and one of these words says more about it.", help=Slash("help"))))
        parts.append(Note(say("Whatever you leave out, I ask for.")))
        return Message(tuple(parts), title)

    return help_


def _first(each: Declared) -> str:
    return each.name.partition(" ")[0]


def _family(commands: Sequence[Declared]) -> Text:
    """Commands that begin with one word."""
    if [each.name for each in commands] == [_first(commands[0])]:
        return _entry(commands[0])
    names = (say("{name}", name=each.name.partition(" ")[2] or "(alone)") for each in commands)
    return say("**{slash}** {names}", slash=Slash(_first(commands[0])), names=join(", ", names))


def _entry(each: Declared) -> Text:
    if each.needs is Role.ORGANISER:
        return say("**{slash}** {summary}, for organisers", slash=Slash(each.name), summary=each.summary)
    return say("**{slash}** {summary}", slash=Slash(each.name), summary=each.summary)
