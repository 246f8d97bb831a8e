"""Slack's own word on what it accepts: schemas of blocks and views, arguments of methods, and slack-sdk's checks."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from adapters.playground.slack.blocks import problems_of_blocks, problems_of_view
from tests.schemas import Schema, document

Json = dict[str, Any]


class Specs:
    """Every check there is: what Slack publishes, what slack-sdk knows, and what the stand-in enforces."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def problems_of_blocks(self, blocks: Sequence[Json]) -> list[str]:
        """Everything that is wrong with a message's blocks."""
        return [
            *_schema(self._folder / "slack_Blocks.json").problems({"blocks": list(blocks)}),
            *_library_problems(blocks),
            *problems_of_blocks(blocks),
        ]

    def problems_of_view(self, view: Json) -> list[str]:
        """Everything that is wrong with a modal."""
        return [
            *_schema(self._folder / "slack_AView.json").problems({"view": view}),
            *_library_problems(view["blocks"]),
            *problems_of_view(view, "modal"),
        ]

    def problems_of_call(self, method: str, arguments: Json) -> list[str]:
        """Everything that is wrong with a call of the Web API."""
        file = self._folder / "methods" / method.split(".")[0] / f"{method}.json"
        if not file.exists():
            return [f"There is no method {method}."]
        told = document(file)["args"]
        problems = [f"{method} has no argument {name}" for name in arguments if name not in told and name != "token"]
        required = {name for name, one in told.items() if one.get("required")} - {"token"}
        problems += [f"{method} lacks {name}" for name in required - arguments.keys()]
        if "blocks" in arguments:
            problems += self.problems_of_blocks(arguments["blocks"])
        if "view" in arguments:
            problems += self.problems_of_view(arguments["view"])
        return problems


@cache
def _schema(file: Path) -> Schema:
    return Schema(document(file))


def _library_problems(blocks: Sequence[Json]) -> list[str]:
    problems: list[str] = []
    for block in Block.parse_all(list(blocks)):
        try:
            block.validate_json()
        except SlackObjectFormationError as error:
            problems.append(str(error))
    return problems
