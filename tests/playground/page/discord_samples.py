"""Rows of a small Discord, made by hand as the stand-in writes them."""

from datetime import UTC, datetime
from typing import Any

from tests.playground.page.people import (
    D_ADA_DIRECT,
    D_CHANNELS,
    DISCORD,
    DISCORD_BOT,
    EVENING,
    Json,
    snowflake,
)


def discord_card() -> list[Json]:
    def press(label: str, style: int, custom_id: str) -> Json:
        return {"type": 2, "label": label, "style": style, "custom_id": custom_id}

    return [
        {
            "type": 17,
            "accent_color": 0x5B3DF5,
            "components": [
                {"type": 10, "content": "## An evening of compilers"},
                {
                    "type": 10,
                    "content": f"**When**  <t:{EVENING}:F> (<t:{EVENING}:R>)\n**Where**  The Old Library",
                },
                {
                    "type": 10,
                    "content": "Bring a parser you are fond of. There will be \\*stars\\* that are not markup.",
                },
                {"type": 14, "divider": True, "spacing": 1},
                {
                    "type": 10,
                    "content": "**Going** 3 of 20 seats · **Maybe** 1\nGrace Hopper, Alan Turing, Mary Seacole",
                },
                {
                    "type": 1,
                    "components": [
                        press("Going", 3, "going"),
                        press("Maybe", 2, "maybe"),
                        press("Can’t make it", 4, "not"),
                    ],
                },
            ],
        }
    ]


def discord_rows() -> dict[str, Json]:
    def user(name: str, key: str, bot: bool = False) -> Json:
        return {
            "id": key,
            "username": name.split()[0].lower(),
            "global_name": None if bot else name,
            "bot": bot,
            "avatar": None,
        }

    rows: dict[str, Json] = {"discord/guild": {"id": "9", "name": "Tea & Types", "roles": []}}
    rows["discord/role/9"] = {"id": "9", "name": "@everyone", "color": 0, "position": 0}
    rows["discord/role/8"] = {"id": "8", "name": "Organisers", "color": 0x1F7A8C, "position": 1}
    for name, key in DISCORD.items():
        rows[f"discord/user/{key}"] = {
            "user": user(name, key),
            "nick": None,
            "roles": ["8"] if name == "Ada Lovelace" else [],
        }
    bot = user("Flashmob", DISCORD_BOT, bot=True) | {"username": "Flashmob"}
    rows[f"discord/user/{DISCORD_BOT}"] = {"user": bot, "nick": None, "roles": []}
    for n, (name, key) in enumerate(D_CHANNELS.items()):
        rows[f"discord/channel/{key}"] = {"id": key, "type": 0, "name": name, "position": n, "topic": None}
    ada = user("Ada Lovelace", DISCORD["Ada Lovelace"])
    rows[f"discord/channel/{D_ADA_DIRECT}"] = {"id": D_ADA_DIRECT, "type": 1, "recipients": [ada]}

    def post(channel: str, at: datetime, author: Json, n: int = 0, **more: Any) -> tuple[str, Json]:
        key = snowflake(at, n)
        row = {
            "id": key,
            "channel_id": channel,
            "type": 0,
            "author": author,
            "content": "",
            "embeds": [],
            "components": [],
            "attachments": [],
            "mentions": [],
            "flags": 0,
            "edited_timestamp": None,
            **more,
        }
        return f"discord/message/{channel}/{key}", row

    def at(hour: int, minute: int) -> datetime:
        return datetime(2026, 9, 14, hour, minute, tzinfo=UTC)

    london = D_CHANNELS["london"]
    grace = user("Grace Hopper", DISCORD["Grace Hopper"])
    name, card = post(
        london, at(9, 30), bot, flags=1 << 15, components=discord_card(), edited_timestamp="2026-09-14T09:45:00+00:00"
    )
    rows |= dict(
        [
            post(
                london,
                at(9, 5),
                grace,
                content="Morning all. **Thursday** it is — see <#" + D_CHANNELS["general"] + "> for tea ||and cake||",
            ),
            (name, card),
            post(
                london,
                at(9, 52),
                user("Alan Turing", DISCORD["Alan Turing"]),
                content="Can machines attend? <@" + DISCORD["Grace Hopper"] + ">\n> asking for a friend",
            ),
            post(D_ADA_DIRECT, at(9, 31), bot, content="Your event is published in <#" + london + ">."),
            post(card["id"], at(9, 58), grace, content="Does anybody need a lift?"),
        ]
    )
    rows[f"discord/channel/{card['id']}"] = {
        "id": card["id"],
        "type": 11,
        "name": "An evening of compilers",
        "parent_id": london,
        "thread_metadata": {"archived": False, "locked": False},
    }
    key = snowflake(at(10, 1))
    rows[f"discord/ephemeral/{ada['id']}/{london}/{key}"] = {
        "id": key,
        "channel_id": london,
        "type": 20,
        "author": bot,
        "content": "You are going to **An evening of compilers**. See you there!",
        "flags": 64,
        "interaction_metadata": {"type": 2, "name": "rsvp", "user": ada},
        "components": [],
        "embeds": [],
        "attachments": [],
    }
    option = {"type": 3, "name": "event", "description": "Which event?", "required": True, "autocomplete": True}
    rows["discord/command/1"] = {
        "id": "1",
        "type": 1,
        "name": "event",
        "description": "Plan and look up events",
        "options": [
            {
                "type": 1,
                "name": "create",
                "description": "Plan a new event",
                "options": [
                    {
                        "type": 3,
                        "name": "title",
                        "description": "What is it called?",
                        "required": True,
                        "max_length": 80,
                    },
                    {"type": 4, "name": "seats", "description": "How many seats?", "min_value": 1},
                    {"type": 5, "name": "quiet", "description": "Without an announcement?"},
                ],
            },
            {"type": 1, "name": "list", "description": "What is coming up", "options": []},
        ],
    }
    rows["discord/command/2"] = {
        "id": "2",
        "type": 1,
        "name": "rsvp",
        "description": "Answer an event",
        "options": [
            option,
            {
                "type": 3,
                "name": "answer",
                "description": "Are you going?",
                "required": True,
                "choices": [{"name": "Going", "value": "going"}, {"name": "Maybe", "value": "maybe"}],
            },
        ],
    }
    rows["discord/command/3"] = {"id": "3", "type": 3, "name": "Save as a takeaway", "description": ""}
    return rows
