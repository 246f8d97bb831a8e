"""Given rows: texts of any kind arrive as they are, or not at all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from storage import schema
from storage.database import Database
from storage.given import given as given_rows
from storage.given import rows, values
from tests.storage.made import caller

TEXTS = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(
    texts=some.lists(TEXTS | some.sampled_from(["\\u0000", "'; DROP TABLE members; --", '{"name": 1}', "null", "1"])),
    number=some.integers(-(2**63), 2**63 - 1),
    flag=some.booleans(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_values_arrive_as_they_are(storage: Database, texts: list[str], number: int, flag: bool) -> None:
    """Text as text, numbers in full, truth as truth, nothing as nothing, in their order."""
    columns = schema.members.c.name, schema.accounts.c.id, schema.accounts.c.direct, schema.errands.c.place_key
    table = given_rows("told", *columns)
    told = rows({"name": text, "id": number, "direct": flag, "place_key": None} for text in texts)
    async with storage.reading() as transaction:
        arrived = (await transaction.connection.execute(select(table), {"told": told})).all()
    assert [tuple(row) for row in arrived] == [(text, number, flag, None) for text in texts]


def test_a_text_with_a_nul_is_refused() -> None:
    """No database keeps it, and SQLite would quietly cut the text there; what only looks like one is kept."""
    assert values(["\\u0000"]) == '[{"value":"\\\\u0000"}]'
    with pytest.raises(ValueError, match="the character NUL"):
        values(["An\0n"])


async def test_half_a_character_is_refused(storage: Database) -> None:
    """Rather than kept and never read again."""
    async with storage.writing() as transaction:
        with pytest.raises(Exception, match="surrogates not allowed"):
            await transaction.members.recognise([caller(1, "An\ud83dn")])
