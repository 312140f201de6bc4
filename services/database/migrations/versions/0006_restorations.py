"""That the database was restored, and whether its emails may leave again."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import force, grant, show
from services.database.migrations.roles import APP, OWNER, WORKER
from services.domain.audit import INSTALLATION

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BOTH = f"{APP}, {WORKER}"


def upgrade() -> None:
    op.create_table(
        "restorations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "found_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    force("restorations")
    show("restorations", "(select sec.tenant()) is not null", name="of_the_platform", roles=BOTH)
    own = f"((select sec.tenant()) = '{INSTALLATION}')"
    op.execute(
        f"create policy opens on restorations for update to {APP} using {own} with check {own}"
    )
    op.execute(f"create policy found on restorations for insert to {OWNER} with check (true)")
    grant("restorations", {"keyline_app": "rw", "keyline_worker": "r", "keyline_backup": "r"})


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
