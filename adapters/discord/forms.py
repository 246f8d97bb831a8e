"""Forms as Discord's modals, five inputs at a time, and what is said around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import assert_never, cast

import discord
from discord import ui

from adapters.discord import limits, marks, words
from adapters.discord.marks import Marks
from bot.calls import Asked, Candidate, Form, Kind
from bot.desk import REOPEN, SEND
from bot.messages import Button, Buttons, Facts, Message, Paragraph, Text, Tone, say


@dataclass(frozen=True, slots=True)
class Page:
    """What one modal asks of a form; `following` is the first question of the page after it."""

    asks: tuple[Asked, ...]
    number: int = 1
    of: int = 1
    following: str | None = None


def page(form: Form, first: str | None) -> Page:
    """The page that begins with a question, or the first one.

    Of a long form that was kept and came back with errors, only the questions that need another look.
    """
    wrong = tuple(asked for asked in form.asks if asked.name in form.errors)
    if first is None and wrong and form.kept is not None and len(form.asks) > limits.INPUTS:
        return Page(wrong[: limits.INPUTS])
    start = _place(form, first)
    end = start + limits.INPUTS
    number, of = (ceil(count / limits.INPUTS) for count in (start + 1, len(form.asks)))
    return Page(form.asks[start:end], number, of, form.asks[end].name if end < len(form.asks) else None)


def code(form: Form, following: str | None) -> str:
    """The id of a modal: what sending it in calls; raises ValueError when it does not fit."""
    return marks.pack(form.command, form.fixed, Marks(kept=form.kept, following=following))


def fits(form: Form) -> bool:
    """Whether a modal can carry what is fixed in this form. Otherwise it must be kept first."""
    try:
        code(form, following=max((asked.name for asked in form.asks), key=len, default=""))
    except ValueError:
        return False
    return True


def carried(form: Form) -> Form:
    """A form that was kept, with nothing to carry but its number, since the row holds the rest."""
    return form if fits(form) else replace(form, fixed={})


def modal(form: Form, shown: Page) -> ui.Modal:
    """A page of a form as a modal; stopped, as discord.py would otherwise keep it until it is sent in."""
    number = f" ({shown.number} of {shown.of})" if shown.of > 1 else ""
    title = limits.shorten(words.plain(form.title), limits.TITLE - len(number)) + number
    opened = ui.Modal(title=title, custom_id=code(form, shown.following), timeout=None)
    for asked in shown.asks:
        opened.add_item(_label(form, asked))
    opened.stop()
    return opened


def reopening(form: Form, first: str | None = None) -> str:
    """The code of a button that opens a kept form again, at this question."""
    return marks.pack(REOPEN, {"kept": str(form.kept)}, Marks(page=first))


def continuing(form: Form, following: str) -> Message:
    """Said when a page was sent in and there are more."""
    rest = form.asks[_place(form, following) :]
    left, questions = len(rest), "question" if len(rest) == 1 else "questions"
    if any(asked.required and not form.typed.get(asked.name) for asked in form.asks):
        text = say("Nearly there: {left} more {questions}.", left=left, questions=questions)
        return _offer((Paragraph(text),), text, "Continue", reopening(form, following))
    text = say("Not done yet: {left} more {questions}, if you like.", left=left, questions=questions)
    onward = Button("Continue", reopening(form, following))
    done = Button(form.submit, marks.pack(REOPEN, {"kept": str(form.kept), SEND: "1"}, Marks()), Tone.GOOD)
    return Message((Paragraph(text), Buttons((onward, done))), text)


def correcting(form: Form) -> Message:
    """Said when a form was sent in with answers that cannot be used, each named beside its question."""
    questions = {asked.name: asked.question for asked in form.asks}
    errors = sorted(form.errors.items(), key=lambda each: _place(form, each[0]))
    rows = tuple((questions.get(name, name), say("{error}", error=error)) for name, error in errors)
    text = say("Not quite yet; everything you typed is kept.")
    return _offer((Paragraph(text), Facts(rows)), text, "Correct it", reopening(form))


def offering(form: Form, opening: str) -> Message:
    """Said when a form cannot be shown at once; `opening` is the code that opens it."""
    text = say("{title}: press the button to open the form.", title=form.title)
    return _offer((Paragraph(text),), text, "Open form", opening)


def _place(form: Form, name: str | None) -> int:
    """Where in a form a question stands; 0 for one that it does not have any more."""
    return next((place for place, asked in enumerate(form.asks) if asked.name == name), 0)


def _offer(parts: tuple[Paragraph | Facts, ...], gist: Text, label: str, opening: str) -> Message:
    return Message((*parts, Buttons((Button(label, opening, Tone.GOOD),))), gist)


def _label(form: Form, asked: Asked) -> "ui.Label[ui.Modal]":
    typed = form.typed.get(asked.name, "")
    hidden = len(asked.candidates) - limits.OPTIONS
    hint = form.errors.get(asked.name) or asked.hint
    if hidden > 0 and not asked.typed:
        hint = f"… and {hidden} more: type part of the name in /{form.command} {asked.name}:"
    return ui.Label(
        text=limits.shorten(words.plain(asked.question), limits.LABEL),
        description=limits.shorten(words.plain(hint), limits.HINT) or None,
        component=_input(asked, typed),
    )


def _input(asked: Asked, typed: str) -> "ui.Item[ui.Modal]":
    match asked.kind:
        case Kind.PICK if asked.candidates and not (asked.typed and len(asked.candidates) > limits.OPTIONS):
            return _candidates(asked, typed)
        case Kind.LINE | Kind.NUMBER | Kind.PICK:
            return _typing(asked, typed, discord.TextStyle.short)
        case Kind.LINES:
            return _typing(asked, typed, discord.TextStyle.paragraph)
        case Kind.PERSON:
            # Ids are text in Discord's specification, where discord.py would send numbers.
            chosen = [cast("int", typed)] if typed.isascii() and typed.isdigit() else []
            return ui.UserSelect(
                custom_id=asked.name,
                required=asked.required,
                min_values=int(asked.required),
                default_values=[
                    discord.SelectDefaultValue(id=key, type=discord.SelectDefaultValueType.user) for key in chosen
                ],
            )
        case _:
            assert_never(asked.kind)


def _typing(asked: Asked, typed: str, style: discord.TextStyle) -> "ui.TextInput[ui.Modal]":
    typed = typed[: limits.INPUT]
    return ui.TextInput(
        custom_id=asked.name,
        style=style,
        required=asked.required,
        # What was typed elsewhere and is too long comes back whole, so that it can be shortened by whoever typed it.
        max_length=min(max(asked.most, len(typed), 1), limits.INPUT),
        default=typed or None,
    )


def _candidates(asked: Asked, typed: str) -> "ui.Item[ui.Modal]":
    offered = _offered(asked.candidates, typed)
    if 2 <= len(offered) <= limits.RADIOS:
        radios = [
            discord.RadioGroupOption(label=_named(candidate), value=candidate.value, default=candidate.value == typed)
            for candidate in offered
        ]
        return ui.RadioGroup(custom_id=asked.name, required=asked.required, options=radios)
    options = [
        discord.SelectOption(label=_named(candidate), value=candidate.value, default=candidate.value == typed)
        for candidate in offered
    ]
    return ui.Select(
        custom_id=asked.name, required=asked.required, min_values=int(asked.required), max_values=1, options=options
    )


def _offered(candidates: Sequence[Candidate], typed: str) -> Sequence[Candidate]:
    """As many as Discord takes, among them the one that was chosen before."""
    chosen = next((candidate for candidate in candidates[limits.OPTIONS :] if candidate.value == typed), None)
    if chosen is None:
        return candidates[: limits.OPTIONS]
    return [chosen, *candidates[: limits.OPTIONS - 1]]


def _named(candidate: Candidate) -> str:
    return limits.shorten(words.plain(candidate.label), limits.OPTION)
