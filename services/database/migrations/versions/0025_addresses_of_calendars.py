"""Addresses at which other programs read a person's calendar, by their hashes."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import force, grant
from services.database.migrations.roles import SIGN_IN

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("address_sha256", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("methods", sa.Text(), server_default="", nullable=False),
        sa.Column("provider", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind ~ '^[A-Za-z0-9_]+$'", name="calendar_feeds_kind_is_a_code"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("address_sha256"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(
        op.f("ix_calendar_feeds_person_id"), "calendar_feeds", ["person_id"], unique=False
    )
    force("calendar_feeds")
    grant("calendar_feeds", {"keyline_sign_in": "rawd", "keyline_backup": "r"})
    op.execute(
        f"create policy at_the_door on calendar_feeds to {SIGN_IN} using (true) with check (true)"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
