"""Reading: what people gave becomes what a command takes, and what is still open becomes a form."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.calls import UNANSWERED, Asked, Call, Candidate, Door, Form, Kind, Mistakes, Refusal, Unclear
from bot.commands import Declared, Parameter
from bot.domain.places import ChapterId
from bot.messages import Slash
from bot.ports import Transaction

NAMED = 3
"""How many candidates a question names."""

_JOINERS = "\u200c\u200d"
_TAGS = {chr(code) for code in range(0xE0020, 0xE0080)}  # which spell the flags of England, Scotland and Wales
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


async def read(tx: Transaction, command: Declared, call: Call) -> dict[str, Any]:
    """The values of a call's answers by parameter name; raises Unclear for all that are missing or unreadable."""
    values, mistakes = await readable(tx, command, call)
    mistakes.tell()
    return values


async def readable(tx: Transaction, command: Declared, call: Call) -> tuple[dict[str, Any], Mistakes]:
    """The values of those answers that can be read, and what is wrong with the others."""
    values: dict[str, Any] = {}
    mistakes = Mistakes()
    for parameter in command.parameters:
        text = clean(parameter, call.given.get(parameter.name, ""))
        if not text and parameter.ask.known is not None:
            text = await parameter.ask.known(tx, call) or ""
        with mistakes.noted():
            if text:
                values[parameter.name] = await _value(tx, parameter, call, text)
            elif parameter.required:
                raise Unclear(parameter.name, UNANSWERED)
    return values, mistakes


def read_alone(command: Declared, call: Call) -> dict[str, Any]:
    """The same, as far as can be told without the database; raises Unclear also where that could tell more."""
    values: dict[str, Any] = {}
    for parameter in command.parameters:
        if text := call.given.get(parameter.name, ""):
            values[parameter.name] = parameter.read(text, call)
        elif parameter.required:
            raise Unclear(parameter.name, UNANSWERED)
    return values


def lacks(command: Declared, call: Call) -> bool:
    """Whether a call leaves something open that must be asked, as far as can be told without the database.

    What a form shows as filled in is there to be looked at before it is sent.
    """
    return (command.filled is not None and call.door is not Door.FORM) or any(
        parameter.required and parameter.ask.known is None and not call.given.get(parameter.name, "").strip()
        for parameter in command.parameters
    )


def whole(command: Declared, call: Call) -> bool:
    """Whether a form that was sent in said something to every question that it may ask, if only nothing."""
    return all(parameter.ask.quiet or parameter.name in call.given for parameter in command.parameters)


async def ask(
    tx: Transaction, command: Declared, call: Call, errors: Mapping[str, str], kept: int | None = None
) -> Form:
    """The form for a call: what a button holds, or is known anyway, stays as it is; the rest is asked, prefilled."""
    # Later pages of a form are filled in as well: what was answered before stands in the call.
    filled: Mapping[str, str] = {} if command.filled is None else await command.filled(tx, call)
    asks: list[Asked] = []
    fixed: dict[str, str] = {}
    for parameter in command.parameters:
        given = call.given.get(parameter.name, "")
        known = await parameter.ask.known(tx, call) if parameter.ask.known is not None else None
        if parameter.ask.hidden or (call.door is Door.BUTTON and given and parameter.name not in errors):
            fixed[parameter.name] = given
        elif parameter.ask.quiet and parameter.name not in errors:
            fixed |= {parameter.name: given} if given else {}
        elif known is not None and given in ("", known):
            fixed[parameter.name] = known
        else:
            asks.append(await _asked(tx, parameter, call))
    if command.worded is not None:
        asks = list(await command.worded(tx, call, asks, errors))
    if not asks:
        # Only our own buttons give what is missing here, and none of them lacks it.
        raise Refusal("That button is damaged or from long ago. {help} shows what there is.", help=Slash("help"))
    given = {**filled, **call.given}
    typed = {each.name: text for each in asks if (text := _begun(each, given.get(each.name, "")))}
    return Form(command.name, command.summary, command.submit, tuple(asks), fixed, typed, errors, kept)


def clean(parameter: Parameter, text: str) -> str:
    """An answer without what nobody typed on purpose: outer space, control characters, line breaks in a single line."""
    if parameter.kind is Kind.LINES:
        return "\n".join(_visible(line).rstrip() for line in text.splitlines()).strip()
    return _visible(" ".join(text.split())).strip()


def legible(call: Call) -> Call:
    """A call whose names can be kept and shown: platforms hand on whatever people call themselves."""
    named = [call.caller.name, *call.names.values()]
    if all(name and name == _visible(name) for name in named):
        return call
    caller = replace(call.caller, name=_visible(call.caller.name) or call.caller.person.key)
    return replace(call, caller=caller, names={key: _visible(name) or key for key, name in call.names.items()})


def _visible(text: str) -> str:
    """A text without controls; what joins letters and emoji stays where there is something to join."""
    if text.isprintable():
        return text
    seen = "".join(character for character in text if _shown(character))
    return seen if seen.strip(_JOINERS) else ""


def _shown(character: str) -> bool:
    """Whether a character is more than a control, a line's end or half of a pair.

    Not `isprintable`: that takes an emoji newer than this Python for nothing.
    """
    return character in _JOINERS or character in _TAGS or unicodedata.category(character) not in _HIDDEN


def _begun(asked: Asked, text: str) -> str:
    """How an answer stands in a form: what is named by its label is picked, and so is what alone can be."""
    if not asked.candidates or asked.typed or text in [candidate.value for candidate in asked.candidates]:
        return text
    meant = _meant(asked.candidates, text) if text else asked.candidates if asked.required else ()
    return meant[0].value if len(meant) == 1 else text


async def _asked(tx: Transaction, parameter: Parameter, call: Call) -> Asked:
    candidates = parameter.candidates
    if parameter.ask.pick is not None:
        candidates = tuple(await parameter.ask.pick(tx, call))
        if parameter.required and not candidates:
            raise Refusal(parameter.ask.nothing)
    return Asked(
        parameter.name,
        parameter.ask.question,
        parameter.ask.hint,
        parameter.kind,
        parameter.ask.most,
        parameter.required,
        candidates,
        parameter.ask.typed,
    )


async def _value(tx: Transaction, parameter: Parameter, call: Call, text: str) -> Any:
    """Read one answer; a chapter is looked for here, as nearly every command takes one."""
    value = await _read(tx, parameter, call, text)
    if parameter.means is ChapterId:
        try:
            await tx.chapters.get(value)
        except KeyError:
            raise Unclear(parameter.name, "There is no such chapter; pick one from the list.") from None
    return value


async def _read(tx: Transaction, parameter: Parameter, call: Call, text: str) -> Any:
    """Somebody who typed a label instead of picking from the list is understood too."""
    try:
        return parameter.read(text, call)
    except Unclear as unclear:
        candidates = parameter.candidates
        if parameter.ask.pick is not None:
            candidates = tuple(await parameter.ask.pick(tx, call))
        meant = _meant(candidates, text)
        if len(meant) > 1:
            several = f"“{text}” could be {_either(meant)}; please pick one from the list."
            raise Unclear(parameter.name, several) from None
        if not meant:
            raise unclear
        return parameter.read(meant[0].value, call)


def _meant(candidates: Sequence[Candidate], text: str) -> Sequence[Candidate]:
    """The candidates whose label is, or at least contains, what was typed."""
    wanted = text.casefold()
    exact = [each for each in candidates if wanted in (each.label.casefold(), each.value.casefold())]
    return exact or [each for each in candidates if wanted in each.label.casefold()]


def _either(meant: Sequence[Candidate]) -> str:
    """Several candidates as a question names them, or how many there are."""
    if len(meant) > NAMED:
        return f"{len(meant)} of these"
    return " or ".join(f"“{candidate.label}”" for candidate in meant)
