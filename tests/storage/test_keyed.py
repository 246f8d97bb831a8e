"""What is kept by member is on one list, so that linking, forgetting and exporting miss none of it."""

from storage import database  # noqa: F401 - every table is made where it is used
from storage.keyed import BY_ACCOUNT, BY_MEMBER, BY_PERSON
from storage.schema import accounts, members, metadata

ADVICE = (
    "is kept by person: write it into storage/keyed.py, with what becomes of it when people are linked or forgotten"
)


def test_every_column_that_tells_of_whom_a_row_is_is_on_the_list() -> None:
    """Whoever adds a table with a member's or an account's id, or with a platform's key of somebody, is told here."""
    known = {keyed.column for keyed in BY_MEMBER} | {column for column, _ in BY_ACCOUNT} | set(BY_PERSON)
    found = {
        column
        for table in metadata.tables.values()
        for column in table.columns
        if column.name.endswith(("person_key", "member_id", "account_id"))
        or any(key.column in (members.c.id, accounts.c.id) for key in column.foreign_keys)
    }
    assert [f"{column} {ADVICE}" for column in sorted(found - known, key=str)] == []
    assert sorted(map(str, known - found)) == []
