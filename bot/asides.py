"""Asides: a word that leaves what it answers as it was, and gives back what somebody had typed into a form for it."""

from bot.budget import MESSAGE, Budget
from bot.calls import Call, Door
from bot.commands import Declared
from bot.domain.excerpts import shortened
from bot.messages import Attachment, Facts, Message, Note, Paragraph, Part, Text, say

TYPED = "what-you-typed.txt"


def aside(command: Declared | None, call: Call, text: Text) -> Message:
    """The word, and what was typed: in full where there is room, otherwise how it begins, and all of it in a file."""
    typed = [] if command is None or call.door is not Door.FORM else _typed(command, call)
    if not typed:
        return Message((Paragraph(text),), text, aside=True)
    parts: list[Part] = [Paragraph(text), Note(say("This is what you typed:"))]
    whole = _shown(typed)
    if not MESSAGE.beside([*parts, whole]).overdrawn:
        return Message((*parts, whole), text, aside=True)
    parts[-1] = Note(say("This is how what you typed begins. All of it is in the file {name}.", name=TYPED))
    share = MESSAGE.beside([*parts, Facts(())]).over(len(typed))
    shown = _shown([(question, _cut(answer, share.less(question))) for question, answer in typed])
    content = "\n\n".join(f"{question}\n{answer}" for question, answer in typed)
    file = Attachment(TYPED, content.encode(), "Everything that you typed into the form")
    return Message((*parts, shown), text, aside=True, files=(file,))


def _typed(command: Declared, call: Call) -> list[tuple[str, str]]:
    return [
        (parameter.ask.question, answer)
        for parameter in command.parameters
        if (answer := call.given.get(parameter.name)) and not parameter.ask.hidden and parameter.ask.pick is None
    ]


def _shown(typed: list[tuple[str, str]]) -> Facts:
    return Facts(tuple((question, say("{answer}", answer=answer)) for question, answer in typed))


def _cut(text: str, room: Budget) -> str:
    most = len(text)
    while most > 1 and room.less(shortened(text, most)).overdrawn:
        most = most * 3 // 4
    return shortened(text, most)
