"""Messages of ours as Discord's components, second version."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import TypeAlias, assert_never

import discord
from discord import ui

from adapters.discord import limits, undocumented, words
from adapters.discord.limits import Unfit
from bot.domain.people import Person
from bot.messages import (
    Attachment,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Link,
    Menu,
    Message,
    Note,
    Option,
    Paragraph,
    Part,
    Picture,
    Plain,
    Run,
    Slash,
    Text,
    Tone,
    When,
    WhenForm,
)

Words: TypeAlias = Callable[[str], str]
"""Makes people's words harmless."""

_BRIEF = 20
"""Letters of a label that only says where a menu begins or ends."""

NOTHING = "–"
"""Discord refuses a text without a word, which is what is left of one that nobody could have seen."""

_STYLES = {
    Tone.PLAIN: discord.ButtonStyle.secondary,
    Tone.GOOD: discord.ButtonStyle.success,
    Tone.BAD: discord.ButtonStyle.danger,
}
_STAMPS = {WhenForm.FULL: "F", WhenForm.SHORT: "f", WhenForm.TIME: "t", WhenForm.RELATIVE: "R"}


def message(told: Message, mark: int | None = None) -> ui.LayoutView:
    """The components of a message, with `mark` as the id of the first.

    The view is stopped: it is made to be sent once, and discord.py keeps every other one for ever.
    """
    view = _view(told, mark, words.literal)
    if view.content_length() > limits.TEXT:
        # Backslashes can double a text that is full of marks.
        view = _view(told, mark, words.lookalike)
    _check(view)
    view.stop()
    return view


def files(told: Message) -> list[discord.File]:
    """What is sent along; a file can be sent once, so these are made anew each time."""
    sent = (*told.pictures, *told.files)
    return [discord.File(BytesIO(file.content), file.name, description=file.alt) for file in sent]


def mentions(told: Message) -> discord.AllowedMentions:
    """Whom the message may ping: exactly those it is for."""
    called = [undocumented.snowflake(person.key) for person in told.calls]
    return discord.AllowedMentions(everyone=False, users=called, roles=False, replied_user=False)


def markdown(text: Text, harmless: Words = words.literal) -> str:
    """A text as markdown in which only our own template marks anything."""
    written: list[str] = []
    bold = False
    for run, part in ((run, _run(run, harmless)) for run in text.runs):
        # Bold runs that touch are one: Discord would show the marks between them.
        if part and _bold(run) != bold:
            written.append("**")
            bold = not bold
        written.append(part)
    return words.opened("".join([*written, "**"] if bold else written))


def _view(told: Message, mark: int | None, harmless: Words) -> ui.LayoutView:
    parts = [item for number, part in enumerate(told.parts) for item in _items(number, part, harmless)]
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(_called(told.calls))] if told.calls else []
    # A single sentence needs no frame around it.
    items += parts if len(parts) == 1 else [ui.Container(*parts)]
    items += [_attached(file) for file in told.files]
    if mark is not None:
        items[0].id = mark
    view = ui.LayoutView(timeout=None)
    try:
        for item in items:
            view.add_item(item)
    except ValueError as no:
        raise Unfit(f"A message of {len(told.parts)} parts: {no}.") from no
    return view


def _attached(file: Attachment) -> "ui.Item[ui.LayoutView]":
    """A file as it is shown: a picture can be seen at once, and its description be heard."""
    if file.name.endswith(".png"):
        return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{file.name}", description=file.alt))
    return ui.File(f"attachment://{file.name}")


def _items(number: int, part: Part, harmless: Words) -> "list[ui.Item[ui.LayoutView]]":
    """What shows a part: one component, or for a long menu several."""
    return _menus(number, part) if isinstance(part, Menu) else [_part(part, harmless)]


def _part(part: Part, harmless: Words) -> "ui.Item[ui.LayoutView]":
    match part:
        case Heading(text):
            return ui.TextDisplay(f"## {_line(text, harmless)}")
        case Paragraph(text):
            return ui.TextDisplay(markdown(text, harmless) or NOTHING)
        case Note(text):
            lines = markdown(text, harmless).split("\n")
            return ui.TextDisplay("\n".join(f"-# {line}" if line.strip() else line for line in lines) or NOTHING)
        case Facts(rows):
            return ui.TextDisplay(
                "\n".join(f"**{harmless(label)}** {markdown(value, harmless)}" for label, value in rows)
            )
        case Buttons(buttons):
            if not 1 <= len(buttons) <= limits.ROW:
                raise Unfit(f"A row of {len(buttons)} buttons; Discord takes 1 to {limits.ROW}.")
            return ui.ActionRow(*map(button, buttons))
        case Divider():
            return ui.Separator()
        case Picture(file):
            return _attached(file)
        case Menu():
            raise Unfit("A menu is no single component.")
        case _:
            assert_never(part)


def button(shown: Button) -> "ui.Button[ui.LayoutView]":
    """A button, whose id is the code that it holds."""
    if len(shown.code) > limits.CODE:
        raise Unfit(f"The code {shown.code!r} has {len(shown.code)} characters; Discord takes {limits.CODE}.")
    label = limits.shorten(words.plain(shown.label), limits.BUTTON)
    return ui.Button(label=label, custom_id=shown.code, style=_STYLES[shown.tone])


def _menus(number: int, menu: Menu) -> "list[ui.Item[ui.LayoutView]]":
    """Menus, as many as it takes, which say which part of the whole they hold; the options' values are their codes."""
    starts = range(0, len(menu.options), limits.OPTIONS)
    pages = [menu.options[start : start + limits.OPTIONS] for start in starts]
    shown: list[ui.Item[ui.LayoutView]] = []
    for start, page in zip(starts, pages, strict=True):
        prompt = menu.prompt
        if len(pages) > 1 and menu.several:
            first, last = (limits.shorten(words.plain(page[at].label), _BRIEF) for at in (0, -1))
            prompt += f": {first} – {last}"
        elif len(pages) > 1:
            prompt += f" ({start + 1}–{start + len(page)})"
        select: ui.Select[ui.LayoutView] = ui.Select(
            custom_id=f"menu {number} {start}",
            placeholder=limits.shorten(prompt, limits.PROMPT),
            options=_options(page),
            max_values=len(page) if menu.several else 1,
        )
        shown.append(ui.ActionRow(select))
    return shown


def _options(options: Sequence[Option]) -> list[discord.SelectOption]:
    for option in options:
        if len(option.code) > limits.OPTION:
            raise Unfit(f"The code {option.code!r} has {len(option.code)} characters; Discord takes {limits.OPTION}.")
    return [
        discord.SelectOption(
            label=limits.shorten(words.plain(option.label), limits.OPTION) or NOTHING, value=option.code
        )
        for option in options
    ]


def _line(text: Text, harmless: Words) -> str:
    return " ".join(markdown(text, harmless).split("\n"))


def _bold(run: Run) -> bool:
    match run:
        case Plain(bold=bold) | When(bold=bold):
            return bold
        case Link() | Slash():
            return False
        case _:
            assert_never(run)


def _run(run: Run, harmless: Words) -> str:
    match run:
        case Plain(text):
            return harmless(text)
        case When(at, _, form):
            return f"<t:{int(at.timestamp())}:{_STAMPS[form]}>"
        case Link(shown, url):
            return f"[{harmless(shown)}](<{url.replace('>', '%3E').replace(' ', '%20')}>)"
        case Slash(command):
            return f"/{command}"
        case _:
            assert_never(run)


def _called(people: Iterable[Person]) -> str:
    keys = [person.key for person in people]
    if len(keys) > limits.MENTIONS:
        raise Unfit(f"A message that mentions {len(keys)} people; Discord takes {limits.MENTIONS}.")
    return " ".join(f"<@{int(key)}>" for key in keys)


def _check(view: ui.LayoutView) -> None:
    if view.content_length() > limits.TEXT:
        raise Unfit(f"A message of {view.content_length()} characters; Discord takes {limits.TEXT}.")
    texts = [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    size = sum(len(text.encode()) + limits.DISPLAY for text in texts)
    if size > limits.BYTES:
        raise Unfit(f"A message of {size} bytes; Discord takes {limits.BYTES}.")
    codes = [item.custom_id or "" for item in view.walk_children() if isinstance(item, ui.Button)]
    if len(set(codes)) < len(codes):
        raise Unfit(f"Two buttons of one message hold the same code: {sorted(codes)}.")
