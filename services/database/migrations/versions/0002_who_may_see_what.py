"""Who may see and change which rows: row-level security, narrow grants, the watching functions."""

from pathlib import Path

from alembic import op

from services.database.migrations.protection import protect, show_own_memberships

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADDED_TO_ONLY = ("entries", "viewings", "sign_offs", "declarations", "caught_emails")
CHANGED = (
    "actions",
    "agencies",
    "agency_requests",
    "alerts",
    "assignments",
    "cases",
    "children",
    "documents",
    "due_work",
    "leases",
    "memberships",
    "outbox_emails",
    "partnerships",
    "reading_grants",
    "refusal_runs",
    "running_clocks",
)


def upgrade() -> None:
    for table in ADDED_TO_ONLY:
        protect(table, grants="select, insert")
    for table in CHANGED:
        protect(table)
    show_own_memberships()
    op.execute("grant select, insert, update on people to keyline_app")
    op.execute("grant select, insert, update, delete on web_sessions to keyline_app")
    op.execute("grant select, insert, update, delete on sign_in_attempts to keyline_app")
    op.execute("grant select, insert, update on ticks to keyline_app")
    op.execute((Path(__file__).parents[1] / "watch.sql").read_text())


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
