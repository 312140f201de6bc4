"""The views of lists that people keep, each its keeper's alone."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import keep_to_its_author, protect

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("of_list", sa.String(), nullable=False),
        sa.Column("narrowed", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    op.create_index("views_of_a_person", "saved_views", ["tenant_id", "person_id"], unique=False)
    protect("saved_views", {"keyline_app": "rawd", "keyline_backup": "r"})
    keep_to_its_author("saved_views")


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
