"""Messages become components that Discord takes, and that say what they should."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from discord import ui

from adapters.discord import limits, render
from adapters.discord.limits import Unfit
from bot.domain.people import Person, Platform
from bot.features.cards import MOST_NAMES, fitting
from bot.messages import (
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
    Plain,
    Slash,
    Text,
    Tone,
    When,
    WhenForm,
    line,
    roll,
    say,
)
from tests.discord.markdown import marked, seen
from tests.discord.rig import words

DISCORD = Platform("discord")
MOMENT = datetime(2026, 9, 17, 17, 30, tzinfo=UTC)
STAMP = "1789666200"
HOSTILE = "@everyone <@&1> <!channel> *_~ ||x|| # h <@1> \u202eevil\u2066"
SHOWN = "@everyone <@&1> <!channel> *_~ ||x|| # h <@1> evil"


def told(*parts: Part, calls: tuple[str, ...] = ()) -> Message:
    return Message(parts, say("gist"), tuple(Person(DISCORD, key) for key in calls))


def drawn(message: Message, mark: int | None = None) -> list[dict[str, Any]]:
    return render.message(message, mark).to_components()


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


PARTS = [
    (Heading(say("{title}", title="Rust & Tell")), text("## Rust & Tell")),
    (Heading(say("**{title}**", title="one\ntwo")), text("## **one two**")),
    (Paragraph(say("**{a}**{b} **c**", a="a", b="b")), text("**a**b **c**")),
    (Paragraph(Text((Plain("a", True), Plain("b", True), Plain("c")))), text("**ab**c")),
    (Paragraph(say("It starts {at}.", at=When(MOMENT, "18:30"))), text(f"It starts <t:{STAMP}:F>.")),
    (Paragraph(say("**{at}**", at=When(MOMENT, "18:30", WhenForm.SHORT))), text(f"**<t:{STAMP}:f>**")),
    (Paragraph(say("{at}", at=When(MOMENT, "18:30", WhenForm.TIME))), text(f"<t:{STAMP}:t>")),
    (Paragraph(say("{at}", at=When(MOMENT, "18:30", WhenForm.RELATIVE))), text(f"<t:{STAMP}:R>")),
    (Paragraph(say("See {page}", page=Link("the [plan]", "https://a.example/x y>"))),
     text("See [the \\[plan\\]](<https://a.example/x%20y%3E>)")),
    (Paragraph(say("{help} shows more.", help=Slash("event list"))), text("/event list shows more.")),
    (Paragraph(say("{nothing}", nothing="\u202e")), text("–")),
    (Note(say("{note}", note="one\n\ntwo")), text("-# one\n\n-# two")),
    (Facts((("When", say("{at}", at=When(MOMENT, "18:30"))), ("Where", say("{v}", v="The *Crown*\n# Bar")))),
     text(f"**When** <t:{STAMP}:F>\n**Where** The \\*Crown\\*\n\\# Bar")),
    (Divider(), {"type": 14, "divider": True, "spacing": 1}),
    (Buttons((Button("Going", "rsvp?event=1", Tone.GOOD), Button("Off", "off", Tone.BAD), Button("Plain", "p"))),
     {"type": 1, "components": [
         {"type": 2, "style": 3, "label": "Going", "disabled": False, "custom_id": "rsvp?event=1"},
         {"type": 2, "style": 4, "label": "Off", "disabled": False, "custom_id": "off"},
         {"type": 2, "style": 2, "label": "Plain", "disabled": False, "custom_id": "p"},
     ]}),
]  # fmt: skip


@pytest.mark.parametrize(("part", "component"), PARTS)
async def test_each_part_has_its_component(part: Part, component: dict[str, Any], valid: Callable[..., None]) -> None:
    """A part alone stands bare, and Discord's own specification takes it."""
    components = drawn(told(part))
    assert components == [component]
    valid("MessageCreateRequest", {"components": components, "flags": 1 << 15})


async def test_several_parts_stand_in_one_frame() -> None:
    """The frame is the first component and carries the message's mark."""
    [frame] = drawn(told(Heading(say("A")), Paragraph(say("b"))), mark=123456)
    assert (frame["type"], frame["id"], frame["components"]) == (17, 123456, [text("## A"), text("b")])


async def test_only_those_called_are_mentioned_and_first_of_all(valid: Callable[..., None]) -> None:
    """Their mentions stand at the head, and nobody else can be pinged by anything in the message."""
    message = told(Paragraph(say("{text}", text=HOSTILE)), calls=("11", "12"))
    components = drawn(message, mark=99999)
    assert components[0] == {"type": 10, "content": "<@11> <@12>", "id": 99999}
    assert seen(components[1]["content"]) == SHOWN
    mentions = render.mentions(message).to_dict()
    assert mentions == {"parse": [], "users": ["11", "12"]}
    assert render.mentions(line("x")).to_dict() == {"parse": [], "users": []}
    valid("MessageCreateRequest", {"components": components, "allowed_mentions": mentions})


@pytest.mark.parametrize(
    "part",
    [
        Heading(say("{text}", text=HOSTILE)),
        Paragraph(say("{text}", text=HOSTILE)),
        Paragraph(say("**{text}**", text=HOSTILE)),
        Note(say("{text}", text=HOSTILE)),
        Facts((("Label", say("{text}", text=HOSTILE)),)),
        Paragraph(say("{link}", link=Link(HOSTILE, "https://a.example"))),
    ],
)
async def test_hostile_words_are_text_wherever_they_stand(part: Part) -> None:
    """They are read as typed, and all that is marked is what our template marked."""
    content = words({"components": drawn(told(part))})
    assert seen(content).removeprefix("Label ") == SHOWN
    assert set(marked(content)) <= {"heading", "strong", "small", "masked"}
    assert not {"mention", "emoji", "time", "spoiler", "emphasis"} & set(marked(content))


def largest(about: str, name: str) -> Message:
    """An evening with as much in it as people can type."""
    names = [name] * 25
    return told(
        Heading(say("{title}", title="T" * 80)),
        Facts((
            ("When", say("{at}", at=When(MOMENT, "then"))),
            ("Where", say("{venue}", venue="V" * 150)),
            ("Seats", say("999999, all taken")),
        )),
        Paragraph(say("{about}", about=about)),
        Facts(tuple((f"{answer} (400)", roll(names, 400)) for answer in ("Going", "Maybe", "Waiting"))),
        Buttons(tuple(Button("L" * 80, "c" * 99 + str(n)) for n in range(5))),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("a" * 1500, "Wolfeschlegelstein"),
        ("*" * 1500, "Ada_Lovelace_1815"),
        ("1. \n" * 375, "x" * 20),
        ("é😀" * 750, "x"),
    ],
)
async def test_the_largest_evening_fits(about: str, name: str, valid: Callable[..., None]) -> None:
    """Marks that would need twice the room are shown by look-alikes instead, and nothing is left out."""
    view = render.message(largest(about, name))
    assert view.content_length() <= limits.TEXT
    assert seen(words({"components": view.to_components()})).count(name[:3]) >= 75
    valid("MessageCreateRequest", {"components": view.to_components()})


@pytest.mark.parametrize("name", ["😀" * 32, "Ю" * 32, "*" * 32, "ب" * 32, "x" * 32])
@pytest.mark.parametrize("about", ["😀" * 1500, "*" * 1500])
def test_the_names_that_a_card_shows_fit_whatever_they_are_written_in(name: str, about: str) -> None:
    """Discord counts bytes as well as letters, and look-alikes of marks have three."""
    names = fitting([name] * MOST_NAMES)
    assert names != []
    parts = [part for part in largest(about, "x").parts if "Going (400)" not in str(part)]
    answers = Facts(tuple((f"{answer} (400)", roll(names, 400)) for answer in ("Going", "Maybe", "Waiting")))
    view = render.message(replace(largest(about, "x"), parts=(*parts, answers)))
    assert view.content_length() <= limits.TEXT


@pytest.mark.parametrize(
    "message",
    [
        told(Paragraph(say("{text}", text="x" * 4001))),
        told(Paragraph(say("{text}", text="😀" * 2500))),
        told(*[Paragraph(say("x"))] * 40),
        told(Buttons(tuple(Button("x", str(n)) for n in range(6)))),
        told(Buttons(())),
        told(Buttons((Button("One", "same"), Button("Other", "same")))),
        told(Buttons((Button("x", "c" * 101),))),
        told(Paragraph(say("x")), calls=tuple(str(n) for n in range(1, 102))),
    ],
    ids=["text", "bytes", "components", "six buttons", "no button", "same code", "long code", "mentions"],
)
async def test_what_discord_would_refuse_is_refused_when_built(message: Message) -> None:
    """A message of ours that cannot fit is our fault, and found before it is sent."""
    with pytest.raises(Unfit):
        render.message(message)


async def test_forty_components_fit() -> None:
    """The frame and the buttons count as well."""
    view = render.message(told(*[Paragraph(say("x"))] * 34, Buttons(tuple(Button("x", str(n)) for n in range(4)))))
    assert len(list(view.walk_children())) == 40


async def test_a_long_label_is_shortened_by_whole_words() -> None:
    """A button's label has less room than a title can need."""
    [row] = drawn(told(Buttons((Button("Going to " + "Quarterly planning " * 5, "c"),))))
    assert row["components"][0]["label"] == "Going to " + "Quarterly planning " * 3 + "Quarterly…"


async def test_discord_py_is_left_nothing_to_keep() -> None:
    """A view that is finished is never stored."""
    view = render.message(told(Buttons((Button("x", "c"),))))
    assert isinstance(view, ui.LayoutView)
    assert view.is_finished()


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("one two", 7, "one two"),
        ("one two", 6, "one…"),
        ("one two, three", 9, "one two…"),
        ("onetwothree", 5, "onet…"),
        ("one  two\nthree", 20, "one two three"),
    ],
)
def test_shortening_keeps_whole_words(text: str, most: int, short: str) -> None:
    """With an ellipsis in the room there is."""
    assert limits.shorten(text, most) == short


def test_a_menu_of_more_than_twenty_five_options_is_several() -> None:
    """Each says which part of the whole it holds; an option's value is its code, and nothing is left out."""
    options = tuple(Option(f"Choice {number}", f"vote?choice={number}") for number in range(30))
    (container,) = drawn(told(Menu("Choose", options), Menu("Withdraw", options[:1])))
    menus = [row["components"][0] for row in container["components"]]
    assert [menu["placeholder"] for menu in menus] == ["Choose (1–25)", "Choose (26–30)", "Withdraw"]
    assert [option["value"] for menu in menus[:2] for option in menu["options"]] == [each.code for each in options]
    assert len({menu["custom_id"] for menu in menus}) == 3
