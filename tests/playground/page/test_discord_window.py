"""The Discord-like window in a real browser: commands with their options, components, forms, threads."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from adapters.playground.impossible import Impossible
from tests.playground.page.conftest import Playground
from tests.playground.page.people import D_ADA_DIRECT, D_CHANNELS, DISCORD, DISCORD_BOT, NOW, snowflake

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = dict[str, Any]
ADA = DISCORD["Ada Lovelace"]
LONDON = D_CHANNELS["london"]
MODAL = f"discord/modal/{ADA}/77"


def post(playground: Playground, **more: Any) -> str:
    """Something new from the app in #london; its id comes back."""
    key = snowflake(NOW)
    author = {"id": DISCORD_BOT, "username": "Flashmob", "bot": True}
    row = {
        "id": key,
        "channel_id": LONDON,
        "type": 0,
        "author": author,
        "content": "",
        "components": [],
        "flags": 0,
        **more,
    }
    playground.board.put(f"discord/message/{LONDON}/{key}", row)
    return key


def labelled(words: str, **component: Any) -> Json:
    return {"type": 18, "label": words, "component": component}


def form(*components: Json, errors: str | None = None) -> Json:
    return {"custom_id": "m", "title": "Plan an event", "components": list(components), "errors": errors}


async def test_a_command_is_picked_and_its_options_filled_in(
    page: Page, discord: Locator, playground: Playground
) -> None:
    """Required options are there at once, the others one press away; numbers go out as numbers."""
    box = discord.get_by_role("textbox", name="Message #london")
    await box.press_sequentially("/ev")
    await expect(discord.get_by_role("option")).to_have_count(2)
    await box.press("Enter")
    await page.keyboard.type("An evening of compilers")
    await page.keyboard.press("Tab")
    await expect(discord.get_by_role("combobox", name="More options")).to_be_focused()
    await page.keyboard.type("se")
    await page.keyboard.press("Enter")
    await page.keyboard.type("20")
    await page.keyboard.press("Enter")
    await expect(box).to_be_focused()
    given = {"user": ADA, "channel": LONDON, "command": "event create"}
    options = {"title": "An evening of compilers", "seats": 20}
    assert await playground.acted(1) == [("discord", "slash", {**given, "options": options})]


async def test_options_complete_themselves_by_the_app_and_choices_by_discord(
    page: Page, discord: Locator, playground: Playground
) -> None:
    """What is shown is the choice's name, what is sent is its value."""
    playground.answers["discord complete"] = {
        "acked": True,
        "error": None,
        "choices": [{"name": "Compilers", "value": "42"}],
    }
    await discord.get_by_role("textbox", name="Message #london").fill("/rsvp")
    await page.keyboard.press("Enter")
    await discord.get_by_role("option", name="Compilers").click()
    await expect(discord.get_by_role("combobox", name="answer")).to_be_focused()
    await page.keyboard.type("may")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(discord.get_by_role("textbox", name="Message #london")).to_be_focused()
    asked = {"user": ADA, "channel": LONDON, "command": "rsvp", "options": {"event": ""}, "focused": "event"}
    sent = {"user": ADA, "channel": LONDON, "command": "rsvp", "options": {"event": "42", "answer": "maybe"}}
    assert await playground.acted(2) == [("discord", "complete", asked), ("discord", "slash", sent)]


async def test_a_required_option_must_be_filled_in(page: Page, discord: Locator, playground: Playground) -> None:
    """Discord itself says so; Escape leaves the command."""
    await discord.get_by_role("textbox", name="Message #london").fill("/event create")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(discord.get_by_role("alert")).to_have_text("This option is required.")
    await page.keyboard.press("Escape")
    await expect(discord.get_by_role("textbox", name="Message #london")).to_be_focused()
    assert playground.acts == []


async def test_a_command_that_is_impossible_says_why(page: Page, discord: Locator, playground: Playground) -> None:
    """In the sentence of the stand-in."""
    playground.answers["discord slash"] = Impossible("You do not have permission to use this command.")
    await discord.get_by_role("textbox", name="Message #london").fill("/event list")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(discord.get_by_role("alert")).to_have_text("You do not have permission to use this command.")


async def test_a_button_is_pressed_and_a_silence_is_said(discord: Locator, playground: Playground) -> None:
    """Under the message, as Discord does."""
    playground.answers["discord press"] = {"acked": False, "error": "10062"}
    await discord.get_by_role("button", name="Going", exact=True).click()
    await expect(discord.get_by_role("alert")).to_have_text("This interaction failed (10062)")
    [(_, name, given)] = await playground.acted(1)
    assert (name, given["user"], given["channel"], given["custom_id"], given["values"]) == (
        "press",
        ADA,
        LONDON,
        "going",
        [],
    )


async def test_a_menu_sends_what_was_picked(page: Page, discord: Locator, playground: Playground) -> None:
    """Several at once, when the menu closes."""
    options = [{"label": word, "value": word.lower()} for word in ("Talk", "Walk", "Pub")]
    menu = {
        "type": 3,
        "custom_id": "kinds",
        "placeholder": "What do you like?",
        "min_values": 1,
        "max_values": 2,
        "options": options,
    }
    key = post(playground, content="Tell us", components=[{"type": 1, "components": [menu]}])
    await discord.get_by_role("button", name="What do you like?").click()
    for word in ("Pub", "Talk", "Walk"):
        await discord.get_by_role("option", name=word).click()
    await page.keyboard.press("Escape")
    given = {"user": ADA, "channel": LONDON, "message": key, "custom_id": "kinds", "values": ["pub", "talk"]}
    await expect(discord.get_by_role("button", name="What do you like?")).to_be_focused()
    assert await playground.acted(1) == [("discord", "press", given)]


async def test_a_form_sends_every_kind_of_field(page: Page, discord: Locator, playground: Playground) -> None:
    """Text as text, choices as lists, one of several as its value, a tick as yes or no."""
    two = [{"label": "Open", "value": "open"}, {"label": "Closed", "value": "closed"}]
    playground.board.put(
        MODAL,
        form(
            labelled("Title", type=4, custom_id="title", style=1),
            labelled("Door", type=21, custom_id="door", options=two),
            labelled("Tell", type=22, custom_id="tell", options=two, required=False),
            labelled("Where", type=8, custom_id="where", channel_types=[0]),
            labelled("Quietly", type=23, custom_id="quiet"),
        ),
    )
    dialog = discord.get_by_role("dialog", name="Plan an event")
    await dialog.get_by_label("Title").fill("Compilers")
    await dialog.get_by_role("group", name="Door").get_by_label("Closed").check()
    await dialog.get_by_role("button", name="Where").click()
    await dialog.get_by_role("option", name="#birmingham").click()
    await dialog.get_by_label("Quietly").check()
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_role("button", name="Submit")).to_be_enabled()
    values = {"title": "Compilers", "door": "closed", "tell": [], "where": [D_CHANNELS["birmingham"]], "quiet": True}
    assert await playground.acted(1) == [("discord", "submit", {"user": ADA, "modal": "77", "values": values})]


async def test_what_was_typed_stays_when_a_form_cannot_be_sent(discord: Locator, playground: Playground) -> None:
    """The app cannot fill it in anew, so the client must not lose it."""
    fields = labelled("Title", type=4, custom_id="title", style=1)
    playground.board.put(MODAL, form(fields))
    await discord.get_by_role("button", name="Submit").click()
    await expect(discord.get_by_role("alert")).to_have_text("This field is required.")
    await discord.get_by_label("Title").fill("Compilers")
    playground.answers["discord submit"] = {"acked": False, "error": "timeout"}
    playground.board.put(MODAL, form(fields, errors="Something went wrong. Try again."))
    await discord.get_by_role("button", name="Submit").click()
    await expect(discord.get_by_role("alert")).to_have_text("Something went wrong. Try again.")
    await expect(discord.get_by_label("Title")).to_have_value("Compilers")


async def test_a_thread_is_listed_under_its_channel_and_opened_from_its_message(discord: Locator) -> None:
    """And its channel is one press away again."""
    await expect(discord.get_by_role("button", name="An evening of compilers (thread), unread")).to_be_visible()
    await discord.get_by_role("button", name="Thread An evening of compilers, 1 message").click()
    await expect(discord.get_by_text("Does anybody need a lift?")).to_be_visible()
    await expect(discord.get_by_role("textbox", name="Message An evening of compilers")).to_be_visible()
    await discord.get_by_role("button", name="#london").click()
    await expect(discord.get_by_role("textbox", name="Message #london")).to_be_visible()


async def test_direct_messages_have_a_place_of_their_own(page: Page, discord: Locator) -> None:
    """With a badge until they are read."""
    await discord.get_by_role("button", name="Direct messages, 1 unread").click()
    await expect(discord.get_by_text("Your event is published in #london.")).to_be_visible()
    await expect(page.get_by_role("button", name="Ada Lovelace, 1 unread")).to_be_visible()
    await expect(discord.get_by_role("textbox", name="Message @Flashmob")).to_be_visible()


async def test_a_private_answer_is_dismissed(discord: Locator, playground: Playground) -> None:
    """By the person who alone sees it."""
    await expect(discord.get_by_text("Only you can see this")).to_be_visible()
    await discord.get_by_role("button", name="Dismiss message").click()
    [(_, name, given)] = await playground.acted(1)
    assert (name, given["user"], given["channel"]) == ("dismiss", ADA, LONDON)
    playground.board.drop(f"discord/ephemeral/{ADA}/{LONDON}/{given['message']}")
    await expect(discord.get_by_text("Only you can see this")).to_have_count(0)


async def test_a_deferred_answer_is_thinking(discord: Locator, playground: Playground) -> None:
    """Until it is filled in."""
    key = post(playground, flags=128)
    await expect(discord.get_by_role("status").filter(has_text="Flashmob is thinking…")).to_be_visible()
    playground.board.drop(f"discord/message/{LONDON}/{key}")
    post(playground, content="Here it is")
    await expect(discord.get_by_text("is thinking")).to_have_count(0)


async def test_an_unknown_component_says_so(discord: Locator, playground: Playground) -> None:
    """In a message and in a form."""
    post(playground, components=[{"type": 99}])
    await expect(discord.locator(".unknown summary")).to_have_text("The page cannot draw the component “type 99”")
    playground.board.put(MODAL, form(labelled("Title", type=98, custom_id="x")))
    await expect(discord.get_by_role("dialog").locator(".unknown summary")).to_have_text(
        "The page cannot draw the modal field “type 98”"
    )


async def test_markdown_is_read_as_discord_reads_it(discord: Locator, playground: Playground) -> None:
    """Headings, styles, lists, escapes, mentions; what is escaped or unknown stays as it was typed."""
    words = (
        "# Big\n## Smaller\n**bold** *slanted* __under__ ~~gone~~ `code *x*`\n- one\n- two\n> said\n-# small\n"
        f"\\*stars\\* \\<@{ADA}> <@{ADA}> @everyone [here](https://example.org/a) [not](javascript:x) snake_case_word"
    )
    post(playground, content=words)
    await expect(discord.get_by_role("heading", name="Big")).to_be_visible()
    drawn: str = await discord.get_by_role("article").last.locator(".md").inner_html()
    assert re.sub(r' (class|target|rel)="[^"]*"', "", drawn) == (
        "<h3>Big</h3><h4>Smaller</h4>"
        "<p><strong>bold</strong> <em>slanted</em> <u>under</u> <s>gone</s> <code>code *x*</code></p>"
        "<ul><li>one</li><li>two</li></ul><blockquote><p>said</p></blockquote><p>small</p>"
        f"<p>*stars* &lt;@{ADA}&gt; <span>@Ada Lovelace</span> <span>@everyone</span> "
        '<a href="https://example.org/a">here</a> [not](javascript:x) snake_case_word</p>'
    )


async def test_relative_times_follow_the_play_clock(page: Page, discord: Locator) -> None:
    """`<t:…:R>` is drawn anew when the clock jumps."""
    await expect(discord.get_by_text("in 3 days")).to_be_visible()
    await page.get_by_role("button", name="+1 day").click()
    await expect(discord.get_by_text("in 2 days")).to_be_visible()


async def test_the_line_above_an_answer_reads_names_and_times_as_people_do(
    discord: Locator, playground: Playground
) -> None:
    """As the message itself shows them, not as they are written."""
    unix = int(NOW.timestamp())
    post(
        playground,
        content="Here you go",
        referenced_message={"content": f"<@{ADA}> Games, <t:{unix}:D>", "author": {"id": "1"}},
    )
    above = discord.locator(".quote")
    await expect(above).to_contain_text(re.compile(rf"@Ada Lovelace Games, \d.* {NOW.year}"))
    await expect(above).not_to_contain_text("<t:")


async def test_a_direct_message_with_nobody_written_to_can_be_begun(
    page: Page, discord: Locator, playground: Playground
) -> None:
    """The page asks the stand-in for the place, and goes there once it is on the board."""
    grace = DISCORD["Grace Hopper"]
    playground.answers["discord direct"] = {"channel": "5"}
    await page.get_by_role("button", name="Grace Hopper").click()
    await discord.get_by_role("button", name="Direct messages").click()
    await discord.get_by_role("button", name="Message Flashmob").click()
    recipients = [{"id": grace, "username": "grace", "global_name": "Grace Hopper"}]
    playground.board.put("discord/channel/5", {"id": "5", "type": 1, "recipients": recipients})
    await expect(discord.get_by_role("textbox", name="Message @Flashmob")).to_be_visible()
    assert D_ADA_DIRECT != "5"
    assert await playground.acted(1) == [("discord", "direct", {"user": grace})]
