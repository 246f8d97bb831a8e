"""Kept forms: each a row of its own, in place of one for each person and command."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # What was typed half an upgrade ago cannot be told apart, and buttons name it otherwise now.
    op.drop_table("drafts")
    op.create_table(
        "kept_forms",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("person_key", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("given", sa.JSON, nullable=False),
        sa.Column("errors", sa.JSON, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kept_forms_kept_at", "kept_forms", ["kept_at"])
    op.create_index("ix_kept_forms_platform_person_key", "kept_forms", ["platform", "person_key"])
