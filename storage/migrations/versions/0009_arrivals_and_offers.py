"""Who came to an event, and seats that are held for the next in line."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table in ("events", "editions"):
        op.add_column(table, sa.Column("offered", sa.Integer, nullable=False, server_default="3"))
    op.add_column("rsvps", sa.Column("held", sa.BigInteger))
    held = sa.text("held IS NOT NULL")
    op.create_index("ix_rsvps_held", "rsvps", ["held"], sqlite_where=held, postgresql_where=held)
    op.create_table(
        "arrivals",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("event_id", NUMBER, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("guests", sa.Integer, sa.CheckConstraint("guests >= 0", name="guests"), nullable=False),
        sqlite_autoincrement=True,
    )
    known, unknown = sa.text("member_id IS NOT NULL"), sa.text("member_id IS NULL")
    for name, column, condition in (("member", "member_id", known), ("name", "name", unknown)):
        op.create_index(
            f"ix_arrivals_{name}",
            "arrivals",
            ["event_id", column],
            unique=True,
            sqlite_where=condition,
            postgresql_where=condition,
        )
