"""Block elements: buttons, menus and inputs with their limits (docs: the page of each block element)."""

from typing import Any
from zoneinfo import available_timezones

from adapters.playground.slack.checks import (
    Check,
    Problems,
    both,
    choice,
    exactly_one,
    flag,
    items,
    kinds,
    say,
    shape,
    string,
    whole,
)
from adapters.playground.slack.rich_text import RICH_TEXT

URL = string(3000, 1)
ACTION = {"action_id": string(255)}
FOCUS = {"focus_on_load": flag}


def plain(most: int, least: int = 1) -> Check:
    """A plain_text object of at most so many characters."""
    return shape({"text": string(most, least)}, {"emoji": flag}, "plain_text")


def text(most: int, least: int = 1) -> Check:
    """A plain_text or mrkdwn object of at most so many characters."""
    return kinds(
        {
            "plain_text": plain(most, least),
            "mrkdwn": shape({"text": string(most, least)}, {"verbatim": flag}, "mrkdwn"),
        }
    )


CONFIRM = shape(
    {"text": text(300)},
    {"title": plain(100), "confirm": plain(30), "deny": plain(30), "style": choice("primary", "danger")},
)
PLACEHOLDER = {"placeholder": plain(150)}
CONFIRMED = {"confirm": CONFIRM}

OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
ANY_OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})
OVERFLOW_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
GROUP = shape({"label": plain(75), "options": items(OPTION, 100, 1)})

MANY = {"max_selected_items": whole(1)}
TYPING = {
    "dispatch_action_config": shape(
        {}, {"trigger_actions_on": items(choice("on_enter_pressed", "on_character_entered"))}
    )
}
FILTER = {
    "filter": shape(
        {},
        {
            "include": items(choice("im", "mpim", "private", "public"), least=1),
            "exclude_external_shared_channels": flag,
            "exclude_bot_users": flag,
        },
    )
}
ANSWERED = {"response_url_enabled": flag}


def _chosen_from(field: str) -> Check:
    """What is chosen at first must be one of the options, letter for letter (docs: Select menu element)."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, dict) or field not in value:
            return
        groups = value.get("option_groups") or [value]
        lists = (
            [group.get("options") for group in groups if isinstance(group, dict)] if isinstance(groups, list) else []
        )
        offered = [one for options in lists if isinstance(options, list) for one in options]
        first = value[field] if isinstance(value[field], list) else [value[field]]
        if not all(one in offered for one in first):
            say(problems, f"{pointer}/{field}", f"{field} must match one of the options")

    return check


def _lengths(value: Any, pointer: str, problems: Problems) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        say(problems, pointer, "min_length must not be greater than max_length")


def _zone(value: Any, pointer: str, problems: Problems) -> None:
    if not isinstance(value, str) or value not in available_timezones():
        say(problems, pointer, "invalid timezone")


def _menu(kind: str, required: dict[str, Check], optional: dict[str, Check]) -> Check:
    return shape(required, {**ACTION, **CONFIRMED, **FOCUS, **PLACEHOLDER, **optional}, kind)


OFFERED: dict[str, Check] = {"options": items(OPTION, 100, 1), "option_groups": items(GROUP, 100, 1)}
KEY = string(least=1)
KEYS = items(KEY)

BUTTON = shape(
    {"text": plain(75)},
    {
        **ACTION,
        **CONFIRMED,
        "url": URL,
        "value": string(2000),
        "style": choice("primary", "danger"),
        "accessibility_label": string(75),
    },
    "button",
)

SELECTS: dict[str, Check] = {
    "static_select": both(
        _menu("static_select", {}, {**OFFERED, "initial_option": OPTION}),
        exactly_one("options", "option_groups"),
        _chosen_from("initial_option"),
    ),
    "external_select": _menu("external_select", {}, {"initial_option": OPTION, "min_query_length": whole(0)}),
    "users_select": _menu("users_select", {}, {"initial_user": KEY}),
    "conversations_select": _menu(
        "conversations_select",
        {},
        {"initial_conversation": KEY, "default_to_current_conversation": flag, **FILTER, **ANSWERED},
    ),
    "channels_select": _menu("channels_select", {}, {"initial_channel": KEY, **ANSWERED}),
    "multi_static_select": both(
        _menu("multi_static_select", {}, {**OFFERED, **MANY, "initial_options": items(OPTION, 100, 1)}),
        exactly_one("options", "option_groups"),
        _chosen_from("initial_options"),
    ),
    "multi_external_select": _menu(
        "multi_external_select", {}, {**MANY, "initial_options": items(OPTION, 100, 1), "min_query_length": whole(0)}
    ),
    "multi_users_select": _menu("multi_users_select", {}, {**MANY, "initial_users": KEYS}),
    "multi_conversations_select": _menu(
        "multi_conversations_select",
        {},
        {**MANY, "initial_conversations": KEYS, "default_to_current_conversation": flag, **FILTER},
    ),
    "multi_channels_select": _menu("multi_channels_select", {}, {**MANY, "initial_channels": KEYS}),
}

CHOICES: dict[str, Check] = {
    "radio_buttons": both(
        shape(
            {"options": items(ANY_OPTION, 10, 1)},
            {**ACTION, **CONFIRMED, **FOCUS, "initial_option": ANY_OPTION},
            "radio_buttons",
        ),
        _chosen_from("initial_option"),
    ),
    "checkboxes": both(
        shape(
            {"options": items(ANY_OPTION, 10, 1)},
            {**ACTION, **CONFIRMED, **FOCUS, "initial_options": items(ANY_OPTION, 10, 1)},
            "checkboxes",
        ),
        _chosen_from("initial_options"),
    ),
}

TIMES: dict[str, Check] = {
    "datepicker": _menu("datepicker", {}, {"initial_date": string(pattern=r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])")}),
    "timepicker": _menu(
        "timepicker", {}, {"initial_time": string(pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": _zone}
    ),
    "datetimepicker": shape(
        {}, {**ACTION, **CONFIRMED, **FOCUS, "initial_date_time": whole(10**9, 10**10 - 1)}, "datetimepicker"
    ),
}

OVERFLOW = shape({"options": items(OVERFLOW_OPTION, 5, 1)}, {**ACTION, **CONFIRMED}, "overflow")


def _written(kind: str, required: dict[str, Check], optional: dict[str, Check]) -> Check:
    return shape(
        required, {**ACTION, **FOCUS, **PLACEHOLDER, **TYPING, "initial_value": string(3000), **optional}, kind
    )


_NUMBER = string(pattern=r"-?\d+(\.\d+)?")
WRITTEN: dict[str, Check] = {
    "plain_text_input": both(
        _written(
            "plain_text_input",
            {},
            {"multiline": flag, "min_length": whole(0, 3000), "max_length": whole(1, 3000)},
        ),
        _lengths,
    ),
    "email_text_input": _written("email_text_input", {}, {}),
    "url_text_input": _written("url_text_input", {}, {}),
    "number_input": _written(
        "number_input",
        {"is_decimal_allowed": flag},
        {"initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    ),
    "rich_text_input": shape(
        {}, {**ACTION, **FOCUS, **PLACEHOLDER, **TYPING, "initial_value": RICH_TEXT}, "rich_text_input"
    ),
    "file_input": shape(
        {}, {**ACTION, "filetypes": items(string(least=1), least=1), "max_files": whole(1, 10)}, "file_input"
    ),
}

SLACK_FILE = both(shape({}, {"id": string(least=1), "url": string(least=1)}), exactly_one("id", "url"))
PICTURE: dict[str, Check] = {"image_url": URL, "slack_file": SLACK_FILE}
IMAGE = both(shape({"alt_text": string(2000)}, PICTURE, "image"), exactly_one("image_url", "slack_file"))

IN_ACTIONS: dict[str, Check] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    **SELECTS,
    **CHOICES,
    **TIMES,
    "rich_text_input": WRITTEN["rich_text_input"],
}
IN_SECTION: dict[str, Check] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "image": IMAGE,
    **SELECTS,
    **CHOICES,
    "datepicker": TIMES["datepicker"],
    "timepicker": TIMES["timepicker"],
}
IN_INPUT: dict[str, Check] = {**SELECTS, **CHOICES, **TIMES, **WRITTEN}
STATEFUL = frozenset(IN_INPUT)
"""Elements that hold what somebody chose or typed; buttons and overflow menus hold nothing."""
