"""Because of which request."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "due_work", sa.Column("request_id", sa.String(), server_default="", nullable=False)
    )
    op.add_column(
        "outbox_emails", sa.Column("request_id", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
