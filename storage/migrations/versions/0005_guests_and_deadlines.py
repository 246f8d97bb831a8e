"""Events with an end, a deadline for answers, a question and guests."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in ("events", "editions"):
        op.add_column(table, sa.Column("finish", MOMENT))
        op.add_column(table, sa.Column("closes", MOMENT))
        op.add_column(table, sa.Column("question", sa.Text, nullable=False, server_default=sa.text("''")))
        op.add_column(table, sa.Column("guests", sa.Integer, nullable=False, server_default="0"))
    op.add_column("rsvps", sa.Column("guests", sa.Integer, nullable=False, server_default="0"))
    op.add_column("rsvps", sa.Column("note", sa.Text, nullable=False, server_default=sa.text("''")))
