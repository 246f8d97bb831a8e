"""Drafts that were discarded are told apart from events that were called off: no card of theirs was ever promised."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.execute(
        "UPDATE events SET state = 'discarded' WHERE state = 'cancelled' "
        "AND 'event%20card?event=' || CAST(id AS TEXT) NOT IN (SELECT drawing FROM errands)"
    )
