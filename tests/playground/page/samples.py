"""Rows as the stand-ins write them, made by hand: two small worlds with the same six people and a card in each."""

from adapters.playground.board import Board
from tests.playground.page.discord_samples import discord_rows
from tests.playground.page.people import LONDON, NOW, Json
from tests.playground.page.slack_samples import slack_rows, ts


def other_rows() -> dict[str, Json]:
    at = NOW.isoformat()
    return {
        "wire/1": {
            "n": 1,
            "at": at,
            "platform": "slack",
            "direction": "in",
            "what": "chat.postMessage",
            "json": {"channel": LONDON, "text": "An evening of compilers"},
            "answer": {"ok": True, "ts": ts(9, 30, 1)},
            "status": 200,
            "ms": 3.4,
            "refused": None,
        },
        "wire/2": {
            "n": 2,
            "at": at,
            "platform": "discord",
            "direction": "in",
            "what": "POST /channels/{}/messages",
            "json": {"content": "x" * 2001},
            "answer": {"code": 50035, "message": "Invalid Form Body"},
            "status": 400,
            "ms": 12.6,
            "refused": 50035,
        },
        "wire/3": {
            "n": 3,
            "at": at,
            "platform": "slack",
            "direction": "out",
            "what": "socket: slash_commands",
            "json": {"type": "slash_commands", "payload": {"command": "/event", "text": "create"}},
            "answer": {"envelope_id": "e"},
            "status": None,
            "ms": 41.0,
            "refused": None,
        },
        "wire/4": {
            "n": 4,
            "at": at,
            "platform": "discord",
            "direction": "out",
            "what": "gateway: INTERACTION_CREATE",
            "json": {"type": 3, "data": {"custom_id": "going"}},
            "answer": None,
            "status": None,
            "ms": None,
            "refused": None,
        },
        "fault/slack/refuse_posts": {
            "on": False,
            "title": "Refuse posts with 429",
            "left": None,
            "takes": ["times", "call", "seconds"],
        },
        "fault/slack/drop_socket": {"on": True, "title": "Drop the socket", "left": 2, "takes": ["times"]},
        "fault/discord/closed_direct_messages": {
            "on": False,
            "title": "Direct messages are closed",
            "left": None,
            "takes": ["user"],
        },
    }


def put(board: Board, rows: dict[str, Json]) -> None:
    for name, row in rows.items():
        board.put(name, row)


def show_everything(board: Board) -> None:
    put(board, slack_rows())
    put(board, discord_rows())
    put(board, other_rows())
