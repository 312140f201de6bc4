"""How each person gets their emails, and which emails wait for a digest or for a quiet time to end."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import protect

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "email_settings",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=60), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("way ~ '^[A-Za-z0-9_]+$'", name="email_settings_way_is_a_code"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "person_id"),
    )
    op.add_column(
        "outbox_emails", sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("outbox_emails", sa.Column("digest_id", sa.Uuid(), nullable=True))
    op.create_index(
        "emails_of_a_digest",
        "outbox_emails",
        ["tenant_id", "digest_id"],
        unique=False,
        postgresql_where=sa.text("digest_id is not null"),
    )
    op.create_index(
        "emails_that_wait",
        "outbox_emails",
        ["tenant_id", "waits_until"],
        unique=False,
        postgresql_where=sa.text("waits_until is not null"),
    )
    protect("email_settings", {"keyline_app": "raw", "keyline_worker": "r", "keyline_backup": "r"})


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
