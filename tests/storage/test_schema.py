"""Moments, as they are kept."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import insert, select

from bot.errands import Ending
from storage import schema
from storage.database import Database

ZONES = some.sampled_from([UTC, *map(ZoneInfo, ("Europe/London", "Asia/Kathmandu", "America/St_Johns"))])
MOMENTS = some.datetimes(datetime(1970, 1, 2), datetime(2199, 1, 1), timezones=ZONES)


class Undo(Exception):
    """Raised so that the next example begins with an empty record."""


@given(moments=some.lists(MOMENTS, max_size=8))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_moments_come_back_in_utc_and_in_order(storage: Database, moments: list[datetime]) -> None:
    """To the microsecond, whichever zone they were written in, on both sides of every change of the clocks."""
    rest = {"errand": "", "drawing": "", "platform": "", "ending": Ending.SENT, "detail": ""}
    at = schema.deliveries.c.at
    kept: list[datetime] = []
    try:
        async with storage.writing() as transaction:
            for moment in moments:
                await transaction.connection.execute(insert(schema.deliveries), rest | {"at": moment})
            kept.extend(await transaction.connection.scalars(select(at).order_by(at)))
            raise Undo
    except Undo:
        pass
    assert [each.isoformat() for each in kept] == sorted(each.astimezone(UTC).isoformat() for each in moments)
