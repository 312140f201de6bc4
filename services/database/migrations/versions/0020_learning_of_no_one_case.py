"""Looks at trends, national publications, and what was made of each: all only added to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.database.migrations.protection import protect
from services.database.migrations.roles import APP

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learning_records",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column(
            "words", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("event ~ '^[A-Za-z0-9_]+$'", name="learning_records_event_is_a_code"),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"]),
        sa.ForeignKeyConstraint(
            ["tenant_id", "about"], ["learning_records.tenant_id", "learning_records.id"]
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "number", name="one_learning_record_of_a_number"),
    )
    protect("learning_records", {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"})
    op.execute(
        f"create policy made_by_its_maker on learning_records as restrictive for insert to {APP}"
        " with check (added_by = (select sec.person()))"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
