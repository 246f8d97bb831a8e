"""Suggestions that their authors withdrew are told apart from prompts that organisers took out."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.execute(
        "UPDATE prompts SET state = 'withdrawn', decider_id = NULL "
        "WHERE state = 'removed' AND asked IS NULL AND decider_id = suggester_id"
    )
