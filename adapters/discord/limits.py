"""What Discord takes, with sources, and how our words are made to fit.

D is discord/discord-api-docs, the path under `developers/`.
"""

TEXT = 4000
"""Characters of all text in one message (D components/reference.mdx, Text Display)."""

BYTES = 10_000
"""Bytes of that text in UTF-8, and 12 for each text display: beyond 10,170 Discord fails (discord-api-docs#8554)."""

DISPLAY = 12
"""Bytes that a text display takes besides its text (ibid.)."""

COMPONENTS = 40
"""Components of one message, nested ones included (D components/reference.mdx, Component Reference)."""

ROW = 5
"""Buttons in a row (D components/reference.mdx, Action Row)."""

BUTTON = 80
"""Characters of a button's label (D components/reference.mdx, Button)."""

CODE = 100
"""Characters of a `custom_id` (D components/reference.mdx)."""

MENTIONS = 100
"""People whom one message may mention (D resources/message.mdx, Allowed Mentions)."""

TITLE = 45
"""Characters of a form's title (D interactions/receiving-and-responding.mdx, Modal)."""

INPUTS = 5
"""Inputs of a form (D interactions/receiving-and-responding.mdx, Modal)."""

LABEL = 45
"""Characters above an input (D components/reference.mdx, Label)."""

HINT = 100
"""Characters below an input's label (D components/reference.mdx, Label)."""

INPUT = 4000
"""Characters that can be typed into an input (D components/reference.mdx, Text Input)."""

RADIOS = 10
"""Choices of a radio group, which has at least two (D components/reference.mdx, Radio Group)."""

OPTIONS = 25
"""Options of a select, and suggestions while somebody types (D components/reference.mdx, String Select)."""

PROMPT = 150
"""Characters of the words on a select before anything is chosen (D components/reference.mdx, String Select)."""

OPTION = 100
"""Characters of an option's label, of its value, and of a suggestion (D components/reference.mdx)."""

COMMANDS = 100
"""Slash commands of an app in one server (D interactions/application-commands.mdx, Registering a Command)."""

PARAMETERS = 25
"""Options of one command, and subcommands of one (D interactions/application-commands.mdx)."""

COMMAND = 32
"""Characters of a command's name and of an option's (D interactions/application-commands.mdx, Naming)."""

DESCRIPTION = 100
"""Characters that describe a command or an option (D interactions/application-commands.mdx)."""

OPTION_INPUT = 6000
"""Characters that can be typed into a command's option (D interactions/application-commands.mdx)."""

THREAD = 100
"""Characters of a thread's name (D resources/channel.mdx, Start Thread from Message)."""

NONCE = 25
"""Characters of a nonce (D resources/message.mdx, Create Message)."""


class Unfit(ValueError):
    """Something that we made and that Discord would refuse: a fault of ours."""


def shorten(text: str, most: int) -> str:
    """The whole text where it fits, otherwise as many whole words as fit with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    # A single word that is longer than all the room is cut, as nothing of it would be left otherwise.
    words = kept if text[most - 1] == " " else kept.rpartition(" ")[0] or kept
    return words.rstrip(" ,;:.–-") + "…"
