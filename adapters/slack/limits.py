"""What Slack accepts, and how words are made to fit.

Sources: docs.slack.dev, reference pages of each block, element and view, of app manifests, and of chat.postMessage.
"""

from collections.abc import Sized
from typing import Final

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
HEADER: Final = 150
PLAIN_TEXT: Final = 3000
BUTTONS: Final = 25
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2000
ID: Final = 255
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
RADIO_OPTIONS: Final = 10
SELECT_OPTIONS: Final = 100
PLACEHOLDER: Final = 150
LABEL: Final = 2000
HINT: Final = 2000
INPUT: Final = 3000
PRIVATE_METADATA: Final = 3000
VIEW_TITLE: Final = 24
TEXT: Final = 4000
"""chat.postMessage takes 40,000 characters of text but advises 4,000, and chat.update refuses more."""

COMMANDS: Final = 50
SHORTCUT: Final = 24
COMMAND: Final = 32
COMMAND_DESCRIPTION: Final = 2000
COMMAND_HINT: Final = 1000

OWN_COMMANDS: Final = frozenset(
    # Help Center, "Slash commands in Slack": these are Slack's, and no app gets them.
    {
        "active",
        "apps",
        "archive",
        "away",
        "call",
        "collapse",
        "dm",
        "dnd",
        "expand",
        "feed",
        "feedback",
        "invite",
        "join",
        "kick",
        "leave",
        "me",
        "msg",
        "mute",
        "open",
        "part",
        "remind",
        "remove",
        "rename",
        "search",
        "shortcuts",
        "shrug",
        "star",
        "status",
        "topic",
        "who",
    }
)


def fitting(what: str, value: Sized, most: int) -> None:
    """Raise ValueError for something of ours that Slack would refuse."""
    if len(value) > most:
        raise ValueError(f"{what} has {len(value)} where Slack takes at most {most}.")


def short(text: str, most: int) -> str:
    """The text, or as many whole words of it as fit, with an ellipsis that says so."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    words, space, _ = head.rpartition(" ")
    # A boundary that throws away most of the room is none.
    kept = words if space and len(words) > most // 2 else head
    return f"{kept.rstrip()}…"
