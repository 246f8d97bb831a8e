"""Views: triggers, stacks, state, submissions and their answers."""

import asyncio
from typing import Any

import pytest

from adapters.playground.impossible import Impossible

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def asked(block_id: str, **element: Any) -> Json:
    fitting = {"type": "plain_text_input", "action_id": "a", **element}
    return {"type": "input", "block_id": block_id, "label": plain("?"), "element": fitting}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": list(blocks), **more}


FORM = modal(asked("name"), asked("more"), callback_id="form", private_metadata="secret")


async def test_a_trigger_opens_one_view_within_three_seconds(town: Any) -> None:
    """A second use, a late use, and an id that nobody sent are refused by their own codes."""
    fresh, late = await town.trigger(), await town.trigger()
    assert await town.error("views.open", {"trigger_id": fresh, "view": FORM}) is None
    assert await town.error("views.open", {"trigger_id": fresh, "view": FORM}) == "exchanged_trigger_id"
    town.stopwatch.seconds += 3.01
    assert await town.error("views.open", {"trigger_id": late, "view": FORM}) == "expired_trigger_id"
    assert await town.error("views.open", {"trigger_id": "1.2.abc", "view": FORM}) == "invalid_trigger_id"
    assert await town.error("views.open", {"trigger_id": "mine", "view": FORM}) == "invalid_arguments"
    assert await town.error("views.open", {"view": FORM}) == "invalid_arguments"


async def test_an_opened_view_is_filled_up(town: Any) -> None:
    """The answer has every field that Slack adds, and the person has the view before them."""
    view = await town.opened(FORM)
    assert (view["callback_id"], view["private_metadata"], view["root_view_id"], view["previous_view_id"]) == (
        "form",
        "secret",
        view["id"],
        None,
    )
    assert view["state"]["values"]["name"]["a"] == {"type": "plain_text_input", "value": None}
    [row] = town.views()
    assert row == {"view": view, "depth": 1, "state": "open", "errors": {}, "trouble": None}


async def test_an_update_must_know_the_present_hash(town: Any) -> None:
    """An old hash is refused, the present one passes, and none is not asked about."""
    view = await town.opened(FORM)
    answer = await town.call("views.update", {"view_id": view["id"], "hash": view["hash"], "view": FORM})
    assert answer["view"]["hash"] != view["hash"]
    stale = {"view_id": view["id"], "hash": view["hash"], "view": FORM}
    assert await town.error("views.update", stale) == "hash_conflict"
    assert await town.error("views.update", {"view_id": view["id"], "view": FORM}) is None
    assert await town.error("views.update", {"view_id": "V404", "view": FORM}) == "not_found"
    assert await town.error("views.update", {"view": FORM}) == "invalid_arguments"


async def test_an_external_id_names_one_view(town: Any) -> None:
    """It finds the view again, and cannot be used twice at a time."""
    home = {"type": "home", "blocks": [], "external_id": "mine"}
    assert await town.error("views.publish", {"user_id": town["grace"], "view": home}) is None
    taken = {"trigger_id": await town.trigger(), "view": {**FORM, "external_id": "mine"}}
    assert await town.error("views.open", taken) == "duplicate_external_id"
    update = {"external_id": "mine", "view": home}
    assert await town.error("views.update", update) is None


async def test_three_views_can_be_stacked(town: Any) -> None:
    """A fourth is refused; closing the top brings back the one below."""
    ears = await town.ears()
    view = await town.opened(
        modal({"type": "actions", "elements": [{"type": "button", "action_id": "deeper", "text": plain("Deeper")}]})
    )
    errors: list[str | None] = []
    top = view["id"]
    for _ in range(3):
        _, told = await ears.answer(town.slack.press(town["ada"], view=top, action_id="deeper"), "block_actions")
        wanted = {"trigger_id": told["payload"]["trigger_id"], "view": {**told_view(view)}}
        answer = await town.call("views.push", wanted)
        errors.append(answer.get("error"))
        top = answer["view"]["id"] if answer["ok"] else top
    assert errors == [None, None, "push_limit_reached"]
    assert [row["depth"] for row in town.views()] == [1, 2, 3]
    assert await town.slack.close(town["ada"], top) == {"acked": False, "error": None}
    assert [row["depth"] for row in town.views()] == [1, 2]
    with pytest.raises(Impossible, match="in front"):
        await town.slack.submit(town["ada"], view["id"])


def told_view(view: Json) -> Json:
    return {name: view[name] for name in ("type", "title", "submit", "blocks")}


async def test_only_something_done_in_a_view_can_push_another(town: Any) -> None:
    """A command's trigger opens, it does not push."""
    assert await town.error("views.push", {"trigger_id": await town.trigger(), "view": FORM}) == "not_found"


async def test_what_was_typed_survives_an_update_by_its_ids(town: Any) -> None:
    """An input with the same block_id and action_id keeps its value; a renamed one starts anew."""
    ears = await town.ears()
    pick = {
        "type": "section",
        "block_id": "s",
        "text": plain("x"),
        "accessory": {"type": "button", "action_id": "again", "text": plain("Again")},
    }
    view = await town.opened(modal(asked("kept"), asked("renamed"), pick))
    typed = {"kept": {"a": {"value": "one"}}, "renamed": {"a": {"value": "two"}}}
    acting = town.slack.press(town["ada"], view=view["id"], action_id="again", values=typed)
    _, told = await ears.answer(acting, "block_actions")
    values = told["payload"]["view"]["state"]["values"]
    assert {key: state["a"]["value"] for key, state in values.items()} == {"kept": "one", "renamed": "two"}
    answer = await town.call(
        "views.update", {"view_id": view["id"], "view": modal(asked("kept"), asked("new", initial_value="first"), pick)}
    )
    after = answer["view"]["state"]["values"]
    assert {key: state["a"]["value"] for key, state in after.items()} == {"kept": "one", "new": "first"}


async def test_a_submission_carries_every_value(town: Any) -> None:
    """Inputs of all kinds report their state in their own fields, also those that were left alone."""
    offered = [{"text": plain(str(n)), "value": str(n)} for n in range(3)]
    blocks = [
        asked("text"),
        asked("one", type="static_select", options=offered),
        asked("boxes", type="checkboxes", options=offered),
        asked("who", type="multi_users_select"),
        asked("day", type="datepicker", initial_date="2026-09-17"),
        asked("hour", type="timepicker", timezone="Europe/London"),
        asked("when", type="datetimepicker"),
        asked("count", type="number_input", is_decimal_allowed=False),
        {**asked("left", type="radio_buttons", options=offered), "optional": True},
    ]
    ears = await town.ears()
    view = await town.opened(modal(*blocks))
    values = {
        "text": {"a": "Ada's"},
        "one": {"a": {"selected_option": {"value": "1"}}},
        "boxes": {"a": ["0", "2"]},
        "who": {"a": [town["grace"]]},
        "hour": {"a": "18:30"},
        "when": {"a": 1_789_646_400},
        "count": {"a": "12"},
    }
    outcome, told = await ears.answer(town.slack.submit(town["ada"], view["id"], values), "view_submission")
    assert outcome == {"acked": True, "error": None, "errors": {}}
    state = {key: {**one["a"]} for key, one in told["payload"]["view"]["state"]["values"].items()}
    assert {key: {name: value for name, value in one.items() if name != "type"} for key, one in state.items()} == {
        "text": {"value": "Ada's"},
        "one": {"selected_option": offered[1]},
        "boxes": {"selected_options": [offered[0], offered[2]]},
        "who": {"selected_users": [town["grace"]]},
        "day": {"selected_date": "2026-09-17"},
        "hour": {"selected_time": "18:30", "timezone": "Europe/London"},
        "when": {"selected_date_time": 1_789_646_400},
        "count": {"value": "12"},
        "left": {"selected_option": None},
    }
    assert told["accepts_response_payload"] is True


@pytest.mark.parametrize(
    ("element", "value", "words"),
    [
        ({}, "", "Please complete this required field."),
        ({"min_length": 3}, "ab", "Please enter between 3 and 3000 characters."),
        ({"max_length": 3}, "abcd", "Please enter between 0 and 3 characters."),
        ({"type": "email_text_input"}, "ada", "Please enter a valid value."),
        ({"type": "url_text_input"}, "example", "Please enter a valid value."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
            "0",
            "Please enter a number of at least 1.",
        ),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"], "Please choose no more than 1."),
    ],
)
async def test_the_client_does_not_submit_what_it_can_see_is_wrong(
    town: Any, element: Json, value: Any, words: str
) -> None:
    """The person reads why; the app hears nothing."""
    view = await town.opened(modal(asked("b", **element)))
    outcome = await town.slack.submit(town["ada"], view["id"], {"b": {"a": value}})
    assert outcome == {"acked": False, "error": "not_submitted", "errors": {"b": words}}
    assert town.views()[0]["errors"] == {"b": words}


async def submitted(town: Any, payload: Any) -> tuple[Any, list[Any]]:
    """What comes of a submission that the app acknowledges with this payload, and the views that are left."""
    ears = await town.ears()
    view = await town.opened(FORM)
    values = {"name": {"a": "Ada"}, "more": {"a": "x"}}
    outcome, _ = await ears.answer(town.slack.submit(town["ada"], view["id"], values), "view_submission", payload)
    return outcome, town.views()


async def test_a_bare_acknowledgement_closes_the_view(town: Any) -> None:
    """Nothing more is needed."""
    assert await submitted(town, None) == ({"acked": True, "error": None, "errors": {}}, [])


async def test_an_answer_can_show_errors_beside_inputs(town: Any) -> None:
    """The view stays open, with what was typed, and the sentence under the input."""
    outcome, [row] = await submitted(town, {"response_action": "errors", "errors": {"name": "Too short."}})
    assert (outcome["errors"], row["errors"], row["state"]) == ({"name": "Too short."}, {"name": "Too short."}, "open")
    assert row["view"]["state"]["values"]["name"]["a"]["value"] == "Ada"


async def test_an_answer_can_update_push_and_clear(town: Any) -> None:
    """Update replaces the content, push lays another view on it, clear closes all."""
    later = modal({"type": "divider"}, title=plain("Later"))
    _, [row] = await submitted(town, {"response_action": "update", "view": later})
    assert row["view"]["title"]["text"] == "Later"
    _, rows = await submitted(town, {"response_action": "push", "view": later})
    assert [one["view"]["title"]["text"] for one in rows] == ["Form", "Later"]
    assert await submitted(town, {"response_action": "clear"}) == ({"acked": True, "error": None, "errors": {}}, [])


@pytest.mark.parametrize(
    "payload",
    [
        {"ok": True},
        {"response_action": "errors"},
        {"response_action": "errors", "errors": {"no_such_block": "Wrong."}},
        {"response_action": "errors", "errors": {"name": ""}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "close"},
        {"response_action": "clear", "view": {}},
        "done",
    ],
)
async def test_a_senseless_answer_leaves_the_view_with_slacks_apology(town: Any, payload: Any) -> None:
    """The person reads that there was trouble connecting; the wire shows the refusal."""
    outcome, [row] = await submitted(town, payload)
    assert (outcome["acked"], outcome["told"], row["state"], row["trouble"]) == (
        True,
        "We had some trouble connecting. Try again?",
        "open",
        "We had some trouble connecting. Try again?",
    )
    assert [one["refused"] for one in town.board.rows("wire/").values() if one["what"] == "view: trouble"] != []


async def test_an_unanswered_submission_leaves_the_view_with_slacks_apology(town: Any) -> None:
    """After three seconds the view can be submitted again; meanwhile it cannot, and what was typed is there."""
    ears = await town.ears()
    view = await town.opened(FORM)
    acting = asyncio.create_task(town.slack.submit(town["ada"], view["id"], {"name": {"a": "Ada"}, "more": {"a": "x"}}))
    await ears.hear("view_submission")
    assert town.views()[0]["state"] == "waiting"
    with pytest.raises(Impossible, match="being submitted"):
        await town.slack.submit(town["ada"], view["id"])
    town.stopwatch.seconds += 3.01
    outcome = await acting
    [row] = town.views()
    assert (outcome["error"], row["state"], row["trouble"]) == (
        "operation_timeout",
        "open",
        "We had some trouble connecting. Try again?",
    )
    assert row["view"]["state"]["values"]["name"]["a"]["value"] == "Ada"


async def test_closing_is_told_to_those_who_asked(town: Any) -> None:
    """notify_on_close sends view_closed; clear_on_close takes the whole stack."""
    ears = await town.ears()
    view = await town.opened({**FORM, "notify_on_close": True, "clear_on_close": True})
    outcome, told = await ears.answer(town.slack.close(town["ada"], view["id"]), "view_closed")
    assert (outcome, told["payload"]["is_cleared"], town.views()) == ({"acked": True, "error": None}, True, [])
    with pytest.raises(Impossible, match="no longer open"):
        await town.slack.close(town["ada"], view["id"])


async def test_a_home_is_published_and_pressed(town: Any) -> None:
    """The home is on the board; a press in it carries the view, and its trigger opens a modal."""
    ears = await town.ears()
    _, opened = await ears.answer(town.slack.home(town["ada"]), "app_home_opened")
    assert "view" not in opened["payload"]["event"]
    home = {
        "type": "home",
        "blocks": [
            {"type": "actions", "elements": [{"type": "button", "action_id": "go", "value": "42", "text": plain("Go")}]}
        ],
    }
    view = (await town.call("views.publish", {"user_id": town["ada"], "view": home}))["view"]
    assert town.board.get(f"slack/home/{town['ada']}") == view
    assert await town.error("views.publish", {"user_id": town["ada"], "view": home, "hash": "0"}) == "hash_conflict"
    _, told = await ears.answer(town.slack.press(town["ada"], view=view["id"], action_id="go"), "block_actions")
    payload = told["payload"]
    assert (payload["view"]["type"], payload["container"], payload["actions"][0]["value"]) == (
        "home",
        {"type": "view", "view_id": view["id"]},
        "42",
    )
    assert await town.error("views.open", {"trigger_id": payload["trigger_id"], "view": FORM}) is None


@pytest.mark.parametrize("manifest", [{"features": {"app_home": {"home_tab_enabled": False}}}])
async def test_a_home_needs_its_tab(town: Any) -> None:
    """Without it in the manifest nothing can be published, and nobody can open it: the page does not show it."""
    assert town.board.get("slack/app") == {"home_tab": False}
    home = {"type": "home", "blocks": []}
    assert await town.error("views.publish", {"user_id": town["ada"], "view": home}) == "not_enabled"
    with pytest.raises(Impossible):
        await town.slack.home(town["ada"])


async def test_a_menu_can_ask_the_app_for_its_options(town: Any) -> None:
    """What was typed reaches the app; its options come back, and nonsense is shown as none."""
    ears = await town.ears()
    view = await town.opened(modal(asked("event", type="external_select", min_query_length=1)))
    good = {"options": [{"text": plain("Lunch"), "value": "7"}]}
    wanted = {"view": view["id"], "block_id": "event", "action_id": "a", "value": "lu"}
    outcome, told = await ears.answer(town.slack.options(town["ada"], **wanted), "block_suggestion", good)
    assert (told["payload"]["value"], outcome["options"]) == ("lu", good["options"])
    many = {"options": [{"text": plain("x"), "value": str(n)} for n in range(101)]}
    outcome, _ = await ears.answer(town.slack.options(town["ada"], **wanted), "block_suggestion", many)
    assert (outcome["options"], outcome["problems"]) == (
        [],
        ["[ERROR] no more than 100 items allowed [json-pointer:/options]"],
    )
