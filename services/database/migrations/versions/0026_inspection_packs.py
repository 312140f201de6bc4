"""Inspection packs: each step on one, and the files made of it; all only added to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.database.migrations.protection import close_by_conflict, protect
from services.database.migrations.roles import APP

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection_steps",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=True),
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("of_step", sa.Uuid(), nullable=True),
        sa.Column("of_by", sa.Uuid(), nullable=True),
        sa.Column(
            "words", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "event <> 'partner_approved' or of_by is not null and of_by <> added_by",
            name="two_people_approve_a_pack",
        ),
        sa.CheckConstraint("event ~ '^[A-Za-z0-9_]+$'", name="inspection_steps_event_is_a_code"),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["cases.tenant_id", "cases.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "pack_id"],
            ["inspection_steps.tenant_id", "inspection_steps.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "of_step", "of_by"],
            ["inspection_steps.tenant_id", "inspection_steps.id", "inspection_steps.added_by"],
            name="a_pack_step_is_about_a_step",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "id", "added_by", name="one_maker_of_a_pack_step"),
        sa.UniqueConstraint("tenant_id", "pack_id", "number", name="one_pack_step_of_a_number"),
    )
    op.create_table(
        "inspection_files",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=True),
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("extension", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "pack_id"],
            ["inspection_steps.tenant_id", "inspection_steps.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    protect("inspection_steps", {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"})
    close_by_conflict("inspection_steps")
    protect("inspection_files", {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"})
    for table in ("inspection_steps", "inspection_files"):
        op.execute(
            f"create policy made_by_its_maker on {table} as restrictive for insert to {APP}"
            " with check (added_by = (select sec.person()))"
        )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
