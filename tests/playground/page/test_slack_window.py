"""The Slack-like window in a real browser: what a person reads, presses, types and fills in there."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.playground.page.conftest import Playground
from tests.playground.page.people import ADA_DIRECT, LONDON, SLACK
from tests.playground.page.slack_samples import rich, text, ts, view

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = dict[str, Any]
ADA = SLACK["Ada Lovelace"]
CARD = ts(9, 30, 1)


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def field(block_id: str, label: str, kind: str, **more: Any) -> Json:
    """An input block; `optional` and `dispatch_action` belong to the block, the rest to its element."""
    block = {name: more.pop(name) for name in ("optional", "dispatch_action") if name in more}
    element = {"type": kind, "action_id": "a", **more}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **block}


def options(*words: str) -> list[Json]:
    return [{"text": plain(word), "value": word.lower()} for word in words]


def message(at: str, blocks: list[Json]) -> Json:
    return {"type": "message", "user": "U0000000BA", "bot_id": "B1", "text": "", "ts": at, "blocks": blocks}


async def test_pressing_a_button_is_an_act_of_the_person_one_is(
    page: Page, slack: Locator, playground: Playground
) -> None:
    """Whoever is chosen at the top presses; the press says which button of which message."""
    await page.get_by_role("button", name="Grace Hopper").click()
    await slack.get_by_role("button", name="Going", exact=True).click()
    given = {"user": SLACK["Grace Hopper"], "channel": LONDON, "ts": CARD, "block_id": "rsvp", "action_id": "going"}
    await expect(slack.get_by_role("button", name="Going", exact=True)).not_to_have_attribute("aria-busy", "true")
    assert await playground.acted(1) == [("slack", "press", {**given, "value": "going"})]


async def test_a_press_that_the_app_does_not_answer_is_said_beside_it(slack: Locator, playground: Playground) -> None:
    """And it is unsaid when the next one succeeds."""
    playground.answers["slack press"] = {"acked": False, "error": "operation_timeout"}
    await slack.get_by_role("button", name="Maybe").click()
    await expect(slack.get_by_role("alert")).to_have_text("operation_timeout")
    playground.answers.clear()
    await slack.get_by_role("button", name="Maybe").click()
    await expect(slack.get_by_role("alert")).to_have_count(0)


async def test_a_slash_shows_commands_with_their_usage_only(page: Page, slack: Locator, playground: Playground) -> None:
    """Slack completes no arguments: Tab completes the command, Enter sends what was typed."""
    box = slack.get_by_role("textbox", name="Message #london")
    await box.fill("/")
    await expect(slack.get_by_role("option")).to_have_text(
        [
            "/event create | publish | cancel | list | showPlan and look up events",
            "/rsvp [event] [going | maybe | not]Answer an event",
            "/helpWhat can I do here?",
        ]
    )
    await box.press("ArrowDown")
    await box.press("Tab")
    await expect(box).to_have_value("/rsvp ")
    await box.press_sequentially("going")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert await playground.acted(1) == [("slack", "slash", {"user": ADA, "channel": LONDON, "text": "/rsvp going"})]


async def test_words_are_said_and_a_shift_enter_breaks_the_line(slack: Locator, playground: Playground) -> None:
    """Enter sends."""
    box = slack.get_by_role("textbox", name="Message #london")
    await box.press_sequentially("one")
    await box.press("Shift+Enter")
    await box.press_sequentially("two")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert await playground.acted(1) == [("slack", "say", {"user": ADA, "channel": LONDON, "text": "one\ntwo"})]


async def test_a_thread_opens_beside_its_message_and_takes_replies(slack: Locator, playground: Playground) -> None:
    """The chip under the card counts replies; a reply carries the thread."""
    await slack.get_by_role("button", name="2 replies").click()
    thread = slack.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("article")).to_have_count(3)
    await expect(thread.get_by_text("Can we start promptly?")).to_be_visible()
    await thread.get_by_role("textbox", name="Reply in thread").fill("Yes")
    await thread.get_by_role("button", name="Send").click()
    await expect(thread.get_by_role("textbox")).to_have_value("")
    given = {"user": ADA, "channel": LONDON, "text": "Yes", "thread_ts": CARD}
    assert await playground.acted(1) == [("slack", "say", given)]
    await thread.get_by_role("textbox").press("Escape")
    await expect(thread).to_be_hidden()


async def test_a_form_sends_every_input_in_slacks_own_shape(page: Page, slack: Locator, playground: Playground) -> None:
    """What was typed or chosen, and what the form had in it at first."""
    form = view(
        [
            field("title", "Title", "plain_text_input"),
            field("about", "About", "plain_text_input", multiline=True, optional=True),
            field("chapter", "Chapter", "static_select", options=options("London", "Birmingham")),
            field("kinds", "Kinds", "multi_static_select", options=options("Talk", "Walk", "Pub")),
            field("host", "Host", "users_select"),
            field("where", "Where", "channels_select", initial_channel=LONDON),
            field("door", "Door", "radio_buttons", options=options("Open", "Closed")),
            field("tell", "Tell", "checkboxes", options=options("Slack", "Discord")),
            field("day", "Day", "datepicker", initial_date="2026-09-17"),
            field("time", "Time", "timepicker", initial_time="18:30", timezone="Europe/London"),
            field("ends", "Ends", "datetimepicker"),
            field("seats", "Seats", "number_input", is_decimal_allowed=False),
            field("mail", "Mail", "email_text_input", optional=True),
            field("link", "Link", "url_text_input", optional=True),
        ]
    )
    playground.board.put(f"slack/view/{ADA}/V1", form)
    dialog = slack.get_by_role("dialog", name="Plan an event")
    await dialog.get_by_label("Title").fill("Compilers")
    await dialog.get_by_role("button", name="Chapter").click()
    await page.keyboard.type("birm")
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Kinds").click()
    await dialog.get_by_role("option", name="Talk").click()
    await dialog.get_by_role("option", name="Pub").click()
    await page.keyboard.press("Escape")
    await dialog.get_by_role("button", name="Host").click()
    await dialog.get_by_role("option", name="Grace Hopper").click()
    await dialog.get_by_label("Closed").check()
    await dialog.get_by_label("Discord").check()
    await dialog.get_by_label("Time", exact=True).fill("19:00")
    await dialog.get_by_label("Ends").fill("2026-09-17T21:00")
    await dialog.get_by_label("Seats").fill("20")
    await dialog.get_by_role("button", name="Preview").click()
    await expect(dialog.get_by_role("alert")).to_have_count(0)
    [(_, name, given)] = await playground.acted(1)
    assert (name, given["user"], given["view"]) == ("submit", ADA, "V1")
    values = {block: states["a"] for block, states in given["values"].items()}
    assert values == {
        "title": {"type": "plain_text_input", "value": "Compilers"},
        "about": {"type": "plain_text_input", "value": None},
        "chapter": {"type": "static_select", "selected_option": options("Birmingham")[0]},
        "kinds": {"type": "multi_static_select", "selected_options": options("Talk", "Pub")},
        "host": {"type": "users_select", "selected_user": SLACK["Grace Hopper"]},
        "where": {"type": "channels_select", "selected_channel": LONDON},
        "door": {"type": "radio_buttons", "selected_option": options("Closed")[0]},
        "tell": {"type": "checkboxes", "selected_options": options("Discord")},
        "day": {"type": "datepicker", "selected_date": "2026-09-17"},
        "time": {"type": "timepicker", "selected_time": "19:00"},
        # 21:00 by Ada's own clock, which in September is an hour ahead of UTC.
        "ends": {"type": "datetimepicker", "selected_date_time": 1789675200},
        "seats": {"type": "number_input", "value": "20"},
        "mail": {"type": "email_text_input", "value": None},
        "link": {"type": "url_text_input", "value": None},
    }


async def test_what_is_missing_is_said_under_its_field_before_anything_is_sent(
    slack: Locator, playground: Playground
) -> None:
    """As Slack's own client does; focus goes to the first field that is wrong."""
    playground.board.put(f"slack/view/{ADA}/V1", view([field("title", "Title", "plain_text_input")]))
    await slack.get_by_role("button", name="Preview").click()
    await expect(slack.get_by_role("alert")).to_have_text("Please complete this required field.")
    await expect(slack.get_by_label("Title")).to_be_focused()
    await expect(slack.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    assert playground.acts == []


async def test_what_was_typed_survives_errors_and_updates_of_the_form(slack: Locator, playground: Playground) -> None:
    """An input with the same ids keeps its words, whatever is drawn around it."""
    title = field("title", "Title", "plain_text_input")
    form = view([title])
    playground.board.put(f"slack/view/{ADA}/V1", form)
    await slack.get_by_label("Title").fill("Compilers")
    playground.board.put(f"slack/view/{ADA}/V1", {**form, "errors": {"title": "That is taken."}})
    await expect(slack.get_by_role("alert")).to_have_text("That is taken.")
    await expect(slack.get_by_label("Title")).to_have_value("Compilers")
    section = {"type": "section", "block_id": "s", "text": plain("Nearly there.")}
    playground.board.put(f"slack/view/{ADA}/V1", view([section, title]))
    await expect(slack.get_by_text("Nearly there.")).to_be_visible()
    await expect(slack.get_by_label("Title")).to_have_value("Compilers")


async def test_forms_lie_on_one_another_and_escape_closes_the_one_in_front(
    slack: Locator, playground: Playground
) -> None:
    """Closing is the stand-in's affair: the page only asks for it."""
    playground.board.put(f"slack/view/{ADA}/V1", view([field("title", "Title", "plain_text_input")]))
    await slack.get_by_label("Title").fill("Compilers")
    second = view([field("why", "Why", "plain_text_input")], id="V2", title=plain("One more thing"))
    playground.board.put(f"slack/view/{ADA}/V2", {**second, "depth": 2})
    await expect(slack.get_by_role("dialog")).to_have_count(1)
    await expect(slack.get_by_role("dialog", name="One more thing")).to_be_visible()
    await slack.get_by_label("Why").press("Escape")
    assert await playground.acted(1) == [("slack", "close", {"user": ADA, "view": "V2"})]
    playground.board.drop(f"slack/view/{ADA}/V2")
    await expect(slack.get_by_role("dialog", name="Plan an event")).to_be_visible()
    await expect(slack.get_by_label("Title")).to_have_value("Compilers")


async def test_focus_stays_in_a_form_while_it_is_open(page: Page, slack: Locator, playground: Playground) -> None:
    """Tab goes round, and when the form is gone focus is back where it was."""
    await slack.get_by_role("textbox", name="Message #london").focus()
    playground.board.put(f"slack/view/{ADA}/V1", view([field("title", "Title", "plain_text_input")]))
    await expect(slack.get_by_label("Title")).to_be_focused()
    for name in ("Not now", "Preview", "Close"):
        await page.keyboard.press("Tab")
        await expect(slack.get_by_role("button", name=name)).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(slack.get_by_label("Title")).to_be_focused()
    playground.board.drop(f"slack/view/{ADA}/V1")
    await expect(slack.get_by_role("textbox", name="Message #london")).to_be_focused()


async def test_a_menu_whose_options_the_app_gives_asks_for_what_was_typed(
    slack: Locator, playground: Playground
) -> None:
    """Once there are enough letters."""
    playground.answers["slack options"] = {
        "acked": True,
        "error": None,
        "options": options("Compilers"),
        "option_groups": [],
    }
    event = field("event", "Event", "external_select", min_query_length=2)
    playground.board.put(f"slack/view/{ADA}/V1", view([event]))
    await slack.get_by_role("button", name="Event").click()
    await slack.get_by_role("combobox", name="Search Event").press_sequentially("co")
    await slack.get_by_role("option", name="Compilers").click()
    await expect(slack.get_by_role("button", name="Event: Compilers")).to_be_focused()
    asked = {"user": ADA, "view": "V1", "block_id": "event", "action_id": "a", "value": "co"}
    assert await playground.acted(1) == [("slack", "options", asked)]


async def test_a_field_that_dispatches_is_a_press_with_its_value(slack: Locator, playground: Playground) -> None:
    """On Enter for text, at once for a menu."""
    playground.board.put(
        f"slack/view/{ADA}/V1",
        view(
            [
                field("title", "Title", "plain_text_input", dispatch_action=True),
                field("door", "Door", "radio_buttons", dispatch_action=True, options=options("Open", "Closed")),
            ]
        ),
    )
    await slack.get_by_label("Title").fill("Compilers")
    await slack.get_by_label("Title").press("Enter")
    await slack.get_by_label("Open").check()
    await expect(slack.get_by_label("Open")).to_be_checked()
    at = {"user": ADA, "view": "V1", "action_id": "a"}
    typed = {"type": "plain_text_input", "value": "Compilers"}
    chosen = {"type": "radio_buttons", "selected_option": options("Open")[0]}
    assert await playground.acted(2) == [
        ("slack", "press", {**at, "block_id": "title", "selected": typed}),
        ("slack", "press", {**at, "block_id": "door", "selected": chosen}),
    ]


async def test_an_unknown_block_or_element_says_so(slack: Locator, playground: Playground) -> None:
    """Never nothing: a developer learns that the page, or the block, is at fault."""
    blocks = [
        {"type": "carousel", "block_id": "x"},
        {"type": "actions", "block_id": "y", "elements": [{"type": "slider", "action_id": "a"}]},
        rich({"type": "hologram"}),
    ]
    playground.board.put(f"slack/message/{LONDON}/{ts(11, 0)}", message(ts(11, 0), blocks))
    await expect(slack.locator(".unknown summary")).to_have_text(
        [
            "The page cannot draw the block “carousel”",
            "The page cannot draw the element “slider”",
            "The page cannot draw the rich text element “hologram”",
        ]
    )


async def test_what_people_write_is_text(page: Page, slack: Locator, playground: Playground) -> None:
    """Neither HTML nor, in rich text, Slack's own markup; and no address that runs a script becomes a link."""
    evil = "<img src=x onerror=\"document.title='had'\"> *b* <!channel> <@U00000001A>"
    blocks = [
        rich(text(evil), {"type": "link", "url": "javascript:document.title='had'", "text": "press me"}),
        {
            "type": "section",
            "block_id": "s",
            "text": {"type": "mrkdwn", "text": "<javascript:alert(1)|me too> &lt;b&gt;"},
        },
    ]
    playground.board.put(f"slack/message/{LONDON}/{ts(11, 0)}", message(ts(11, 0), blocks))
    newest = slack.get_by_role("article").filter(has_text="press me")
    await expect(newest.locator(".rich")).to_have_text(f"{evil}press me")
    await expect(newest.locator(".section")).to_have_text("me too <b>")
    assert await newest.locator("img, a, strong, .mention").count() == 0
    assert await page.title() == "The playground"


async def test_times_are_shown_in_the_readers_own_zone(page: Page, slack: Locator, playground: Playground) -> None:
    """Katherine reads the same card in Virginia."""
    key = SLACK["Katherine Johnson"]
    row = playground.board.get(f"slack/user/{key}")
    assert row is not None
    playground.board.put(f"slack/user/{key}", {**row, "tz": "America/New_York"})
    await expect(slack.get_by_text("Thursday 17 September at 18:30")).to_be_visible()
    await page.get_by_role("button", name="Katherine Johnson").click()
    await expect(slack.get_by_text("Thursday 17 September at 13:30")).to_be_visible()


async def test_only_oneself_sees_what_only_one_person_may_see(page: Page, slack: Locator) -> None:
    """An ephemeral message is marked, and gone for everybody else."""
    await expect(slack.get_by_text("Only visible to you")).to_be_visible()
    await page.get_by_role("button", name="Grace Hopper").click()
    await expect(slack.get_by_text("Only visible to you")).to_have_count(0)


async def test_unread_places_are_marked_until_they_are_opened(
    page: Page, slack: Locator, playground: Playground
) -> None:
    """Direct messages are counted, also on the person who gets them."""
    await expect(slack.get_by_role("button", name="general, unread")).to_be_visible()
    await slack.get_by_role("button", name="general, unread").click()
    await expect(slack.get_by_role("button", name="general", exact=True)).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("button", name="Ada Lovelace, 2 unread")).to_be_visible()
    await slack.get_by_role("button", name="Flashmob, 1 unread").click()
    await expect(slack.get_by_text("Published in #london.")).to_be_visible()
    await expect(page.get_by_role("button", name="Ada Lovelace, 1 unread")).to_be_visible()
    again = {**message(ts(11, 0), [rich(text("Tomorrow!"))]), "_mentioned": []}
    playground.board.put(f"slack/message/{ADA_DIRECT}/{ts(11, 0)}", again)
    await expect(slack.get_by_text("Tomorrow!")).to_be_visible()
    await expect(page.get_by_role("button", name="Ada Lovelace, 1 unread")).to_be_visible()


async def test_opening_the_home_tells_the_app_and_shows_its_view(slack: Locator, playground: Playground) -> None:
    """Its buttons are pressed in that view."""
    await slack.get_by_role("button", name="Flashmob").click()
    await slack.get_by_role("tab", name="Home").click()
    await expect(slack.get_by_text("This app has not published a Home for you yet.")).to_be_visible()
    accessory = {"type": "button", "text": plain("Plan one"), "action_id": "plan", "value": "1"}
    blocks = [{"type": "section", "block_id": "s", "text": plain("No events yet."), "accessory": accessory}]
    playground.board.put(f"slack/home/{ADA}", {"id": "VH", "type": "home", "blocks": blocks})
    await slack.get_by_role("button", name="Plan one").click()
    await expect(slack.get_by_role("button", name="Plan one")).not_to_have_attribute("aria-busy", "true")
    press = {"user": ADA, "view": "VH", "block_id": "s", "action_id": "plan", "value": "1"}
    assert await playground.acted(2) == [("slack", "home", {"user": ADA}), ("slack", "press", press)]


async def test_an_app_without_a_home_has_its_messages_alone(page: Page, slack: Locator, playground: Playground) -> None:
    """That is where it opens, also for somebody to whom it has written nothing yet."""
    playground.board.put("slack/app", {"home_tab": False})
    for person in ("Ada Lovelace", "Grace Hopper"):
        await page.get_by_role("button", name=person).click()
        await slack.get_by_role("button", name="general").click()
        await slack.get_by_role("button", name="Flashmob").click()
        await expect(slack.get_by_role("tab")).to_have_text(["Messages"])
        await expect(slack.get_by_role("tab")).to_have_attribute("aria-selected", "true")
        await expect(slack.get_by_role("tabpanel", name="Home")).to_be_hidden()
    await expect(slack.get_by_text("No messages yet. Those to you alone will be here.")).to_be_visible()


async def test_an_edited_message_says_so_and_keeps_the_keyboard_where_it_was(
    slack: Locator, playground: Playground
) -> None:
    """A card is redrawn with every press; whoever presses by keyboard must not lose their place."""
    name = f"slack/message/{LONDON}/{CARD}"
    row = playground.board.get(name)
    assert row is not None
    await slack.get_by_role("button", name="Maybe").focus()
    playground.board.put(name, {**row, "edited": {"user": "U0000000BA", "ts": ts(12, 0)}, "text": "anew"})
    await expect(slack.get_by_text("(edited)")).to_be_visible()
    await expect(slack.get_by_role("button", name="Maybe")).to_be_focused()


async def test_a_picture_has_its_words(slack: Locator, playground: Playground) -> None:
    """Of image blocks and of files."""
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    image = {"type": "image", "block_id": "i", "image_url": dot, "alt_text": "Who comes from where"}
    row = message(ts(11, 0), [image])
    file = {
        "id": "F1",
        "name": "room.png",
        "title": "The room",
        "mimetype": "image/png",
        "alt_txt": "A room with a clock",
        "url_private": dot,
    }
    playground.board.put(f"slack/message/{LONDON}/{ts(11, 0)}", {**row, "files": [file]})
    await expect(slack.get_by_role("img", name="Who comes from where")).to_be_visible()
    await expect(slack.get_by_role("img", name="A room with a clock")).to_be_visible()
