"""Lost second factors: who asked that one be taken away, and what a second administrator said."""

import sqlalchemy as sa
from alembic import op

from services.database.migrations.protection import protect
from services.database.migrations.roles import APP

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lost_factors",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("is_yes", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answers is null) = (asked_by is null)", name="an_answer_says_who_asked"
        ),
        sa.CheckConstraint(
            "asked_by is null or asked_by <> added_by", name="two_people_clear_a_factor"
        ),
        sa.CheckConstraint("person_id <> added_by", name="nobody_clears_their_own_factor"),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "answers", "asked_by", "person_id"],
            [
                "lost_factors.tenant_id",
                "lost_factors.id",
                "lost_factors.added_by",
                "lost_factors.person_id",
            ],
            name="an_answer_names_what_it_answers",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "answers", name="one_answer_to_a_lost_factor"),
        sa.UniqueConstraint(
            "tenant_id", "id", "added_by", "person_id", name="one_maker_of_a_lost_factor"
        ),
    )
    protect("lost_factors", {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"})
    op.execute(
        f"create policy made_by_its_maker on lost_factors as restrictive for insert to {APP}"
        " with check (added_by = (select sec.person()))"
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
