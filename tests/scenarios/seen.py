"""What a person sees: the platforms' own JSON, read as words, buttons and forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
Json = dict[str, Any]


@dataclass
class Seen:
    """One message or form, as it looks to somebody in London."""

    words: str
    buttons: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)  # of the menus in it
    questions: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    mentioned: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # as they are described

    def fact(self, label: str) -> str | None:
        """What stands beside a label, such as "Going (2)"; None where the label is not."""
        for line in self.words.splitlines():
            for mark in (": ", " "):  # Slack's labels end in a colon, Discord's are bold
                if line.startswith(label + mark):
                    return line.removeprefix(label + mark)
        return None

    def without_mentions(self) -> "Seen":
        """The message without the names at its head."""
        return replace(self, words=re.sub(r"^(?:<@\w+>[ ,]*)+\n?", "", self.words))


def moment(timestamp: int) -> str:
    local = datetime.fromtimestamp(timestamp, UTC).astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} {local.tzname()}"


# ── Slack ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def slack_message(message: Json) -> Seen:
    """A message, or the blocks of a view."""
    lines: list[str] = []
    buttons: dict[str, Any] = {}
    options: dict[str, Any] = {}
    described: list[str] = []
    for block in message.get("blocks") or [{"type": "section", "text": {"text": message.get("text", "")}}]:
        if "accessory" in block:
            several = block["accessory"]
            options |= {option["text"]["text"]: (block["block_id"], several, option) for option in several["options"]}
        if block["type"] == "actions":
            for each in block["elements"]:
                if each["type"] == "button":
                    buttons[each["text"]["text"]] = (block["block_id"], each)
                for option in each.get("options", []):
                    options[option["text"]["text"]] = (block["block_id"], each, option)
        elif block["type"] == "image":
            described.append(block["alt_text"])
        else:
            lines += "".join(_slack(block)).splitlines()
    described += [each["alt_txt"] for each in message.get("files", []) if each["name"].endswith(".png")]
    return Seen("\n".join(lines), buttons, options, mentioned=list(message.get("_mentioned", [])), pictures=described)


def slack_view(row: Json) -> Seen:
    """A form or a message in a modal."""
    view = row["view"]
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    seen = slack_message({"blocks": [block for block in view["blocks"] if block["type"] != "input"] or [_NOTHING]})
    seen.questions = {block["block_id"]: block["label"]["text"] for block in inputs}
    for block in inputs:
        state = view["state"]["values"].get(block["block_id"], {}).get(block["element"]["action_id"], {})
        seen.typed[block["block_id"]] = _typed(state)
    seen.errors = dict(row["errors"])
    seen.words = "\n".join([seen.words, *seen.errors.values()]).strip()
    return seen


_NOTHING: Json = {"type": "divider"}


def _typed(state: Json) -> str:
    chosen = state.get("selected_option") or {}
    return state.get("value") or chosen.get("value") or state.get("selected_user") or ""


def _slack(node: Any) -> Iterator[str]:
    match node:
        case {"type": "date", "timestamp": timestamp}:
            yield moment(timestamp)
        case {"type": "user", "user_id": key}:
            yield f"<@{key}>"
        case {"type": "broadcast", "range": whom}:
            yield f"@{whom}"
        case {"type": "divider"}:
            return
        case {"elements": elements}:
            for element in elements:
                yield from _slack(element)
        case {"text": {"text": text}} | {"text": str(text)}:
            yield text
        case _:
            raise AssertionError(f"This block says what nobody can read here: {node}")


# ── Discord ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def discord_message(message: Json) -> Seen:
    """A message in Components V2."""
    seen = Seen(message["content"], mentioned=list(message.get("_mentioned", [])))
    lines = [message["content"]] if message["content"] else []
    for part in _flat(message["components"]):
        if part["type"] == 10:
            lines.append(_discord(part["content"]))
        elif part["type"] == 2:
            seen.buttons[part["label"]] = part["custom_id"]
        elif part["type"] == 12:
            seen.pictures += [item["description"] for item in part["items"]]
        elif part["type"] == 3:
            seen.options |= {option["label"]: (part["custom_id"], option["value"]) for option in part["options"]}
    seen.words = "\n".join(lines)
    return seen


def discord_modal(row: Json) -> Seen:
    """A form: labels with their inputs."""
    seen = Seen(row["title"])
    for label in row["components"]:
        component = label["component"]
        seen.questions[component["custom_id"]] = label["label"]
        chosen = [option["value"] for option in component.get("options", []) if option.get("default")]
        seen.typed[component["custom_id"]] = component.get("value") or (chosen[0] if chosen else "")
    return seen


def _flat(components: list[Json]) -> Iterator[Json]:
    for component in components:
        yield component
        yield from _flat(component.get("components", []))


def _discord(text: str) -> str:
    """Markdown as it is shown: marks go, what was escaped stays."""
    shown = re.sub(r"<t:(\d+)(?::\w)?>", lambda found: moment(int(found[1])), text)
    shown = re.sub(r"(?m)^(?:#{1,3}|-#) ", "", shown)
    shown = re.sub(r"(?<!\\)\*\*", "", shown)
    shown = re.sub(r"<(https?://[^>]+)>", r"\1", shown)
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", shown)
