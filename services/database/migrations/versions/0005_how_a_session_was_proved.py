"""How a session was proved, with what device, and by which name its owner ends it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The database gives each default: the release before adds sessions without these columns.
    op.add_column(
        "web_sessions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
    )
    op.create_unique_constraint(None, "web_sessions", ["id"])
    for name in ("methods", "device"):
        op.add_column("web_sessions", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column(
        "web_sessions",
        sa.Column(
            "proved_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
