"""Where systems are told by webhook, and each message, until it is taken."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.database.migrations.protection import close_by_conflict, protect

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "webhooks",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("events", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_before", sa.LargeBinary(), nullable=True),
        sa.Column("before_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answered_by <> added_by", name="two_people_enter_a_webhook"),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"]),
        sa.ForeignKeyConstraint(
            ["tenant_id", "membership_id"], ["memberships.tenant_id", "memberships.id"]
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    op.create_index("webhooks_of_a_system", "webhooks", ["tenant_id", "membership_id"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.String(length=60), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vain", sa.Integer(), nullable=False),
        sa.Column(
            "tries", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.CheckConstraint("event ~ '^[A-Za-z0-9_]+$'", name="webhook_deliveries_event_is_a_code"),
        sa.CheckConstraint(
            "standing ~ '^[A-Za-z0-9_]+$'", name="webhook_deliveries_standing_is_a_code"
        ),
        sa.ForeignKeyConstraint(["tenant_id", "case_id"], ["cases.tenant_id", "cases.id"]),
        sa.ForeignKeyConstraint(["tenant_id", "webhook_id"], ["webhooks.tenant_id", "webhooks.id"]),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    op.create_index("deliveries_of_a_case", "webhook_deliveries", ["tenant_id", "case_id"])
    op.create_index(
        "deliveries_of_a_webhook", "webhook_deliveries", ["tenant_id", "webhook_id", "at"]
    )
    op.create_index(
        "deliveries_to_make",
        "webhook_deliveries",
        ["tenant_id", "next_at"],
        postgresql_where=sa.text("standing = 'waits'"),
    )
    protect("webhooks", {"keyline_app": "raw", "keyline_worker": "r", "keyline_backup": "r"})
    protect(
        "webhook_deliveries",
        {"keyline_app": "raw", "keyline_worker": "raw", "keyline_backup": "r"},
    )
    close_by_conflict("webhook_deliveries")


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
