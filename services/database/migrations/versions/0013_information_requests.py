"""Requests for information: what came, each step on one, the reply papers; all only added to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.database.migrations.protection import close_by_conflict, protect
from services.database.migrations.roles import APP

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "information_requests",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("requester", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind ~ '^[A-Za-z0-9_]+$'", name="information_requests_kind_is_a_code"),
        sa.CheckConstraint(
            "source ~ '^[A-Za-z0-9_]+$'", name="information_requests_source_is_a_code"
        ),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["cases.tenant_id", "cases.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "reference", name="one_request_of_a_reference"),
    )
    op.create_table(
        "information_request_papers",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["cases.tenant_id", "cases.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["information_requests.tenant_id", "information_requests.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    op.create_table(
        "information_request_steps",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("form_digest", sa.String(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("of_step", sa.Uuid(), nullable=True),
        sa.Column("of_by", sa.Uuid(), nullable=True),
        sa.Column(
            "words", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "event <> 'item_read' or of_by is not null and of_by <> added_by",
            name="two_people_decide_an_item",
        ),
        sa.CheckConstraint(
            "event ~ '^[A-Za-z0-9_]+$'", name="information_request_steps_event_is_a_code"
        ),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["cases.tenant_id", "cases.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "of_step", "of_by"],
            [
                "information_request_steps.tenant_id",
                "information_request_steps.id",
                "information_request_steps.added_by",
            ],
            name="a_step_is_about_a_step",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["information_requests.tenant_id", "information_requests.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "id", "added_by", name="one_maker_of_a_step"),
        sa.UniqueConstraint("tenant_id", "request_id", "number", name="one_step_of_a_number"),
    )
    op.add_column(
        "partnerships",
        sa.Column("requests_entered", sa.Integer(), server_default="0", nullable=False),
    )
    protect(
        "information_requests", {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"}
    )
    close_by_conflict("information_requests")
    protect(
        "information_request_papers",
        {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"},
    )
    close_by_conflict("information_request_papers")
    protect(
        "information_request_steps",
        {"keyline_app": "ra", "keyline_worker": "r", "keyline_backup": "r"},
    )
    close_by_conflict("information_request_steps")
    for table in (
        "information_requests",
        "information_request_papers",
        "information_request_steps",
    ):
        op.execute(
            f"create policy made_by_its_maker on {table} as restrictive for insert to {APP}"
            " with check (added_by = (select sec.person()))"
        )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
