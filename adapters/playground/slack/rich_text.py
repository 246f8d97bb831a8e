"""Rich text: the one kind of block in which people's words need no escaping (docs: Rich text block)."""

import re
from typing import Any

from adapters.playground.slack.checks import (
    Check,
    Problems,
    choice,
    flag,
    items,
    kinds,
    say,
    shape,
    string,
    whole,
)

TOKENS = frozenset(
    # docs: Formatting message text, "Date formatting"
    [
        "date_num",
        "date_slash",
        "date_long",
        "date_long_full",
        "date_long_pretty",
        "date",
        "date_pretty",
        "date_short",
        "date_short_pretty",
        "time",
        "time_secs",
        "ago",
        "day_divider_pretty",
    ]
)

TEXT_STYLE = shape(
    {},
    dict.fromkeys(("bold", "italic", "strike", "underline", "highlight", "client_highlight", "code", "unlink"), flag),
)


def _date_format(value: Any, pointer: str, problems: Problems) -> None:
    """A date's format names at least one token, and only tokens that exist; others would be shown as they stand."""
    string(least=1)(value, pointer, problems)
    if isinstance(value, str):
        tokens = re.findall(r"\{(\w+)\}", value)
        if not tokens or not TOKENS.issuperset(tokens):
            say(problems, pointer, "does not match the expected format")


INLINE: dict[str, Check] = {
    "text": shape({"text": string(least=1)}, {"style": TEXT_STYLE}, "text"),
    "link": shape({"url": string(least=1)}, {"text": string(), "style": TEXT_STYLE, "unsafe": flag}, "link"),
    "user": shape({"user_id": string(pattern=r"[UW][A-Z0-9]+")}, {"style": TEXT_STYLE}, "user"),
    "usergroup": shape({"usergroup_id": string(pattern=r"S[A-Z0-9]+")}, {"style": TEXT_STYLE}, "usergroup"),
    "team": shape({"team_id": string(pattern=r"T[A-Z0-9]+")}, {"style": TEXT_STYLE}, "team"),
    "channel": shape({"channel_id": string(pattern=r"[CDG][A-Z0-9]+")}, {"style": TEXT_STYLE}, "channel"),
    "broadcast": shape({"range": choice("here", "channel", "everyone")}, {"style": TEXT_STYLE}, "broadcast"),
    "emoji": shape({"name": string(least=1)}, {"unicode": string(), "url": string(), "style": TEXT_STYLE}, "emoji"),
    "color": shape({"value": string(pattern="#[0-9A-Fa-f]{6}")}, {"style": TEXT_STYLE}, "color"),
    "date": shape(
        {"timestamp": whole(0), "format": _date_format},
        {"url": string(), "fallback": string(), "style": TEXT_STYLE},
        "date",
    ),
}

SECTION = shape({"elements": items(kinds(INLINE))}, {}, "rich_text_section")
BORDER = {"border": choice(0, 1)}
ELEMENTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_list": shape(
        {"style": choice("bullet", "ordered"), "elements": items(kinds({"rich_text_section": SECTION}), least=1)},
        {**BORDER, "indent": whole(0, 8), "offset": whole(0)},
        "rich_text_list",
    ),
    "rich_text_preformatted": shape(
        {"elements": items(kinds({name: INLINE[name] for name in ("text", "link")}))},
        {**BORDER, "language": string()},
        "rich_text_preformatted",
    ),
    "rich_text_quote": shape({"elements": items(kinds(INLINE))}, BORDER, "rich_text_quote"),
}

RICH_TEXT: Check = shape({"elements": items(kinds(ELEMENTS), least=1)}, {"block_id": string(255)}, "rich_text")
