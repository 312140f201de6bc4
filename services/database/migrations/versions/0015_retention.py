"""How long records are kept, what holds them, and the ledger of what was disposed of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.database.migrations.protection import close_by_conflict, grant, protect
from services.database.migrations.roles import APP, WORKER
from services.domain.audit import INSTALLATION

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disposals",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disposed_case", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("record_class", sa.String(length=60), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("under", sa.Uuid(), nullable=True),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("links_sha256", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "record_class ~ '^[A-Za-z0-9_]+$'", name="disposals_record_class_is_a_code"
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "disposed_case", name="a_case_is_disposed_of_once"),
    )
    op.create_table(
        "disposal_papers",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind ~ '^[A-Za-z0-9_]+$'", name="disposal_papers_kind_is_a_code"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "disposal_id"],
            ["disposals.tenant_id", "disposals.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "disposal_id", "kind", name="one_paper_of_a_disposal"),
    )
    op.create_table(
        "disposed_files",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "disposal_id"],
            ["disposals.tenant_id", "disposals.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "key"),
    )
    op.create_table(
        "legal_holds",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("ground", sa.String(length=60), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_because", sa.String(), nullable=False),
        sa.CheckConstraint("ground ~ '^[A-Za-z0-9_]+$'", name="legal_holds_ground_is_a_code"),
        sa.CheckConstraint(
            "(released_at is null) = (released_by is null)", name="a_hold_is_released_by_somebody"
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["released_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["cases.tenant_id", "cases.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    op.create_index("legal_holds_of_a_case", "legal_holds", ["tenant_id", "case_id"], unique=False)
    op.create_table(
        "retention_proposals",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("record_class", sa.String(length=60), nullable=True),
        sa.Column("years", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("under", sa.Uuid(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("agreed", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(matter = 'keep') = (review_on is not null)", name="kept_until_a_day"),
        sa.CheckConstraint(
            "(matter = 'schedule') = (case_id is null)", name="a_schedule_is_general"
        ),
        sa.CheckConstraint(
            "(matter = 'schedule') = (years is not null)", name="a_schedule_has_years"
        ),
        sa.CheckConstraint(
            "matter ~ '^[A-Za-z0-9_]+$'", name="retention_proposals_matter_is_a_code"
        ),
        sa.CheckConstraint(
            "record_class ~ '^[A-Za-z0-9_]+$'", name="retention_proposals_record_class_is_a_code"
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["cases.tenant_id", "cases.id"],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.UniqueConstraint("tenant_id", "id", "proposed_by", name="one_maker_of_a_retention"),
    )
    op.create_index(
        "retention_proposals_of_a_case",
        "retention_proposals",
        ["tenant_id", "case_id"],
        unique=False,
    )
    op.create_table(
        "retention_answers",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answered_by <> proposed_by", name="two_people_say_how_long"),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["cases.tenant_id", "cases.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposal_id", "proposed_by"],
            [
                "retention_proposals.tenant_id",
                "retention_proposals.id",
                "retention_proposals.proposed_by",
            ],
        ),
        sa.PrimaryKeyConstraint("tenant_id", "proposal_id"),
    )
    op.add_column(
        "restorations", sa.Column("replayed_at", sa.DateTime(timezone=True), nullable=True)
    )
    protect_retention()


def protect_retention() -> None:
    """Protect the tables; nobody proposes, answers, or places or releases a hold for another."""
    read = {"keyline_app": "r", "keyline_worker": "r", "keyline_backup": "r"}
    protect("disposals", read)
    protect("disposal_papers", read | {"keyline_app": "ra", "keyline_worker": "ra"})
    protect("disposed_files", read | {"keyline_app": "rw", "keyline_worker": "rw"})
    protect("legal_holds", read | {"keyline_app": "raw"})
    protect("retention_proposals", read | {"keyline_app": "ra"})
    protect("retention_answers", read | {"keyline_app": "ra"})
    for table in ("legal_holds", "retention_proposals", "retention_answers"):
        close_by_conflict(table)
    me = "(select sec.person())"
    for table, who in (
        ("legal_holds", "placed_by"),
        ("retention_proposals", "proposed_by"),
        ("retention_answers", "answered_by"),
    ):
        op.execute(
            f"create policy made_by_its_maker on {table} as restrictive for insert to {APP}"
            f" with check ({who} = {me})"
        )
    op.execute(
        f"create policy released_by_its_releaser on legal_holds as restrictive for update to {APP}"
        f" using (released_at is null) with check (released_by = {me})"
    )
    own = f"((select sec.tenant()) = '{INSTALLATION}')"
    op.execute(
        f"create policy replays on restorations for update to {WORKER} using {own} with check {own}"
    )
    grant("restorations", {WORKER: "w"})


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
