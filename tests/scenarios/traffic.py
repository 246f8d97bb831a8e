"""Traffic: every request of the bot and every answer and event of the stand-ins, held against the platforms' own word.

What no schema describes is a problem too: nothing passes unchecked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.playground.discord.events import SENT, UNDESCRIBED
from tests.playground.discord.specs import Specs as DiscordSpecs
from tests.playground.slack.envelopes import UNDESCRIBED as UNDESCRIBED_ON_SLACK
from tests.playground.slack.envelopes import Envelopes
from tests.slack.specs import Specs as SlackSpecs

Row = Mapping[str, Any]

TROUBLES = (429, 500)
"""Faults that the tests switch on themselves; what they answer is the stand-ins' own tests' to check."""


def problems(rows: Iterable[Row], folder: Path) -> list[str]:
    """Everything wrong with this traffic, a line each; `folder` is PLATFORM_SPECS."""
    slack, envelopes, discord = _specs(folder)
    found: list[str] = []
    for row in rows:
        if row["status"] in TROUBLES:
            continue
        checked = _slack(row, slack, envelopes) if row["platform"] == "slack" else _discord(row, discord)
        found += [f"{row['platform']} {row['what']}: {problem}" for problem in checked]
    return found


@cache
def _specs(folder: Path) -> tuple[SlackSpecs, Envelopes, DiscordSpecs]:
    return SlackSpecs(folder / "slack"), Envelopes(folder / "slack"), DiscordSpecs(folder / "discord")


def _slack(row: Row, specs: SlackSpecs, envelopes: Envelopes) -> Iterator[str]:
    what: str = row["what"]
    if what.removeprefix("socket: ") in UNDESCRIBED_ON_SLACK:
        return
    if what.startswith("socket: "):
        yield from envelopes.problems(row["json"])
        if (row["answer"] or {}).get("view"):
            yield from specs.problems_of_view(row["answer"]["view"])
    elif what.startswith("response_url"):
        yield from specs.problems_of_blocks(row["json"].get("blocks", []))
    else:
        yield from specs.problems_of_call(what, row["json"])


def _discord(row: Row, specs: DiscordSpecs) -> Iterator[str]:
    what: str = row["what"]
    if what.startswith("gateway: "):
        event = what.removeprefix("gateway: ")
        if row["direction"] == "in" and event in SENT:
            yield from specs.frame(row["json"])
        elif event not in UNDESCRIBED:
            yield from specs.event(event, row["json"])
        return
    method, path = what.split(" ", 1)
    described = _described(specs, method, path)
    if described is None:
        yield "no schema describes this"
        return
    if row["json"] is not None:
        yield from specs.request(method, described, _as_text(row["json"]))
    if row["status"] is not None and row["status"] < 500:
        yield from specs.answer(method, described, row["status"], row["answer"])


def _as_text(body: Any) -> Any:
    """discord.py writes some ids as numbers; Discord reads them, though its document names only text."""
    if isinstance(body, dict) and "payload_json" in body:
        body = body["payload_json"]  # what goes with files
    match body:
        case {"recipient_id": int(key)}:
            return {**body, "recipient_id": str(key)}
        case {"attachments": [*attached]}:
            return {**body, "attachments": [{**each, "id": str(each["id"])} for each in attached]}
        case {"data": {"attachments": [*attached]}}:
            named = [{**each, "id": str(each["id"])} for each in attached]
            return {**body, "data": {**body["data"], "attachments": named}}
        case _:
            return body


def _described(specs: DiscordSpecs, method: str, path: str) -> str | None:
    """The path as the OpenAPI document writes it: with names in its braces."""
    for known in specs.paths(method):
        if re.sub(r"\{\w+\}", "{}", known) == path:
            return known
    return None
