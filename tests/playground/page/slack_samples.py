"""Rows of a small Slack, made by hand as the stand-in writes them."""

from datetime import UTC, datetime
from typing import Any

from tests.playground.page.people import (
    ADA_DIRECT,
    BIRMINGHAM,
    CHANNELS,
    EVENING,
    GENERAL,
    LONDON,
    SLACK,
    SLACK_BOT,
    Json,
)


def ts(hour: int, minute: int, n: int = 0, day: int = 14) -> str:
    """A Slack timestamp on one of the days of the samples."""
    return f"{int(datetime(2026, 9, day, hour, minute, tzinfo=UTC).timestamp())}.{n:06d}"


def said(channel: str, name: str, text: str, at: str, **more: Any) -> tuple[str, Json]:
    """Something a person wrote on Slack."""
    row = {"type": "message", "user": SLACK[name], "text": text, "ts": at, "team": "T1", "_mentioned": [], **more}
    return f"slack/message/{channel}/{at}", row


def from_bot(channel: str, at: str, text: str, blocks: list[Json] | None = None, **more: Any) -> tuple[str, Json]:
    """Something the app posted on Slack."""
    row = {
        "type": "message",
        "user": SLACK_BOT,
        "bot_id": "B1",
        "app_id": "A1",
        "text": text,
        "ts": at,
        "_mentioned": [],
    }
    return f"slack/message/{channel}/{at}", {**row, **({"blocks": blocks} if blocks else {}), **more}


def rich(*elements: Json, block_id: str = "r") -> Json:
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def text(words: str, **style: bool) -> Json:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def button(label: str, action: str, style: str | None = None) -> Json:
    face = {"type": "plain_text", "text": label, "emoji": True}
    return {"type": "button", "text": face, "action_id": action, "value": action, **({"style": style} if style else {})}


def slack_card() -> list[Json]:
    date = {
        "type": "date",
        "timestamp": EVENING,
        "format": "{date_long_pretty} at {time}",
        "fallback": "17 Sep 2026, 18:30 BST",
    }
    return [
        {
            "type": "header",
            "block_id": "h",
            "text": {"type": "plain_text", "text": "An evening of compilers", "emoji": True},
        },
        rich(
            text("When  ", bold=True),
            date,
            text("\n"),
            text("Where  ", bold=True),
            text("The Old Library, 12 Lamb Street"),
            block_id="facts",
        ),
        rich(
            text("Bring a parser you are fond of. There will be *stars* and _lines_ that are not markup."),
            block_id="about",
        ),
        {"type": "divider", "block_id": "d"},
        {
            "type": "section",
            "block_id": "tally",
            "fields": [
                {"type": "mrkdwn", "text": "*Going*\n3 of 20 seats"},
                {"type": "mrkdwn", "text": "*Maybe*\n1"},
            ],
        },
        rich(text("Grace Hopper, Alan Turing, Mary Seacole"), block_id="names"),
        {
            "type": "actions",
            "block_id": "rsvp",
            "elements": [
                button("Going", "going", "primary"),
                button("Maybe", "maybe"),
                button("Can’t make it", "not", "danger"),
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [{"text": {"type": "plain_text", "text": "Show who is going"}, "value": "who"}],
                },
            ],
        },
        {
            "type": "context",
            "block_id": "c",
            "elements": [
                {"type": "mrkdwn", "text": "Planned by <@" + SLACK["Ada Lovelace"] + "> in <#" + LONDON + ">"}
            ],
        },
    ]


def slack_rows() -> dict[str, Json]:
    rows: dict[str, Json] = {
        "slack/team": {"id": "T1", "name": "Tea & Types", "domain": "tea"},
        "slack/app": {"home_tab": True},
    }
    for name, key in SLACK.items():
        profile = {"real_name": name, "display_name": ""}
        rows[f"slack/user/{key}"] = {
            "id": key,
            "name": name.split()[0].lower(),
            "real_name": name,
            "profile": profile,
            "tz": "Europe/London",
            "is_bot": False,
            "deleted": False,
            "is_admin": name == "Ada Lovelace",
        }
    rows[f"slack/user/{SLACK_BOT}"] = {
        "id": SLACK_BOT,
        "name": "flashmob",
        "real_name": "Flashmob",
        "profile": {"real_name": "Flashmob"},
        "is_bot": True,
        "deleted": False,
    }
    everybody = [*SLACK.values(), SLACK_BOT]
    for key, name in zip((LONDON, BIRMINGHAM, GENERAL), CHANNELS, strict=True):
        rows[f"slack/channel/{key}"] = {
            "id": key,
            "name": name,
            "is_channel": True,
            "is_im": False,
            "is_private": False,
            "is_archived": False,
            "members": everybody,
            "topic": {"value": "Meetings and chat of the London chapter" if name == "london" else ""},
        }
    rows[f"slack/channel/{ADA_DIRECT}"] = {
        "id": ADA_DIRECT,
        "is_im": True,
        "user": SLACK["Ada Lovelace"],
        "is_archived": False,
        "members": [SLACK["Ada Lovelace"]],
    }
    rows["slack/command/event"] = {
        "command": "/event",
        "description": "Plan and look up events",
        "usage_hint": "create | publish | cancel | list | show",
    }
    rows["slack/command/rsvp"] = {
        "command": "/rsvp",
        "description": "Answer an event",
        "usage_hint": "[event] [going | maybe | not]",
    }
    rows["slack/command/help"] = {"command": "/help", "description": "What can I do here?", "usage_hint": ""}
    card = ts(9, 30, 1)
    rows |= dict(
        [
            said(LONDON, "Ada Lovelace", "Morning! The room at the Old Library is ours on Thursday.", ts(9, 2)),
            said(LONDON, "Ada Lovelace", "I'll put it in the calendar now :tada:", ts(9, 3)),
            from_bot(
                LONDON, card, "An evening of compilers", slack_card(), edited={"user": SLACK_BOT, "ts": ts(9, 45)}
            ),
            said(
                LONDON,
                "Grace Hopper",
                "Can we start *promptly*? I have a train at nine. <@" + SLACK["Ada Lovelace"] + ">",
                ts(9, 40),
                thread_ts=card,
            ),
            from_bot(LONDON, ts(9, 41), "Booking closes on Wednesday.", thread_ts=card),
            said(
                LONDON,
                "Edsger Dijkstra",
                "Is a `goto` considered harmful after 18:00? See <https://example.org/ewd215|EWD 215> &amp; friends",
                ts(10, 5),
            ),
            said(GENERAL, "Mary Seacole", "Tea is ready.", ts(8, 50)),
            from_bot(
                ADA_DIRECT,
                ts(9, 31),
                "Your event is published",
                [
                    rich(
                        text("Published in "),
                        {"type": "channel", "channel_id": LONDON},
                        text(". People can answer now."),
                    )
                ],
            ),
        ]
    )
    rows[f"slack/ephemeral/{SLACK['Ada Lovelace']}/{LONDON}/{ts(10, 6)}"] = {
        "type": "message",
        "user": SLACK_BOT,
        "bot_id": "B1",
        "text": "You are going to *An evening of compilers*. See you there!",
        "ts": ts(10, 6),
    }
    return rows


def view(blocks: list[Json], **more: Any) -> Json:
    """A Slack modal as a row shows it."""
    told = {
        "id": "V1",
        "type": "modal",
        "title": {"type": "plain_text", "text": "Plan an event"},
        "submit": {"type": "plain_text", "text": "Preview"},
        "close": {"type": "plain_text", "text": "Not now"},
        "blocks": blocks,
        "state": {"values": {}},
        **more,
    }
    return {"view": told, "depth": 1, "state": "open", "errors": {}, "trouble": None}
