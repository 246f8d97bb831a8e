"""Writes the table of commands into the README, from the commands themselves."""

import re
import sys
from pathlib import Path

from bot.domain.people import Role
from bot.features import COMMANDS

README = Path(__file__).parent.parent / "README.md"
BETWEEN = re.compile(r"(?s)(<!-- commands[^>]*-->\n).*?(<!-- /commands -->)")


def table() -> str:
    """Every command that can be typed: what it does, what it asks for, and for whom it is."""
    rows = ["| command | what it does | for |", "| --- | --- | --- |"]
    for command in COMMANDS:
        if not command.hidden:
            asked = " ".join(
                f"`{parameter.name}`" if parameter.required else f"`[{parameter.name}]`"
                for parameter in command.parameters
                if not parameter.ask.hidden
            )
            whom = "organisers" if command.needs is Role.ORGANISER else "everybody"
            rows.append(f"| `/{command.name}` {asked} | {command.summary} | {whom} |".replace("  ", " "))
    return "\n".join(rows) + "\n"


def written(readme: str) -> str:
    """The README with the table as it should be."""
    return BETWEEN.sub(lambda found: found[1] + table() + found[2], readme)


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{README.name} is up to date.\n")
