"""What people do in Slack, and what they see then."""

import asyncio
from dataclasses import replace

from bot.calls import Candidate, Door, Form
from bot.domain.people import Caller, Person
from bot.domain.places import Place, Thread
from bot.messages import Button, Buttons, Menu, Message, Option, line, say
from tests.slack.forms import EVENT, PLAN, SLACK, opened, sent_in, typed
from tests.slack.stage import Stage, card, create, words


async def test_a_slash_command_is_answered_to_the_person_alone(stage: Stage) -> None:
    """The desk learns who called, from where and with what; only the caller sees the answer."""
    stage.desk.reply = line("Planned **{title}**.", title="Pub <night>")
    outcome = await stage.standin.slash(
        stage.ada, stage.london, "/event create title: “Pub & night” host: @Grace Hopper"
    )
    assert outcome == {"acked": True, "error": None}
    told = await stage.told(stage.ada, "Planned Pub &lt;night&gt;.")
    assert words(told["blocks"]) == "Planned Pub <night>."
    (call,) = stage.desk.calls
    assert (call.command, call.given, call.door) == (
        "event create",
        {"title": "Pub & night", "host": stage.grace},
        Door.SLASH,
    )
    assert call.names == {stage.grace: "Grace Hopper"}
    assert call.caller == Caller(Person(SLACK, stage.ada), "Ada Lovelace", direct=True)
    assert call.place == Place(SLACK, stage.london)
    assert stage.rows("slack/message/") == []


async def test_a_command_in_direct_messages_has_no_place(stage: Stage) -> None:
    """There it belongs to no channel, and is answered in the same direct messages."""
    direct = stage.standin.direct(stage.ada)
    await stage.standin.slash(stage.ada, direct, "/help")
    assert (await stage.told(stage.ada, "Done."))["channel"] == direct
    assert [call.place for call in stage.desk.calls] == [None]


async def test_somebodys_standing_is_asked_of_slack_when_it_matters(stage: Stage) -> None:
    """Admins manage the space and others do not; the answer is good for a while, and for a change at once."""
    await stage.standin.slash(stage.ada, stage.london, "/help")
    await stage.standin.slash(stage.grace, stage.london, "/help")
    ada, grace = stage.desk.calls
    assert [await ada.standing(), await grace.standing()] == [True, False]
    asked = len(stage.wire("users.info"))
    await stage.standin.change(stage.grace, is_admin=True)
    await stage.standin.change(stage.ada, is_admin=False)
    await stage.shown(
        "wire/",
        lambda row: (
            row["what"] == "socket: user_change"
            and row["json"]["payload"]["event"]["user"]["id"] == stage.ada
            and row["ms"] is not None
        ),
    )
    assert [await ada.standing(), await grace.standing()] == [False, True]
    assert len(stage.wire("users.info")) == asked


async def test_everybodys_name_is_known_before_a_crowd_comes(stage: Stage) -> None:
    """Names are learnt at once when the bot connects, so that a crowd of presses asks Slack nothing."""
    await stage.shown("wire/", lambda row: row["what"] == "users.list" and row["status"] == 200)
    ref = await stage.slack.post(Place(SLACK, stage.london), card(), "card 1")
    await stage.press(stage.ada, stage.message(ref), "Going")
    await stage.press(stage.grace, stage.message(ref), "Going")
    assert [call.caller.name for call in stage.desk.calls] == ["Ada Lovelace", "Grace Hopper"]
    assert stage.wire("users.info") == []


async def test_a_new_name_is_known_at_once(stage: Stage) -> None:
    """Slack tells of changes, and of people who join."""
    await stage.standin.change(stage.grace, display_name="Amazing Grace")
    await stage.shown("wire/", lambda row: row["what"] == "socket: user_change" and row["ms"] is not None)
    await stage.standin.slash(stage.grace, stage.london, "/help")
    assert [call.caller.name for call in stage.desk.calls] == ["Amazing Grace"]


async def test_a_name_that_slack_does_not_tell_in_time_is_the_handle(stage: Stage) -> None:
    """Nobody waits for a name: what came with the command serves."""
    await stage.standin.fault("ratelimited", method="users.info")
    await stage.shown("wire/", lambda row: row["what"] == "users.list" and row["status"] == 200)
    alan = stage.standin.add_user("Alan Turing", "alan")
    await stage.standin.join(alan, stage.london)
    await stage.standin.slash(alan, stage.london, "/help")
    assert [call.caller.name for call in stage.desk.calls] == ["alan"]


async def test_a_missing_answer_becomes_a_form(stage: Stage) -> None:
    """The modal opens, what is typed into it makes the call, and the answer stands in its place."""
    view = await opened(stage)
    stage.desk.reply = card("Planned.")
    outcome = await stage.standin.submit(
        stage.ada, view["id"], typed(title="Pub *night* <@U1>", starts="Thu 17 Sep 18:30", host=stage.grace)
    )
    assert outcome == {"acked": True, "error": None, "errors": {}}
    (call,) = stage.desk.calls
    assert (call.command, call.door, call.place) == ("event create", Door.FORM, Place(SLACK, stage.london))
    assert call.given == {
        "chapter": "3",
        "title": "Pub *night* <@U1>",
        "starts": "Thu 17 Sep 18:30",
        "host": stage.grace,
    }
    assert call.names == {stage.grace: "Grace Hopper"}
    shown = await stage.view(stage.ada, "Plan a new event", sent_in)
    assert words(shown["blocks"]) == "Planned.\n[Going] [Maybe]"
    assert shown["id"] == view["id"]


async def test_an_optional_answer_that_is_left_out_is_given_as_empty(stage: Stage) -> None:
    """So the desk can tell an answer that was taken away from one that was never asked for."""
    view = await opened(stage)
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    assert [call.given["host"] for call in stage.desk.calls] == [""]


async def test_a_problem_stands_beside_the_answer_and_nothing_is_lost(stage: Stage) -> None:
    """The form stays open with what was typed; put right, it makes a call of its own."""
    view = await opened(stage)
    stage.desk.reply = Form("event create", "Plan a new event", "Next", PLAN.asks, errors={"starts": "That is past."})
    wrong = typed(title="Pub night", starts="1 Jan 1970")
    outcome = await stage.standin.submit(stage.ada, view["id"], wrong)
    assert outcome["errors"] == {"starts": "That is past."}
    row = await stage.shown(f"slack/view/{stage.ada}/", lambda row: row["errors"] != {})
    assert row["view"]["state"]["values"]["title"]["title"]["value"] == "Pub night"
    stage.desk.reply = line("Planned.")
    await stage.standin.submit(stage.ada, view["id"], typed(starts="1 Jan 2030"))
    assert [call.given["starts"] for call in stage.desk.calls] == ["1 Jan 1970", "1 Jan 2030"]


async def test_a_problem_with_what_was_not_asked_is_shown_on_top(stage: Stage) -> None:
    """Slack shows problems beside inputs only: any other is a line of the form, which keeps what was typed."""
    view = await opened(stage)
    stage.desk.reply = lambda call: Form(
        "event create", "Plan a new event", "Next", PLAN.asks, {}, call.given, {"chapter": "That chapter is gone."}
    )
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    shown = await stage.view(stage.ada, "Plan a new event", lambda view: "⚠" in words(view["blocks"]))
    assert words(shown["blocks"]).splitlines()[0] == "⚠ That chapter is gone."
    assert shown["state"]["values"]["title"]["title"]["value"] == "Pub night"


async def test_a_press_makes_the_call_that_the_button_holds(stage: Stage) -> None:
    """A card's button works for everybody who sees the card, and each is answered alone."""
    ref = await stage.slack.post(Place(SLACK, stage.london), card(), "card 1")
    stage.desk.reply = line("You are going.")
    await stage.press(stage.grace, stage.message(ref), "Going")
    told = await stage.told(stage.grace, "You are going.")
    assert (told["channel"], told.get("thread_ts")) == (stage.london, None)
    (call,) = stage.desk.calls
    assert (call.command, call.given, call.door) == ("rsvp", {"event": "42", "answer": "going"}, Door.BUTTON)
    assert call.caller == Caller(Person(SLACK, stage.grace), "Grace Hopper", direct=True)
    assert call.place == Place(SLACK, stage.london)
    assert words(stage.message(ref)["blocks"]) == "Pub night\n[Going] [Maybe]"


async def test_a_press_in_a_private_message_is_answered_in_its_place(stage: Stage) -> None:
    """A list that is ticked off stays one list; what is said aside leaves it in sight."""
    stage.desk.reply = card("Twelve to come.")
    await stage.standin.slash(stage.grace, stage.london, "/event list")
    first = await stage.told(stage.grace, "Twelve to come.")
    stage.desk.reply = card("Eleven to come.")
    await stage.press(stage.grace, first, "Going")
    second = await stage.told(stage.grace, "Eleven to come.")
    assert second["ts"] == first["ts"]
    stage.desk.reply = replace(line("Not now."), aside=True)
    await stage.press(stage.grace, second, "Going")
    await stage.told(stage.grace, "Not now.")
    seen = [row["text"] for row in stage.rows(f"slack/ephemeral/{stage.grace}/")]
    assert sorted(seen) == ["Eleven to come.", "Not now."]


async def test_several_that_are_picked_at_once_are_one_call(stage: Stage) -> None:
    """Their answers side by side; a menu that holds others later is another menu to Slack."""
    options = tuple(Option(name, f"rsvp?event=42&answer={name}") for name in ("going", "maybe", "late"))
    message = Message((Menu("Pick", options, several=True),), say("Pick"))
    ref = await stage.slack.post(Place(SLACK, stage.london), message, "card 1")
    (block,) = stage.message(ref)["blocks"]
    menu = {"action_id": block["accessory"]["action_id"], "block_id": block["block_id"]}
    place = {"channel": stage.london, "ts": stage.message(ref)["ts"]}
    assert (await stage.standin.press(stage.grace, **place, **menu, selected=[]))["acked"] is True
    picked = [option.code for option in (options[2], options[0])]
    await stage.standin.press(stage.grace, **place, **menu, selected=picked)
    assert [call.given for call in stage.desk.calls] == [{"event": "42", "answer": "late going"}]
    fewer = replace(message, parts=(Menu("Pick", options[1:], several=True),))
    await stage.slack.edit(Place(SLACK, stage.london), ref, fewer)
    (block,) = stage.message(ref)["blocks"]
    assert block["accessory"]["action_id"] != menu["action_id"]


async def test_a_press_is_acknowledged_once_it_is_done(stage: Stage) -> None:
    """If the bot died before that, the person would see an error: what is acknowledged is not lost."""
    ref = await stage.slack.post(Place(SLACK, stage.london), card(), "card 1")
    stage.desk.open.clear()
    pressing = asyncio.create_task(stage.press(stage.grace, stage.message(ref), "Going"))
    await stage.desk.reached.wait()
    # An acknowledgement sent by now would have overtaken this.
    await stage.slack.edit(Place(SLACK, stage.london), ref, card("Pub night"))
    assert not pressing.done()
    stage.desk.open.set()
    assert (await pressing)["acked"] is True


async def test_a_person_whom_a_button_names_is_called_by_name(stage: Stage) -> None:
    """A code holds a key; the desk learns what the person is called."""
    code = create.form(title="Talk", host=Person(SLACK, stage.grace))
    message = Message((Buttons((Button("Plan it", code),)),), say("Plan it"))
    ref = await stage.slack.post(Place(SLACK, stage.london), message, "card 1")
    await stage.press(stage.ada, stage.message(ref), "Plan it")
    assert [call.names for call in stage.desk.calls] == [{stage.grace: "Grace Hopper"}]


async def test_a_press_in_a_direct_message_is_answered_there(stage: Stage) -> None:
    """A reminder's button tells the person at once, in the direct messages where it stands."""
    ref = await stage.slack.post(Person(SLACK, stage.grace), card("Tomorrow."), "notice 1")
    direct = ref.partition(":")[0]
    await stage.press(stage.grace, stage.message(ref), "Maybe", direct)
    assert (await stage.told(stage.grace, "Done."))["channel"] == direct
    assert [call.place for call in stage.desk.calls] == [None]


async def test_a_press_in_a_thread_is_answered_in_the_thread(stage: Stage) -> None:
    """Somebody who reads a thread sees the answer there."""
    place = Place(SLACK, stage.london)
    top = await stage.slack.post(place, card(), "card 1")
    ref = await stage.slack.post(Thread(place, top), card("A seat is free."), "notice 1")
    await stage.press(stage.grace, stage.message(ref), "Going")
    told = await stage.told(stage.grace, "Done.")
    assert f"{told['channel']}:{told['thread_ts']}" == top


async def test_a_press_can_open_a_form(stage: Stage) -> None:
    """A button that leaves something open asks for it in a modal."""
    ref = await stage.slack.post(Place(SLACK, stage.london), card(), "card 1")
    stage.desk.reply = PLAN
    await stage.press(stage.ada, stage.message(ref), "Going")
    view = await stage.view(stage.ada, "Plan a new event")
    assert words(view["blocks"]) == "What is it called? ____\nWhen does it start? ____\nWho hosts it? ____"


async def test_a_press_in_a_modal_is_answered_in_the_modal(stage: Stage) -> None:
    """What was asked in a modal is seen there, message or form, and belongs to the place where it was opened."""
    view = await opened(stage)
    stage.desk.reply = card("Planned.")
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    shown = await stage.view(stage.ada, "Plan a new event", sent_in)
    stage.desk.calls.clear()
    block = shown["blocks"][1]
    stage.desk.reply = card("You are going.")
    await stage.standin.press(
        stage.ada, view=shown["id"], block_id=block["block_id"], action_id=block["elements"][0]["action_id"]
    )
    shown = await stage.view(
        stage.ada, "Plan a new event", lambda view: words(view["blocks"]).startswith("You are going.")
    )
    assert [(call.command, call.door, call.place) for call in stage.desk.calls] == [
        ("rsvp", Door.BUTTON, Place(SLACK, stage.london))
    ]
    stage.desk.reply = PLAN
    block = shown["blocks"][1]
    await stage.standin.press(
        stage.ada, view=shown["id"], block_id=block["block_id"], action_id=block["elements"][0]["action_id"]
    )
    form = await stage.view(stage.ada, "Plan a new event", lambda view: not sent_in(view))
    assert form["id"] == view["id"]


async def test_a_damaged_button_says_so(stage: Stage) -> None:
    """A code that no release of ours made is answered in words, and reaches no command."""
    broken = Message((Buttons((Button("Going", "rsvp?event=42&answer"),)),), say("Pub night"))
    ref = await stage.slack.post(Place(SLACK, stage.london), broken, "card 1")
    outcome = await stage.press(stage.grace, stage.message(ref), "Going")
    assert outcome["acked"] is True
    told = await stage.shown(f"slack/ephemeral/{stage.grace}/")
    assert told["text"] == "That button is damaged or from long ago. /help shows what there is."
    assert stage.desk.calls == []


async def test_more_choices_than_slack_takes_are_found_by_typing(stage: Stage) -> None:
    """Where a menu has no room for everything, it asks the desk while somebody types."""
    view = await opened(stage, Form("rsvp", "Answer an invitation", "Send", (EVENT,), {"answer": "going"}))
    stage.desk.offered = (Candidate("Pub night", "42"), Candidate("Talks", "43"))
    offered = await stage.standin.options(stage.ada, view["id"], "event", "event", "pub")
    assert [(option["text"]["text"], option["value"]) for option in offered["options"]] == [
        ("Pub night", "42"),
        ("Talks", "43"),
    ]
    ((call, parameter, text),) = stage.desk.asked
    assert (call.command, call.given, parameter, text) == ("rsvp", {"answer": "going", "event": ""}, "event", "pub")


async def test_choices_that_take_too_long_are_none(stage: Stage) -> None:
    """A menu is better empty than late."""
    view = await opened(stage, Form("rsvp", "Answer an invitation", "Send", (EVENT,)))
    stage.desk.open.clear()
    offered = await stage.standin.options(stage.ada, view["id"], "event", "event", "pub")
    assert (offered["acked"], offered["options"]) == (True, [])


async def test_what_comes_twice_is_answered_once(stage: Stage) -> None:
    """Slack may deliver the same press or form twice: both are acknowledged, and the desk hears of one."""
    ref = await stage.slack.post(Place(SLACK, stage.london), card(), "card 1")
    await stage.standin.fault("doubled")
    await stage.press(stage.grace, stage.message(ref), "Going")
    await stage.told(stage.grace, "Done.")
    presses = stage.wire("socket: block_actions")
    assert [row["refused"] for row in presses] == [None, None]
    assert len(stage.desk.calls) == 1
    assert len(stage.rows(f"slack/ephemeral/{stage.grace}/")) == 1


async def test_a_form_that_comes_twice_gets_the_same_answer_twice(stage: Stage) -> None:
    """Whichever acknowledgement Slack takes, the person sees what came of the form."""
    view = await opened(stage)
    await stage.standin.fault("doubled")
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    answers = [row["answer"] for row in stage.wire("socket: view_submission")]
    assert [answer["response_action"] for answer in answers] == ["update", "update"]
    assert answers[0] == answers[1]
    assert len(stage.desk.calls) == 1
