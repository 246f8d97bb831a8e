"""Whatever the stand-in takes, Discord's own specification takes: bodies made at random, at and beyond every limit."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from adapters.playground.discord import commands, components, modals
from adapters.playground.discord.embeds import checked as checked_embeds
from adapters.playground.discord.parts import Part, Problems
from adapters.playground.discord.refused import Refused
from tests.playground.discord.specs import Specs

V2 = 1 << 15
POSTING = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
REGISTERING = "/applications/{application_id}/commands"
Anything = st.SearchStrategy[Any]
unhurried = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much)
often = settings(
    max_examples=100,
    suppress_health_check=unhurried,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def text(most: int) -> Anything:
    """Lengths at the edges, or nothing at all."""
    return st.sampled_from([1, 1, 1, 1, most, most + 1, 0]).map("x".__mul__) | st.none()


def whole(least: int, most: int) -> Anything:
    return st.sampled_from([least, least, most, least - 1, most + 1]) | st.none()


def shape(needed: dict[str, Anything], /, **optional: Anything) -> Anything:
    return st.fixed_dictionaries(needed, optional=optional)


counted = st.integers(0, 10**6).map(str)
custom_id = counted | text(100)
emoji = st.sampled_from([{"name": "🎉"}, {"id": "1", "name": "party"}])
option = shape({"label": text(100), "value": counted}, description=text(100), emoji=emoji, default=st.booleans())
choices = st.lists(option, max_size=3) | st.just([{"label": str(n), "value": str(n)} for n in range(26)])
button = shape(
    {"type": st.just(2), "style": st.sampled_from([1, 2, 3, 4, 5, 7])},
    label=text(80),
    custom_id=custom_id,
    url=st.just("https://example.org"),
    emoji=emoji,
    disabled=st.booleans(),
)
plain_button = shape({"type": st.just(2), "style": st.just(1), "label": text(80), "custom_id": counted})
menu = shape(
    {"type": st.sampled_from([3, 3, 5, 6, 7, 8]), "custom_id": custom_id},
    options=choices,
    placeholder=text(150),
    min_values=whole(0, 25),
    max_values=whole(1, 25),
)
row = shape(
    {"type": st.just(1), "components": st.lists(plain_button | button, max_size=6) | menu.map(lambda one: [one])}
)
words = shape({"type": st.just(10), "content": text(4000)})
media = st.just({"url": "https://example.org/a.png"})
thumbnail = shape({"type": st.just(11), "media": media}, description=text(1024), spoiler=st.booleans())
section = shape({"type": st.just(9), "components": st.lists(words, max_size=4)}, accessory=plain_button | thumbnail)
gallery = shape({"type": st.just(12), "items": st.lists(shape({"media": media}, description=text(1024)), max_size=11)})
separator = shape({"type": st.just(14)}, spacing=st.sampled_from([1, 2, 3]), divider=st.booleans())
in_container = row | words | section | gallery | separator
container = shape(
    {"type": st.just(17), "components": st.lists(in_container, max_size=3)}, accent_color=whole(0, 0xFFFFFF)
)
embed = shape(
    {},
    title=text(256),
    description=text(4096),
    color=whole(0, 0xFFFFFF),
    fields=st.lists(shape({"name": text(256), "value": text(1024)}, inline=st.booleans()), max_size=3),
    footer=shape({"text": text(2048)}),
)
field = (
    shape({"type": st.just(4), "custom_id": counted, "style": st.sampled_from([1, 2, 3])}, min_length=whole(0, 4000),
          max_length=whole(1, 4000), value=text(4000), placeholder=text(100), required=st.booleans())
    | menu
    | shape({"type": st.sampled_from([21, 22]), "custom_id": counted, "options": choices}, required=st.booleans())
    | shape({"type": st.just(23), "custom_id": custom_id}, default=st.booleans())
    | shape({"type": st.just(19), "custom_id": counted}, min_values=whole(0, 10), max_values=whole(1, 10))
)  # fmt: skip
label = shape({"type": st.just(18), "label": text(45), "component": field}, description=text(100))
modal = shape({"custom_id": custom_id, "title": text(45), "components": st.lists(label | words, max_size=6)})
names = st.sampled_from(["event", "rsvp", "fm-event", "x" * 32, "x" * 33, ""])
leaf = shape(
    {"type": st.sampled_from([3, 3, 4, 5, 6, 10]), "name": names, "description": text(100)},
    required=st.booleans(),
    autocomplete=st.booleans(),
    min_length=whole(0, 6000),
)
nested = shape({"type": st.just(1), "name": names, "description": text(100)}, options=st.lists(leaf, max_size=2))
command = shape(
    {"name": names, "description": text(100)}, options=st.lists(leaf, max_size=3) | st.lists(nested, max_size=2)
)


@pytest.fixture(scope="module")
def loaded() -> dict[str, Specs]:
    return {}


@pytest.fixture
def specs(platform_specs: Path, loaded: dict[str, Specs]) -> Specs:
    return loaded.setdefault("discord", Specs(platform_specs / "discord"))


def taken(check: Callable[[Part], object], body: Any) -> bool:
    """Whether the stand-in takes a body."""
    part = Part(body, Problems())
    check(part)
    try:
        part.problems.refuse()
    except Refused:
        event("refused")
        return False
    event("taken")
    return True


def minted() -> Iterator[str]:
    return iter(str(n) for n in range(1, 10**9))


@often
@given(inside=st.lists(in_container | container, min_size=1, max_size=3))
def test_a_layout_that_is_taken_is_as_specified(specs: Specs, inside: Any) -> None:
    """Layouts of every kind of component."""
    mint = minted()
    body = {"flags": V2, "components": inside}
    if taken(lambda part: components.checked(part, version_2=True, attachments={}, mint=lambda: next(mint)), body):
        assert specs.request("POST", POSTING, body) == []


@often
@given(rows=st.lists(row, max_size=3), embeds=st.lists(embed, max_size=2))
def test_a_plain_message_that_is_taken_is_as_specified(specs: Specs, rows: Any, embeds: Any) -> None:
    """Rows and embeds."""
    mint = minted()
    body = {"content": "x", "components": rows, "embeds": embeds}

    def check(part: Part) -> None:
        components.checked(part, version_2=False, attachments={}, mint=lambda: next(mint))
        checked_embeds(part)

    if taken(check, body):
        assert specs.request("POST", POSTING, body) == []


@often
@given(form=modal)
def test_a_form_that_is_taken_is_as_specified(specs: Specs, form: Any) -> None:
    """Forms with every kind of field."""
    if taken(modals.checked, form):
        assert specs.request("POST", CALLBACK, {"type": 9, "data": form}) == []


@often
@given(body=command)
def test_a_command_that_is_taken_is_as_specified(specs: Specs, body: Any) -> None:
    """Commands with options and subcommands."""
    if taken(lambda part: commands.checked(part, in_guild=False), body):
        assert specs.request("POST", REGISTERING, body) == []


def test_the_specification_is_no_rubber_stamp(specs: Specs) -> None:
    """A body beyond a limit, an answer without its fields and an event without its data are found out."""
    assert specs.request("POST", POSTING, {"embeds": [{"title": "x" * 257}]}) != []
    assert specs.answer("GET", "/users/@me", 200, {}) != []
    assert specs.event("InteractionCreate", {}) != []
