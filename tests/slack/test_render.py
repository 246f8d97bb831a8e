"""Messages in Slack's blocks."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.slack.blocks import problems_of_blocks
from adapters.playground.slack.mentions import mentioned
from adapters.slack.render import Render
from bot.domain.people import Person, Platform
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
    Slash,
    Text,
    Tone,
    When,
    WhenForm,
    line,
    roll,
    say,
)
from tests.slack.specs import Json, Specs
from tests.slack.stage import words

EVENING = datetime(2026, 9, 17, 17, 30, tzinfo=UTC)
ADA = Person(Platform("slack"), "U024BE7LH")
GRACE = Person(Platform("slack"), "W0G9QF9C6")

HOSTILE = "@everyone <!channel> <@U024BE7LH> *bold* _it_ ~no~ `code` <https://evil.example|click> & \u202eesrever\u2066"
LITERAL = "@everyone <!channel> <@U024BE7LH> *bold* _it_ ~no~ `code` <https://evil.example|click> & esrever"


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def literal(text: str) -> Json:
    return {"type": "text", "text": text}


def bold(text: str) -> Json:
    return {"type": "text", "text": text, "style": {"bold": True}}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def date(form: str, **more: object) -> Json:
    return {"type": "date", "timestamp": 1789666200, "format": form, "fallback": "17 Sep 18:30 BST", **more}


def when(form: WhenForm) -> When:
    return When(EVENING, "17 Sep 18:30 BST", form)


PARTS: dict[str, tuple[Part, list[Json]]] = {
    "words": (
        Paragraph(say("{title} is **full**", title="Pub night")),
        [rich(literal("Pub night"), literal(" is "), bold("full"))],
    ),
    "hostile words": (Paragraph(say("{title}", title=HOSTILE)), [rich(literal(LITERAL))]),
    "nothing": (Paragraph(Text(())), []),
    "only characters that nobody sees": (Paragraph(say("{title}", title="\u202e\u2066\x00")), []),
    "a moment": (
        Paragraph(say("Starts {at}", at=when(WhenForm.FULL))),
        [rich(literal("Starts "), date("{date_long}, {time}"))],
    ),
    "a short moment": (Paragraph(say("{at}", at=when(WhenForm.SHORT))), [rich(date("{date_short}, {time}"))]),
    "a time": (Paragraph(say("{at}", at=when(WhenForm.TIME))), [rich(date("{time}"))]),
    "how far off": (
        Paragraph(say("{at}", at=when(WhenForm.RELATIVE))),
        [rich(date("{date_long_pretty}, {time}"))],
    ),
    "a bold moment": (
        Paragraph(say("**{at}**", at=when(WhenForm.FULL))),
        [rich(date("{date_long}, {time}", style={"bold": True}))],
    ),
    "a link": (
        Paragraph(say("{map}", map=Link("Map", "https://example.org/map"))),
        [rich({"type": "link", "url": "https://example.org/map", "text": "Map"})],
    ),
    "a command": (
        Paragraph(say("Type {help}", help=Slash("help"))),
        [rich(literal("Type "), {"type": "text", "text": "/fm-help", "style": {"code": True}})],
    ),
    "a heading": (Heading(say("{title}", title="Pub night")), [{"type": "header", "text": plain("Pub night")}]),
    "a hostile heading": (Heading(say("{title}", title=HOSTILE)), [{"type": "header", "text": plain(LITERAL)}]),
    "a heading with a line break": (
        Heading(say("{title}", title="Pub\nnight")),
        [{"type": "header", "text": plain("Pub night")}],
    ),
    "a heading that is too long for Slack": (Heading(say("{title}", title="x" * 151)), [rich(bold("x" * 151))]),
    "a heading with a moment": (
        Heading(say("On {at}", at=when(WhenForm.SHORT))),
        [rich(bold("On "), date("{date_short}, {time}", style={"bold": True}))],
    ),
    "small print": (Note(say("Only you see this")), [{"type": "context", "elements": [plain("Only you see this")]}]),
    "hostile small print": (Note(say("{words}", words=HOSTILE)), [{"type": "context", "elements": [plain(LITERAL)]}]),
    "small print with a moment": (
        Note(say("Until {at}", at=when(WhenForm.TIME))),
        [rich(literal("Until "), date("{time}"))],
    ),
    "no small print": (Note(Text(())), []),
    "facts": (
        Facts((("When", say("{at}", at=when(WhenForm.FULL))), ("Where", say("{venue}", venue=HOSTILE)))),
        [rich(bold("When: "), date("{date_long}, {time}"), bold("\nWhere: "), literal(LITERAL))],
    ),
    "buttons": (
        Buttons(
            (
                Button("Going", "rsvp?event=42&answer=going", Tone.GOOD),
                Button("Cancel it", "event%20cancel?event=42", Tone.BAD),
                Button("More", "more"),
            )
        ),
        [
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "text": plain("Going"),
                        "action_id": "0 rsvp?event=42&answer=going",
                        "value": "rsvp?event=42&answer=going",
                        "style": "primary",
                    },
                    {
                        "type": "button",
                        "text": plain("Cancel it"),
                        "action_id": "1 event%20cancel?event=42",
                        "value": "event%20cancel?event=42",
                        "style": "danger",
                    },
                    {"type": "button", "text": plain("More"), "action_id": "2 more", "value": "more"},
                ],
            }
        ],
    ),
    "a long label": (
        Buttons((Button("A label of so many words that no button on Slack could ever have room for it", "x"),)),
        [
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "text": plain("A label of so many words that no button on Slack could ever have room for…"),
                        "action_id": "0 x",
                        "value": "x",
                    }
                ],
            }
        ],
    ),
    "a line": (Divider(), [{"type": "divider"}]),
}


@pytest.mark.parametrize(("part", "blocks"), PARTS.values(), ids=PARTS)
def test_each_part_becomes_its_blocks(part: Part, blocks: list[Json]) -> None:
    """Words stay literal text, moments are shown in each reader's own zone, and nothing is cut in silence."""
    assert Render("fm-").blocks(Message((part,), say("gist"))) == blocks


@pytest.mark.parametrize("part", [part for part, _ in PARTS.values()], ids=PARTS)
def test_slack_accepts_each_part(part: Part, specs: Specs) -> None:
    """Every kind of block that we draw obeys Slack's schemas and limits."""
    assert specs.problems_of_blocks(Render().blocks(Message((part,), say("gist")))) == []


def test_slack_accepts_the_largest_card_there_can_be(specs: Specs) -> None:
    """A card with as long words, as many names and buttons as the rest of the bot lets through still fits."""
    names = [f"{number:03} " + "W" * 76 for number in range(400)]
    card = Message(
        (
            Heading(say("{title}", title="W" * 80)),
            Facts(
                (
                    ("When", say("{at} to {end}", at=when(WhenForm.FULL), end=when(WhenForm.TIME))),
                    ("Where", say("{venue}", venue="&" * 150)),
                    ("About", say("{about}", about="<" * 1500)),
                )
            ),
            *(Paragraph(say("**Going:** {names}", names=roll(names[:40], 400))) for _ in range(3)),
            Divider(),
            Note(say("{words}", words="W" * 3000)),
            *(Buttons(tuple(Button("W" * 75, f"{row}{n}" + "x" * 98) for n in range(5))) for row in range(5)),
        ),
        say("{words}", words="&" * 800),
        (ADA,) * 40,
    )
    drawn = Render("fm-").message(card)
    assert specs.problems_of_blocks(drawn["blocks"]) == []
    assert len(drawn["text"]) == 4000
    assert words(drawn["blocks"]).count("and 360 more") == 3


def test_people_whom_a_message_is_for_are_mentioned_at_its_head() -> None:
    """They come before the first part, and are whom Slack notifies."""
    message = Message((Paragraph(say("A seat is free.")),), say("A seat is free."), (ADA, GRACE))
    blocks = Render().blocks(message)
    assert blocks == [
        rich({"type": "user", "user_id": "U024BE7LH"}, literal(" "), {"type": "user", "user_id": "W0G9QF9C6"}),
        rich(literal("A seat is free.")),
    ]
    assert mentioned("", blocks, [], author="B1") == {"U024BE7LH", "W0G9QF9C6"}


@pytest.mark.parametrize("part", [Heading, Paragraph, Note])
def test_nobody_else_is_mentioned(part: type[Heading] | type[Paragraph] | type[Note]) -> None:
    """Somebody's words can notify nobody, wherever they stand, even if Slack looked for typed names in them."""
    hostile = say("{words}", words=HOSTILE)
    message = Message((part(hostile), Facts((("Where", hostile),)), Buttons((Button(HOSTILE, "x"),))), hostile)
    drawn = Render().message(message)
    everybody = ["U024BE7LH", "W0G9QF9C6"]
    assert mentioned("<!channel>", [], everybody, author="B1") == set(everybody)
    assert mentioned(drawn["text"], drawn["blocks"], everybody, author="B1", links_names=True) == set()
    assert mentioned(drawn["text"], [], everybody, author="B1") == set()


def test_somebody_of_another_platform_cannot_be_mentioned() -> None:
    """A mention of a Discord member on Slack is a mistake of ours and fails loudly."""
    stranger = Person(Platform("discord"), "80351110224678912")
    with pytest.raises(ValueError, match="cannot be mentioned on Slack"):
        Render().message(Message((), say("Hello"), (stranger,)))


def test_the_gist_is_one_escaped_line() -> None:
    """Notifications say what the message is about, with commands as people type them and nothing to obey."""
    gist = say("{title}\nis on: {help} {at}", title="Q&A <!here>", help=Slash("help"), at=when(WhenForm.SHORT))
    assert Render("fm-").gist(Message((), gist)) == "Q&amp;A &lt;!here&gt; is on: /fm-help 17 Sep 18:30 BST"


def test_buttons_of_several_rows_have_ids_of_their_own() -> None:
    """The same code may be on two buttons of a message; their ids differ."""
    rows = Message((Buttons((Button("A", "x"),)), Buttons((Button("B", "x"),))), say("gist"))
    ids = [element["action_id"] for block in Render().blocks(rows) for element in block["elements"]]
    assert ids == ["0 x", "1 x"]


TOO_MUCH: dict[str, Message] = {
    "parts": Message((Divider(),) * 51, say("gist")),
    "buttons in a row": Message((Buttons((Button("A", "x"),) * 26),), say("gist")),
    "of a code": Message((Buttons((Button("A", "x" * 2001),)),), say("gist")),
    "gist": line("{words}", words="x" * 4001),
}


@pytest.mark.parametrize("message", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_slack_would_refuse_fails_when_it_is_drawn(message: Message) -> None:
    """A message of ours that cannot fit is never sent."""
    with pytest.raises(ValueError, match="Slack takes at most"):
        Render().message(message)


@given(st.text(max_size=400))
def test_anybodys_words_make_blocks_that_slack_accepts_and_notify_nobody(text: str) -> None:
    """Whatever somebody types, everywhere that words can stand."""
    words_of = say("{text}", text=text)
    parts = (
        Heading(words_of),
        Paragraph(words_of),
        Note(words_of),
        Facts((("Where", words_of), ("About", words_of))),
        Buttons((Button(text, "x"),)),
    )
    drawn = Render().message(Message(parts, words_of))
    assert problems_of_blocks(drawn["blocks"]) == []
    assert mentioned(drawn["text"], drawn["blocks"], ["U1"], author="B1", links_names=True) == set()


@given(st.text("<@!#UC1|>*_~`&;:\u202e \n", max_size=30))
def test_what_looks_like_markup_is_shown_as_it_was_typed(text: str) -> None:
    """Not a character of it is lost, but for those that nobody sees."""
    (drawn,) = Render().blocks(Message((Paragraph(say("Title: {text}", text=text)),), say("gist")))
    assert words([drawn]) == f"Title: {text}".replace("\u202e", "")


def test_a_menu_of_more_than_a_hundred_options_is_several() -> None:
    """Each says which part of the whole it holds; an option's value is its code, and nothing is left out."""
    options = tuple(Option(f"Choice {number}", f"vote?choice={number}") for number in range(120))
    message = Message((Menu("Choose", options), Menu("Withdraw", options[:1])), say("gist"))
    menus = [block["elements"][0] for block in Render().message(message)["blocks"]]
    assert [menu["placeholder"]["text"] for menu in menus] == ["Choose (1–100)", "Choose (101–120)", "Withdraw"]
    values = [option["value"] for menu in menus[:2] for option in menu["options"]]
    assert values == [option.code for option in options]
    assert len({menu["action_id"] for menu in menus}) == 3
    assert problems_of_blocks(Render().message(message)["blocks"], "message") == []
