"""Who is who in the sample rows, and when: the same six people and three channels on both platforms."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

NOW = datetime(2026, 9, 14, 16, 30, tzinfo=UTC)
EVENING = int(datetime(2026, 9, 17, 17, 30, tzinfo=UTC).timestamp())

PEOPLE = ("Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Mary Seacole", "Edsger Dijkstra")
CHANNELS = ("london", "birmingham", "general")
SLACK = {name: f"U0000000{n}A" for n, name in enumerate(PEOPLE, 1)}
SLACK_BOT = "U0000000BA"
LONDON, BIRMINGHAM, GENERAL = "C0000001A", "C0000002A", "C0000003A"
ADA_DIRECT = "D0000001A"

EPOCH = 1420070400000


def snowflake(moment: datetime, n: int = 0) -> str:
    """A Discord id that carries this moment."""
    return str((int(moment.timestamp() * 1000) - EPOCH << 22) + n)


START = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
DISCORD = {name: snowflake(START, n) for n, name in enumerate(PEOPLE, 1)}
DISCORD_BOT = snowflake(START, 20)
D_CHANNELS = {name: snowflake(START, 30 + n) for n, name in enumerate(CHANNELS)}
D_ADA_DIRECT = snowflake(START, 40)
