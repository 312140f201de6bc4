"""A version of the policy waits for a second person, and has the day from which it holds."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import protect
from services.database.migrations.roles import APP

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("policy_versions", sa.Column("effective_on", sa.Date(), nullable=True))
    op.create_unique_constraint(
        "one_maker_of_a_policy", "policy_versions", ["tenant_id", "version", "raised_by"]
    )
    op.create_table(
        "policy_answers",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answered_by <> raised_by", name="two_people_apply_a_policy"),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"]),
        sa.ForeignKeyConstraint(
            ["tenant_id", "version", "raised_by"],
            [
                "policy_versions.tenant_id",
                "policy_versions.version",
                "policy_versions.raised_by",
            ],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "version"),
    )
    protect("policy_answers", {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"})
    op.execute(
        f"create policy made_by_its_maker on policy_answers as restrictive for insert to {APP}"
        " with check (answered_by = (select sec.person()))"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
