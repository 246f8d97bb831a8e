"""The audit trail, which is only ever added to."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = "id, at, platform, command, words, kind, subject, title, chapter_id, differences, origin"
NO = "the audit trail is only ever added to"


def upgrade() -> None:
    op.create_table(
        "deeds",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", NUMBER, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", NUMBER),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("chapter_id", NUMBER, sa.ForeignKey("chapters.id")),
        sa.Column("whom_id", NUMBER, sa.ForeignKey("members.id")),
        sa.Column("differences", sa.JSON, nullable=False),
        sa.Column("origin", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    for column in ("member_id", "chapter_id", "whom_id"):
        op.create_index(f"ix_deeds_{column}", "deeds", [column])
    op.create_index("ix_deeds_kind_subject", "deeds", ["kind", "subject"])
    if op.get_bind().dialect.name == "sqlite":
        for name, deed in (("change", f"UPDATE OF {KEPT}"), ("removal", "DELETE")):
            op.execute(
                f"CREATE TRIGGER deeds_refuse_{name} BEFORE {deed} ON deeds BEGIN SELECT RAISE(ABORT, '{NO}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION deeds_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{NO}'; END $$"
    )
    for name, deed in (("change", f"UPDATE OF {KEPT}"), ("removal", "DELETE OR TRUNCATE")):
        each = "FOR EACH STATEMENT EXECUTE FUNCTION deeds_refuse()"
        op.execute(f"CREATE TRIGGER deeds_refuse_{name} BEFORE {deed} ON deeds {each}")
