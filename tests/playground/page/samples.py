"""Rows as the stand-ins write them, made by hand: two small worlds with the same six people and a card in each."""

from datetime import UTC, datetime
from typing import Any

from adapters.playground.board import Board

Json = dict[str, Any]

NOW = datetime(2026, 9, 14, 16, 30, tzinfo=UTC)
EVENING = int(datetime(2026, 9, 17, 17, 30, tzinfo=UTC).timestamp())

PEOPLE = ("Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Mary Seacole", "Edsger Dijkstra")
CHANNELS = ("london", "birmingham", "general")
SLACK = {name: f"U0000000{n}A" for n, name in enumerate(PEOPLE, 1)}
SLACK_BOT = "U0000000BA"
LONDON, BIRMINGHAM, GENERAL = "C0000001A", "C0000002A", "C0000003A"
ADA_DIRECT = "D0000001A"

EPOCH = 1420070400000


def snowflake(moment: datetime, n: int = 0) -> str:
    """A Discord id that carries this moment."""
    return str((int(moment.timestamp() * 1000) - EPOCH << 22) + n)


START = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
DISCORD = {name: snowflake(START, n) for n, name in enumerate(PEOPLE, 1)}
DISCORD_BOT = snowflake(START, 20)
D_CHANNELS = {name: snowflake(START, 30 + n) for n, name in enumerate(CHANNELS)}
D_ADA_DIRECT = snowflake(START, 40)


def ts(hour: int, minute: int, n: int = 0, day: int = 14) -> str:
    """A Slack timestamp on one of the days of the samples."""
    return f"{int(datetime(2026, 9, day, hour, minute, tzinfo=UTC).timestamp())}.{n:06d}"


def said(channel: str, name: str, text: str, at: str, **more: Any) -> tuple[str, Json]:
    """Something a person wrote on Slack."""
    row = {"type": "message", "user": SLACK[name], "text": text, "ts": at, "team": "T1", "_mentioned": [], **more}
    return f"slack/message/{channel}/{at}", row


def from_bot(channel: str, at: str, text: str, blocks: list[Json] | None = None, **more: Any) -> tuple[str, Json]:
    """Something the app posted on Slack."""
    row = {"type": "message", "user": SLACK_BOT, "bot_id": "B1", "app_id": "A1", "text": text, "ts": at, "_mentioned": []}
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
    date = {"type": "date", "timestamp": EVENING, "format": "{date_long_pretty} at {time}", "fallback": "17 Sep 2026, 18:30 BST"}
    return [
        {"type": "header", "block_id": "h", "text": {"type": "plain_text", "text": "An evening of compilers", "emoji": True}},
        rich(text("When  ", bold=True), date, text("\n"), text("Where  ", bold=True), text("The Old Library, 12 Lamb Street"), block_id="facts"),
        rich(text("Bring a parser you are fond of. There will be *stars* and _lines_ that are not markup."), block_id="about"),
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
        {"type": "context", "block_id": "c", "elements": [{"type": "mrkdwn", "text": "Planned by <@" + SLACK["Ada Lovelace"] + "> in <#" + LONDON + ">"}]},
    ]


def discord_card() -> list[Json]:
    def press(label: str, style: int, custom_id: str) -> Json:
        return {"type": 2, "label": label, "style": style, "custom_id": custom_id}

    return [
        {
            "type": 17,
            "accent_color": 0x5B3DF5,
            "components": [
                {"type": 10, "content": "## An evening of compilers"},
                {"type": 10, "content": f"**When**  <t:{EVENING}:F> (<t:{EVENING}:R>)\n**Where**  The Old Library, 12 Lamb Street"},
                {"type": 10, "content": "Bring a parser you are fond of. There will be \\*stars\\* that are not markup."},
                {"type": 14, "divider": True, "spacing": 1},
                {"type": 10, "content": "**Going** 3 of 20 seats · **Maybe** 1\nGrace Hopper, Alan Turing, Mary Seacole"},
                {"type": 1, "components": [press("Going", 3, "going"), press("Maybe", 2, "maybe"), press("Can’t make it", 4, "not")]},
            ],
        }
    ]


def slack_rows() -> dict[str, Json]:
    rows: dict[str, Json] = {"slack/team": {"id": "T1", "name": "Tea & Types", "domain": "tea"}}
    for name, key in SLACK.items():
        profile = {"real_name": name, "display_name": ""}
        rows[f"slack/user/{key}"] = {
            "id": key, "name": name.split()[0].lower(), "real_name": name, "profile": profile, "tz": "Europe/London",
            "is_bot": False, "deleted": False, "is_admin": name == "Ada Lovelace",
        }
    rows[f"slack/user/{SLACK_BOT}"] = {
        "id": SLACK_BOT, "name": "flashmob", "real_name": "Flashmob", "profile": {"real_name": "Flashmob"}, "is_bot": True, "deleted": False,
    }
    everybody = [*SLACK.values(), SLACK_BOT]
    for key, name in zip((LONDON, BIRMINGHAM, GENERAL), CHANNELS, strict=True):
        rows[f"slack/channel/{key}"] = {
            "id": key, "name": name, "is_channel": True, "is_im": False, "is_private": False, "is_archived": False, "members": everybody,
            "topic": {"value": "Meetings and chat of the London chapter" if name == "london" else ""},
        }
    rows[f"slack/channel/{ADA_DIRECT}"] = {"id": ADA_DIRECT, "is_im": True, "user": SLACK["Ada Lovelace"], "is_archived": False, "members": [SLACK["Ada Lovelace"]]}
    rows["slack/command/event"] = {"command": "/event", "description": "Plan and look up events", "usage_hint": "create | publish | cancel | list | show"}
    rows["slack/command/rsvp"] = {"command": "/rsvp", "description": "Answer an event", "usage_hint": "[event] [going | maybe | not]"}
    rows["slack/command/help"] = {"command": "/help", "description": "What can I do here?", "usage_hint": ""}
    card = ts(9, 30, 1)
    rows |= dict([
        said(LONDON, "Ada Lovelace", "Morning! The room at the Old Library is ours on Thursday.", ts(9, 2)),
        said(LONDON, "Ada Lovelace", "I'll put it in the calendar now :tada:", ts(9, 3)),
        from_bot(LONDON, card, "An evening of compilers", slack_card(), edited={"user": SLACK_BOT, "ts": ts(9, 45)}),
        said(LONDON, "Grace Hopper", "Can we start *promptly*? I have a train at nine. <@" + SLACK["Ada Lovelace"] + ">", ts(9, 40), thread_ts=card),
        from_bot(LONDON, ts(9, 41), "Booking closes on Wednesday.", thread_ts=card),
        said(LONDON, "Edsger Dijkstra", "Is a `goto` considered harmful after 18:00? See <https://example.org/ewd215|EWD 215> &amp; friends", ts(10, 5)),
        said(GENERAL, "Mary Seacole", "Tea is ready.", ts(8, 50)),
        from_bot(ADA_DIRECT, ts(9, 31), "Your event is published", [rich(text("Published in "), {"type": "channel", "channel_id": LONDON}, text(". People can answer now."))]),
    ])
    rows[f"slack/ephemeral/{SLACK['Ada Lovelace']}/{LONDON}/{ts(10, 6)}"] = {
        "type": "message", "user": SLACK_BOT, "bot_id": "B1", "text": "You are going to *An evening of compilers*. See you there!", "ts": ts(10, 6),
    }
    return rows


def discord_rows() -> dict[str, Json]:
    def user(name: str, key: str, bot: bool = False) -> Json:
        return {"id": key, "username": name.split()[0].lower(), "global_name": None if bot else name, "bot": bot, "avatar": None}

    rows: dict[str, Json] = {"discord/guild": {"id": "9", "name": "Tea & Types", "roles": []}}
    rows["discord/role/9"] = {"id": "9", "name": "@everyone", "color": 0, "position": 0}
    rows["discord/role/8"] = {"id": "8", "name": "Organisers", "color": 0x1F7A8C, "position": 1}
    for name, key in DISCORD.items():
        rows[f"discord/user/{key}"] = {"user": user(name, key), "nick": None, "roles": ["8"] if name == "Ada Lovelace" else []}
    bot = user("Flashmob", DISCORD_BOT, bot=True) | {"username": "Flashmob"}
    rows[f"discord/user/{DISCORD_BOT}"] = {"user": bot, "nick": None, "roles": []}
    for n, (name, key) in enumerate(D_CHANNELS.items()):
        rows[f"discord/channel/{key}"] = {"id": key, "type": 0, "name": name, "position": n, "topic": None}
    ada = user("Ada Lovelace", DISCORD["Ada Lovelace"])
    rows[f"discord/channel/{D_ADA_DIRECT}"] = {"id": D_ADA_DIRECT, "type": 1, "recipients": [ada]}

    def post(channel: str, at: datetime, author: Json, n: int = 0, **more: Any) -> tuple[str, Json]:
        key = snowflake(at, n)
        row = {"id": key, "channel_id": channel, "type": 0, "author": author, "content": "", "embeds": [], "components": [], "attachments": [], "mentions": [], "flags": 0, "edited_timestamp": None, **more}
        return f"discord/message/{channel}/{key}", row

    def at(hour: int, minute: int) -> datetime:
        return datetime(2026, 9, 14, hour, minute, tzinfo=UTC)

    london = D_CHANNELS["london"]
    grace = user("Grace Hopper", DISCORD["Grace Hopper"])
    name, card = post(london, at(9, 30), bot, flags=1 << 15, components=discord_card(), edited_timestamp="2026-09-14T09:45:00+00:00")
    rows |= dict([
        post(london, at(9, 5), grace, content="Morning all. **Thursday** it is — see <#" + D_CHANNELS["general"] + "> for tea ||and cake||"),
        (name, card),
        post(london, at(9, 52), user("Alan Turing", DISCORD["Alan Turing"]), content="Can machines attend? <@" + DISCORD["Grace Hopper"] + ">\n> asking for a friend"),
        post(D_ADA_DIRECT, at(9, 31), bot, content="Your event is published in <#" + london + ">."),
        post(card["id"], at(9, 58), grace, content="Does anybody need a lift?"),
    ])
    rows[f"discord/channel/{card['id']}"] = {"id": card["id"], "type": 11, "name": "An evening of compilers", "parent_id": london, "thread_metadata": {"archived": False, "locked": False}}
    key = snowflake(at(10, 1))
    rows[f"discord/ephemeral/{ada['id']}/{london}/{key}"] = {
        "id": key, "channel_id": london, "type": 20, "author": bot, "content": "You are going to **An evening of compilers**. See you there!", "flags": 64,
        "interaction_metadata": {"type": 2, "name": "rsvp", "user": ada}, "components": [], "embeds": [], "attachments": [],
    }
    option = {"type": 3, "name": "event", "description": "Which event?", "required": True, "autocomplete": True}
    rows["discord/command/1"] = {
        "id": "1", "type": 1, "name": "event", "description": "Plan and look up events",
        "options": [
            {"type": 1, "name": "create", "description": "Plan a new event", "options": [
                {"type": 3, "name": "title", "description": "What is it called?", "required": True, "max_length": 80},
                {"type": 4, "name": "seats", "description": "How many seats?", "min_value": 1},
                {"type": 5, "name": "quiet", "description": "Without an announcement?"},
            ]},
            {"type": 1, "name": "list", "description": "What is coming up", "options": []},
        ],
    }
    rows["discord/command/2"] = {"id": "2", "type": 1, "name": "rsvp", "description": "Answer an event", "options": [
        option, {"type": 3, "name": "answer", "description": "Are you going?", "required": True, "choices": [{"name": "Going", "value": "going"}, {"name": "Maybe", "value": "maybe"}]},
    ]}
    rows["discord/command/3"] = {"id": "3", "type": 3, "name": "Save as a takeaway", "description": ""}
    return rows


def other_rows() -> dict[str, Json]:
    at = NOW.isoformat()
    return {
        "wire/1": {"n": 1, "at": at, "platform": "slack", "direction": "in", "what": "chat.postMessage", "json": {"channel": LONDON, "text": "An evening of compilers"}, "answer": {"ok": True, "ts": ts(9, 30, 1)}, "status": 200, "ms": 3.4, "refused": None},
        "wire/2": {"n": 2, "at": at, "platform": "discord", "direction": "in", "what": "POST /channels/{}/messages", "json": {"content": "x" * 2001}, "answer": {"code": 50035, "message": "Invalid Form Body"}, "status": 400, "ms": 12.6, "refused": 50035},
        "wire/3": {"n": 3, "at": at, "platform": "slack", "direction": "out", "what": "socket: slash_commands", "json": {"type": "slash_commands", "payload": {"command": "/event", "text": "create"}}, "answer": {"envelope_id": "e"}, "status": None, "ms": 41.0, "refused": None},
        "wire/4": {"n": 4, "at": at, "platform": "discord", "direction": "out", "what": "gateway: INTERACTION_CREATE", "json": {"type": 3, "data": {"custom_id": "going"}}, "answer": None, "status": None, "ms": None, "refused": None},
        "fault/slack/refuse_posts": {"on": False, "title": "Refuse posts with 429", "left": None},
        "fault/slack/drop_socket": {"on": True, "title": "Drop the socket", "left": 2},
        "fault/discord/closed_messages": {"on": False, "title": "Direct messages are closed", "left": None},
    }


def view(blocks: list[Json], **more: Any) -> Json:
    """A Slack modal as a row shows it."""
    told = {
        "id": "V1", "type": "modal", "title": {"type": "plain_text", "text": "Plan an event"}, "submit": {"type": "plain_text", "text": "Preview"},
        "close": {"type": "plain_text", "text": "Not now"}, "blocks": blocks, "state": {"values": {}}, **more,
    }
    return {"view": told, "depth": 1, "state": "open", "errors": {}, "trouble": None}


def put(board: Board, rows: dict[str, Json]) -> None:
    for name, row in rows.items():
        board.put(name, row)


def show_everything(board: Board) -> None:
    put(board, slack_rows())
    put(board, discord_rows())
    put(board, other_rows())
