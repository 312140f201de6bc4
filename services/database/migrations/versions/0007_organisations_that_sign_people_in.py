"""Organisations that sign people in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.database.migrations.protection import force, grant, protect, show

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_providers",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("sealed_secret", sa.String(), nullable=False),
        sa.Column(
            "acr",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column(
            "amr",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column(
            "email_domains",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("longest_ago_minutes", sa.Integer(), nullable=False),
        sa.Column("session_minutes", sa.Integer(), nullable=False),
        sa.Column("tells_of_logout", sa.Boolean(), nullable=False),
        sa.Column(
            "added_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("code ~ '^[a-z0-9][a-z0-9-]{1,39}$'", name="code_of_a_provider"),
        sa.CheckConstraint("longest_ago_minutes > 0", name="a_sign_in_wears_out"),
        sa.CheckConstraint("session_minutes between 0 and 720", name="a_session_ends"),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("issuer", name="one_provider_of_an_issuer"),
    )
    op.create_table(
        "identities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("bound_by", sa.Uuid(), nullable=True),
        sa.Column(
            "since",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("issuer <> '' and subject <> ''", name="an_identity_is_named"),
        sa.ForeignKeyConstraint(
            ["bound_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_identities_person_id"), "identities", ["person_id"], unique=False)
    op.create_index(
        "one_person_of_an_identity",
        "identities",
        ["issuer", "subject"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "provider_partnerships",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column(
            "added_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["provider"],
            ["identity_providers.code"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "provider"),
    )
    op.add_column(
        "web_sessions", sa.Column("provider", sa.Text(), server_default="", nullable=False)
    )
    op.add_column(
        "web_sessions", sa.Column("provider_sid", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("web_sessions", sa.Column("identity_id", sa.Uuid(), nullable=True))
    op.add_column(
        "web_sessions", sa.Column("vouched_until", sa.DateTime(timezone=True), nullable=True)
    )
    force("identity_providers")
    grant(
        "identity_providers",
        {"keyline_sign_in": "r", "keyline_provisioning": "raw", "keyline_backup": "r"},
    )
    force("identities")
    grant(
        "identities",
        {"keyline_sign_in": "ra", "keyline_provisioning": "raw", "keyline_backup": "r"},
    )
    protect(
        "provider_partnerships",
        {
            "keyline_app": "r",
            "keyline_worker": "r",
            "keyline_sign_in": "r",
            "keyline_provisioning": "raw",
            "keyline_backup": "r",
        },
    )
    # They stand before the partnerships: people sign in before they choose one.
    both = "keyline_sign_in, keyline_provisioning"
    for table in ("identity_providers", "identities"):
        show(table, "true", name="at_the_door", roles=both)
    show("provider_partnerships", "ended_at is null", name="at_the_door", roles="keyline_sign_in")
    for table in ("identity_providers", "identities"):
        op.execute(
            f"create policy enters on {table} for insert to keyline_provisioning with check (true)"
        )
        op.execute(
            f"create policy changes on {table} for update to keyline_provisioning"
            " using (true) with check (true)"
        )
    # At the door a person binds nobody but themselves.
    op.execute(
        "create policy binds_oneself on identities for insert to keyline_sign_in"
        " with check (person_id = (select sec.person()))"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
