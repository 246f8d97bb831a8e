"""What people see when the desk takes its time, or cannot answer at all."""

import pytest

from bot.calls import Call, Door, Form
from bot.messages import Divider, Message, line, say
from tests.slack.forms import PLAN, opened, typed
from tests.slack.stage import Stage, words


async def slow(stage: Stage, text: str) -> None:
    """Ada types a command, which is acknowledged though the desk does not get to answer it."""
    stage.desk.open.clear()
    outcome = await stage.standin.slash(stage.ada, stage.london, text)
    assert outcome == {"acked": True, "error": None}


async def test_a_slow_answer_is_acknowledged_in_time_and_still_comes(stage: Stage) -> None:
    """When the desk takes longer than Slack waits, the person sees no error, and the answer later."""
    await slow(stage, "/help")
    assert stage.rows("slack/ephemeral/") == []
    stage.desk.open.set()
    await stage.told(stage.ada, "Done.")


async def test_a_slow_form_opens_in_time_and_is_filled_in_later(stage: Stage) -> None:
    """Where a form is coming, a modal to wait in opens while it can."""
    stage.desk.reply = PLAN
    await slow(stage, "/event create title: Pub night")
    waiting = await stage.view(stage.ada, "Flashmob")
    assert words(waiting["blocks"]) == "One moment…"
    stage.watch.ahead += 60
    stage.desk.open.set()
    view = await stage.view(stage.ada, "Plan a new event")
    assert view["id"] == waiting["id"]
    stage.desk.calls.clear()
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    assert [call.given["chapter"] for call in stage.desk.calls] == ["3"]


async def test_a_slow_answer_in_place_of_a_form_is_shown_where_somebody_waits(stage: Stage) -> None:
    """Where a form was expected and words come, they stand in the modal that opened."""
    await slow(stage, "/event create title: Pub night")
    await stage.view(stage.ada, "Flashmob")
    stage.desk.open.set()
    await stage.view(stage.ada, "Flashmob", lambda view: words(view["blocks"]) == "Done.")


async def test_a_form_that_comes_too_late_to_open_is_offered(stage: Stage) -> None:
    """Where nobody expected a form and its time to open is over, a button opens it with all that was given."""
    stage.desk.reply = PLAN
    stage.desk.kept = Form("event create", "Plan a new event", "Next", PLAN.asks, kept=7)
    await slow(stage, "/event list")
    stage.watch.ahead += 60
    stage.desk.open.set()
    offer = await stage.told(stage.ada, "That took a moment. The form is ready for you.")
    stage.desk.calls.clear()
    await stage.press(stage.ada, offer, "Open the form")
    await stage.view(stage.ada, "Plan a new event")
    assert [(call.command, call.given, call.door) for call in stage.desk.calls] == [
        ("form", {"kept": "7"}, Door.BUTTON)
    ]


async def test_a_slow_form_says_that_it_is_being_saved(stage: Stage) -> None:
    """A form that is sent in is acknowledged in time; what came of it appears in its place."""
    view = await opened(stage)
    stage.desk.reply = line("Planned.")
    stage.desk.open.clear()
    outcome = await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    assert outcome == {"acked": True, "error": None, "errors": {}}
    await stage.view(stage.ada, "Plan a new event", lambda view: words(view["blocks"]) == "Saving…")
    stage.desk.open.set()
    await stage.view(stage.ada, "Plan a new event", lambda view: words(view["blocks"]) == "Planned.")


async def test_a_slow_form_with_a_problem_comes_back_as_it_was(stage: Stage) -> None:
    """Nothing has to be typed twice, though the form had to make room for “Saving…”."""
    view = await opened(stage)
    stage.desk.reply = lambda call: Form(
        "event create", "Plan a new event", "Next", PLAN.asks, {}, call.given, {"starts": "That is past."}, 7
    )
    stage.desk.open.clear()
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday", host=stage.grace))
    stage.desk.open.set()
    back = await stage.view(stage.ada, "Plan a new event", lambda view: "⚠" in words(view["blocks"]))
    assert back["state"]["values"]["title"]["title"]["value"] == "Pub night"
    assert back["state"]["values"]["host"]["host"]["selected_user"] == stage.grace
    stage.desk.calls.clear()
    stage.desk.reply = line("Planned.")
    await stage.standin.submit(stage.ada, back["id"], typed(starts="1 Jan 2030"))
    assert [(call.kept, call.given["title"]) for call in stage.desk.calls] == [(7, "Pub night")]


async def test_somebody_who_closed_the_form_is_told_all_the_same(stage: Stage) -> None:
    """What came of a form that was closed while it was saved is told where it was opened."""
    view = await opened(stage)
    stage.desk.reply = line("Planned.")
    stage.desk.open.clear()
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    await stage.standin.close(stage.ada, view["id"])
    stage.desk.open.set()
    assert (await stage.told(stage.ada, "Planned."))["channel"] == stage.london


async def test_somebody_who_closed_a_form_with_a_problem_can_open_it_again(stage: Stage) -> None:
    """What was typed is kept with its problem, and a button opens it."""
    view = await opened(stage)
    stage.desk.reply = Form("event create", "Plan a new event", "Next", PLAN.asks, errors={"starts": "Past."}, kept=7)
    stage.desk.open.clear()
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    await stage.standin.close(stage.ada, view["id"])
    stage.desk.open.set()
    offer = await stage.told(stage.ada, "That took a moment. The form is ready for you.")
    assert words(offer["blocks"]) == "That took a moment. The form is ready for you.\n[Open the form]"


async def test_an_answer_whose_url_has_expired_finds_another_way(stage: Stage) -> None:
    """Half an hour later a response URL is no good; the answer still comes, and is still seen by one person only."""
    await slow(stage, "/help")
    stage.watch.ahead += 31 * 60
    stage.desk.open.set()
    assert (await stage.told(stage.ada, "Done."))["channel"] == stage.london
    assert len(stage.wire("chat.postEphemeral")) == 1


async def test_an_answer_that_cannot_be_given_in_the_channel_comes_as_a_direct_message(stage: Stage) -> None:
    """Where the bot is no member and the response URL is no good, direct messages are left."""
    await slow(stage, "/help")
    await stage.standin.fault("bot_removed", channel=stage.london)
    stage.watch.ahead += 31 * 60
    stage.desk.open.set()
    direct = stage.standin.direct(stage.ada)
    told = await stage.shown(f"slack/message/{direct}/")
    assert told["text"] == "Done."


async def test_a_fault_of_ours_leaves_nobody_without_a_word(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """A reply that Slack would refuse becomes an apology with a reference that the log explains."""
    stage.desk.reply = Message((Divider(),) * 51, say("Too much"))
    await stage.standin.slash(stage.ada, stage.london, "/help")
    told = await stage.shown(f"slack/ephemeral/{stage.ada}/")
    reference = told["text"].split()[-1].rstrip(".")
    assert told["text"].startswith("Something went wrong on our side.")
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        f"An answer could not be given (reference {reference})"
    ]


async def test_a_desk_that_breaks_leaves_nobody_without_a_word(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong behind the door, the person is told, and the next one is served."""

    def broken(call: Call) -> Message:
        raise RuntimeError("The desk broke.")

    view = await opened(stage)
    stage.desk.reply = broken
    await stage.standin.slash(stage.grace, stage.london, "/help")
    told = await stage.shown(f"slack/ephemeral/{stage.grace}/")
    assert told["text"].startswith("Something went wrong on our side.")
    await stage.standin.submit(stage.ada, view["id"], typed(title="Pub night", starts="Thursday"))
    await stage.view(
        stage.ada, "Plan a new event", lambda view: words(view["blocks"]).startswith("Something went wrong")
    )
    stage.desk.reply = line("Served.")
    await stage.standin.slash(stage.grace, stage.london, "/help")
    await stage.told(stage.grace, "Served.")
    errors = [record.exc_info for record in caplog.records if record.levelname == "ERROR"]
    assert [str(info[1]) for info in errors if info] == ["The desk broke."] * 2
