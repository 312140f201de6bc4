"""How somebody proves who they are."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import force, grant
from services.database.migrations.roles import SIGN_IN

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Only the sign-in role reads and writes them, for whoever stands at the door.
AT_THE_DOOR = (
    "account_notices",
    "begun_sign_ins",
    "code_apps",
    "passkey_challenges",
    "passkeys",
    "password_resets",
    "recovery_codes",
)


def upgrade() -> None:
    op.create_table(
        "passkey_challenges",
        sa.Column("holder_sha256", sa.String(), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("holder_sha256"),
    )
    op.create_table(
        "account_notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("what ~ '^[A-Za-z0-9_]+$'", name="account_notices_what_is_a_code"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_account_notices_person_id"), "account_notices", ["person_id"], unique=False
    )
    op.create_table(
        "begun_sign_ins",
        sa.Column("carried_sha256", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "begun_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("carried_sha256"),
    )
    op.create_index(
        op.f("ix_begun_sign_ins_person_id"), "begun_sign_ins", ["person_id"], unique=False
    )
    op.create_table(
        "code_apps",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column(
            "added_at",
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
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column(
            "added_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential_id"),
    )
    op.create_index(op.f("ix_passkeys_person_id"), "passkeys", ["person_id"], unique=False)
    op.create_table(
        "password_resets",
        sa.Column("address_sha256", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("address_sha256"),
    )
    op.create_index(
        op.f("ix_password_resets_person_id"), "password_resets", ["person_id"], unique=False
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_recovery_codes_person_id"), "recovery_codes", ["person_id"], unique=False
    )
    force("passkey_challenges")
    grant("passkey_challenges", {"keyline_sign_in": "rad", "keyline_backup": "r"})
    force("account_notices")
    grant("account_notices", {"keyline_sign_in": "raw", "keyline_backup": "r"})
    force("begun_sign_ins")
    grant("begun_sign_ins", {"keyline_sign_in": "rad", "keyline_backup": "r"})
    force("code_apps")
    grant("code_apps", {"keyline_sign_in": "rawd", "keyline_backup": "r"})
    force("passkeys")
    grant("passkeys", {"keyline_sign_in": "rawd", "keyline_backup": "r"})
    force("password_resets")
    grant("password_resets", {"keyline_sign_in": "raw", "keyline_backup": "r"})
    force("recovery_codes")
    grant("recovery_codes", {"keyline_sign_in": "rawd", "keyline_backup": "r"})
    for table in AT_THE_DOOR:
        op.execute(
            f"create policy at_the_door on {table} to {SIGN_IN} using (true) with check (true)"
        )
    # A password is changed by its owner at the door, where it was only compared before.
    grant("credentials", {"keyline_sign_in": "w"})
    op.execute(
        f"create policy changed on credentials for update to {SIGN_IN} using (true) with check (true)"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
