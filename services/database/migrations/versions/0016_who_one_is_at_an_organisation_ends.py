"""A person ends at the door what they are at an organisation; who is bound by hand is told."""

from alembic import op

from services.database.migrations.protection import grant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    grant("identities", {"keyline_sign_in": "w"})
    # At the door a person ends nobody's but their own, and changes nothing else of it.
    op.execute(
        "create policy ends_ones_own on identities for update to keyline_sign_in"
        " using (person_id = (select sec.person()) and ended_at is null)"
        " with check (person_id = (select sec.person()) and ended_at is not null)"
    )
    grant("account_notices", {"keyline_provisioning": "a"})
    op.execute(
        "create policy tells_its_owner on account_notices for insert to keyline_provisioning"
        " with check (true)"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
