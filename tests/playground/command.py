"""The playground as somebody starts it: `flashmob play` or `flashmob standin` in a process of its own."""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.crash.process import COMMAND, Process

ANYWHERE = ("--slack-port", "0", "--discord-port", "0")


class Command:
    """One running command, and what it said about how to reach it."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @property
    def environment(self) -> dict[str, str]:
        """The lines for a bot's environment."""
        return dict(re.findall(r"^ +(\w+)=(\S+)$", self.process.output, re.MULTILINE))

    @property
    def page(self) -> str:
        """Where the page is served."""
        return re.findall(r"(http://\S+/) \(Ctrl-C", self.process.output)[-1]


@asynccontextmanager
async def flashmob(*told: str) -> AsyncIterator[Command]:
    """Run the installed command until the block ends; it must then stop as it was asked to."""
    process = Process(
        await asyncio.create_subprocess_exec(
            *COMMAND,
            *told,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=2**24,
        )
    )
    try:
        await process.says("Ctrl-C")
        yield Command(process)
        await process.stop()
    finally:
        await process.killed()
