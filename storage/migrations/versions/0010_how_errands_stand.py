"""How errands stand: whom they are for, what they are about, and how the last attempt ended."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

EMPTY = sa.text("''")


def upgrade() -> None:
    op.add_column("errands", sa.Column("people", sa.Text, nullable=False, server_default=EMPTY))
    op.add_column("errands", sa.Column("subject", sa.Text, nullable=False, server_default=EMPTY))
    op.add_column("errands", sa.Column("ending", sa.String(20)))
    op.add_column("errands", sa.Column("ended_at", sa.DateTime(timezone=True)))
    op.add_column("errands", sa.Column("detail", sa.Text, nullable=False, server_default=EMPTY))
    _what_those_promised_before_are_about()
    op.create_index("ix_errands_subject", "errands", ["subject"])
    op.create_index("ix_deliveries_at", "deliveries", ["at"])


def _what_those_promised_before_are_about() -> None:
    """A drawing's code gives it first: `event card?event=42&…`."""
    errands = sa.table("errands", sa.column("id"), sa.column("drawing"), sa.column("subject"))
    connection = op.get_bind()
    for number, drawing in connection.execute(sa.select(errands.c.id, errands.c.drawing)).all():
        subject = drawing.partition("?")[2].partition("&")[0]
        connection.execute(sa.update(errands).where(errands.c.id == number).values(subject=subject))
