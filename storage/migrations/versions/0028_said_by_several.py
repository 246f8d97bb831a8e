"""Who has said the very same as an entry of a round keeps it when its author takes it back."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("entry_supports", sa.Column("wrote", sa.Boolean, nullable=False, server_default=sa.false()))
