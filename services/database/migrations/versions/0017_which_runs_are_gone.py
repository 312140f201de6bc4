"""Of which disposed cases the flow engine holds no run any more."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import protect

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gone_runs",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "disposal_id"], ["disposals.tenant_id", "disposals.id"]
        ),
        sa.PrimaryKeyConstraint("tenant_id", "disposal_id"),
    )
    protect("gone_runs", {"keyline_app": "r", "keyline_worker": "ra", "keyline_backup": "r"})


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
