"""For what somebody without an account is let in: an agency's part, or the learning event alone.

A release that does not know the column lets guests in for agencies, as the default says.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "guests",
        sa.Column("comes_for", sa.String(length=60), server_default="agency", nullable=False),
    )
    op.create_check_constraint(
        "guests_comes_for_is_a_code", "guests", "comes_for ~ '^[A-Za-z0-9_]+$'"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
