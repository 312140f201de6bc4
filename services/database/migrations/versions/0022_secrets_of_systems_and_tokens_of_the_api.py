"""Secrets of systems and tokens of the API."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import force, grant
from services.database.migrations.roles import SIGN_IN

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("system_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("methods", sa.Text(), server_default="", nullable=False),
        sa.Column("provider", sa.Text(), server_default="", nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("challenge", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("kind ~ '^[A-Za-z0-9_]+$'", name="api_tokens_kind_is_a_code"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["system_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("token_sha256"),
    )
    op.create_index(op.f("ix_api_tokens_person_id"), "api_tokens", ["person_id"], unique=False)
    op.create_index(op.f("ix_api_tokens_system_id"), "api_tokens", ["system_id"], unique=False)
    op.create_table(
        "system_secrets",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("person_id"),
    )
    force("api_tokens")
    grant("api_tokens", {"keyline_sign_in": "rad", "keyline_backup": "r"})
    force("system_secrets")
    grant("system_secrets", {"keyline_sign_in": "raw", "keyline_backup": "r"})
    for table in ("api_tokens", "system_secrets"):
        op.execute(
            f"create policy at_the_door on {table} to {SIGN_IN} using (true) with check (true)"
        )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
