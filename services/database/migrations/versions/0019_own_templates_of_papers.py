"""A partnership's own Word templates, by version, and what a second person said of each."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import protect
from services.database.migrations.roles import APP

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_templates",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(key = '') = (sha256 = '')", name="a_template_is_whole"),
        sa.CheckConstraint("kind ~ '^[A-Za-z0-9_]+$'", name="paper_templates_kind_is_a_code"),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "id", "proposed_by", name="one_maker_of_a_template"),
        sa.UniqueConstraint("tenant_id", "kind", "version", name="templates_count_up"),
    )
    protect("paper_templates", {"keyline_app": "raw", "keyline_worker": "r", "keyline_backup": "r"})
    op.create_table(
        "paper_template_answers",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answered_by <> proposed_by", name="two_people_apply_a_template"),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"]),
        sa.ForeignKeyConstraint(
            ["tenant_id", "template_id", "proposed_by"],
            ["paper_templates.tenant_id", "paper_templates.id", "paper_templates.proposed_by"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "template_id"),
    )
    protect(
        "paper_template_answers",
        {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"},
    )
    op.execute(
        "create policy made_by_its_maker on paper_template_answers as restrictive for insert"
        f" to {APP} with check (answered_by = (select sec.person()))"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
