"""What operators did."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import close_by_conflict, protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operator_acts",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("act ~ '^[A-Za-z0-9_]+$'", name="operator_acts_act_is_a_code"),
        sa.CheckConstraint("outcome ~ '^[A-Za-z0-9_]+$'", name="operator_acts_outcome_is_a_code"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["cases.tenant_id", "cases.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    op.create_index(
        "operator_acts_of_a_batch", "operator_acts", ["tenant_id", "batch"], unique=False
    )
    op.create_index(
        "operator_acts_of_a_case", "operator_acts", ["tenant_id", "case_id"], unique=False
    )
    op.create_index(
        "operator_acts_of_a_subject", "operator_acts", ["tenant_id", "subject"], unique=False
    )
    protect("operator_acts", {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"})
    close_by_conflict("operator_acts")
    op.execute(
        "create policy made_by_its_maker on operator_acts as restrictive for insert to keyline_app"
        " with check (person_id = (select sec.person()))"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
