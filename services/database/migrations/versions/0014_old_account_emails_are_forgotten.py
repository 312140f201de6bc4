"""The sign-in role may forget emails to owners of accounts, and addresses to choose a password."""

from services.database.migrations.protection import grant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    grant("account_notices", {"keyline_sign_in": "d"})
    grant("password_resets", {"keyline_sign_in": "d"})


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
