"""The bot as an operator runs it: the installed command in a process of its own, and what it writes."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic

COMMAND = (str(Path(sys.executable).with_name("flashmob")),)
MODULE = (sys.executable, "-m", "bot")

PATIENCE = 40.0
"""Seconds that anything may take before a test gives up; a process starts slowly on a machine that is busy."""

PROMISE = 5.0
"""Seconds within which the bot has promised to stop."""

# Whatever this machine's own configuration says must not reach the bot that is tested.
_OURS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DISCORD_TOKEN", "DATABASE_URL")


class Process:
    """One running `flashmob`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lines: list[str] = []
        self._more = asyncio.Condition()
        self._ended = False
        self._readers = [asyncio.create_task(self._read(stream)) for stream in (process.stdout, process.stderr)]
        self._end = asyncio.create_task(self._wait())

    @property
    def output(self) -> str:
        """Everything it has written so far, on both of its ways out."""
        return "".join(self._lines)

    async def says(self, *phrases: str) -> None:
        """Wait until it has written each of these."""
        try:
            async with asyncio.timeout(PATIENCE), self._more:
                await self._more.wait_for(lambda: self._ended or all(phrase in self.output for phrase in phrases))
        except TimeoutError:
            pass
        missing = [phrase for phrase in phrases if phrase not in self.output]
        assert not missing, f"It never said {missing}.\n{self.output}"

    async def ended(self) -> int:
        """Wait until it has ended by itself; its exit code."""
        async with asyncio.timeout(PATIENCE):
            return await asyncio.shield(self._end)

    def kill(self) -> None:
        """SIGKILL: it does not do one thing more."""
        if self._process.returncode is None:
            os.kill(self._process.pid, signal.SIGKILL)

    async def killed(self) -> None:
        """Kill it, unless that is done, and wait until it is gone."""
        self.kill()
        await self.ended()

    async def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to stop, as an operator does, and hold it to its promise."""
        began = monotonic()
        self._process.send_signal(by)
        code = await self.ended()
        took = monotonic() - began
        assert code == 0, f"It ended with {code}.\n{self.output}"
        assert took < PROMISE, f"It took {took:.1f} s to stop.\n{self.output}"

    async def _read(self, stream: asyncio.StreamReader | None) -> None:
        assert stream is not None
        while line := await stream.readline():
            async with self._more:
                self._lines.append(line.decode())
                self._more.notify_all()

    async def _wait(self) -> int:
        code = await self._process.wait()
        await asyncio.gather(*self._readers)
        async with self._more:
            self._ended = True
            self._more.notify_all()
        return code


@asynccontextmanager
async def started(
    folder: Path,
    config: Path,
    moment: datetime | None = None,
    *,
    command: Sequence[str] = COMMAND,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[Process]:
    """Run `flashmob run`, from this moment on; nothing of it is left in the end."""
    told = [*command, "run", "--config", str(config)]
    if moment is not None:
        told += ["--rehearse-from", moment.isoformat()]
    clean = {name: value for name, value in os.environ.items() if name not in _OURS}
    process = Process(
        await asyncio.create_subprocess_exec(
            *told,
            cwd=folder,
            env={**clean, **(environment or {})},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=2**24,
        )
    )
    try:
        yield process
    finally:
        await process.killed()
