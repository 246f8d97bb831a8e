"""A bot that is killed: what was kept is there, what was not is not, and the next one just works."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database import database
from storage.hold import hold
from tests.storage.made import LEASE, NOW, SECOND, SLACK, caller, card

ROOT = Path(__file__).parents[2]

# It keeps one member after the other and tells of each; it is killed in the middle of that, holding an errand.
VICTIM = """
import asyncio, sys
from storage.database import database
from storage.hold import hold
from tests.storage.made import LEASE, NOW, SLACK, caller, card

async def live(url):
    with hold(url) as alone:
        async with database(url, alone=alone) as storage:
            async with storage.writing() as transaction:
                await transaction.errands.refresh([card()], NOW)
            async with storage.writing() as transaction:
                await transaction.errands.claim(SLACK, NOW, LEASE, 9, 9, [])
            for number in range(10_000):
                async with storage.writing() as transaction:
                    await transaction.members.recognise([caller(number)])
                print(number, flush=True)

asyncio.run(live(sys.argv[1]))
"""


@pytest.mark.parametrize("lives", [3, 40])
async def test_a_killed_bot_has_kept_what_it_said_it_kept(database_url: str, lives: int) -> None:
    """Everything that it told of is on record, and of what it did not, at most the very next; others carry on."""
    told = _live_and_die(database_url, lives)
    with hold(database_url) as alone:
        async with database(database_url, alone=alone) as storage:
            async with storage.reading() as transaction:
                met = [await transaction.members.find(caller(number).person) for number in range(len(told) + 2)]
            async with storage.writing() as transaction:
                # On PostgreSQL others may be alive, so that its lease has to pass.
                now = NOW + SECOND if alone else NOW + LEASE
                (errand,) = await transaction.errands.claim(SLACK, now, LEASE, 9, 9, [])
    kept = [account is not None for account in met]
    assert told == list(range(len(told)))
    assert kept in ([True] * len(told) + [False] * 2, [True] * (len(told) + 1) + [False])
    assert (errand.key, errand.doubtful, errand.tries) == (card().key, NOW, 1)


def _live_and_die(url: str, lives: int) -> list[int]:
    """What a bot told of before it was killed."""
    with subprocess.Popen([sys.executable, "-c", VICTIM, url], cwd=ROOT, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        told = [int(victim.stdout.readline()) for _ in range(lives)]
        victim.send_signal(signal.SIGKILL)
        return told + [int(line) for line in victim.stdout]
