"""Who may see and change which rows: row-level security, narrow grants, the watching functions."""

from pathlib import Path

from alembic import op

from services.database.migrations import protection
from services.database.migrations.release_1.grants import OF_NO_PARTNERSHIP, OF_PARTNERSHIP
from services.database.migrations.roles import APP, BACKUP, PROVISIONING, SIGN_IN, WORKER
from services.domain.audit import INSTALLATION

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RELEASE_1 = Path(__file__).parents[1] / "release_1"
OF_NO_CASE = (
    "audit_anchors",
    "audit_checks",
    "audit_heads",
    "audit_links",
    "caught_emails",
    "contact_confirmations",
    "contacts",
    "delegations",
    "directory_endings",
    "duty_turns",
    "memberships",
    "organisations",
    "partnerships",
    "policy_adoptions",
    "policy_versions",
    "refusal_runs",
)
OWN_DECLARATION = "person_id = (select sec.person())"  # it says why the case is closed
OF_MEMBERS = "id in (select person_id from memberships)"
MADE_BY = {
    "organisations": "added_by",
    "contacts": "added_by",
    "directory_endings": "ended_by",
    "contact_confirmations": "confirmed_by",
    "duty_turns": "added_by",
    "policy_adoptions": "recorded_by",
    "policy_versions": "raised_by",
    "delegations": "added_by",
}


def upgrade() -> None:
    op.execute((RELEASE_1 / "signed_context.sql").read_text())
    for table, grants in OF_PARTNERSHIP.items():
        protection.protect(table, grants)
    for table, grants in OF_NO_PARTNERSHIP.items():
        protection.grant(table, grants)
    op.execute(f"grant select on alembic_version to {BACKUP}")
    op.execute(f"grant select on all sequences in schema public to {BACKUP}")
    protection.open_the_door()
    protect_people()
    protect_bank_holidays()
    protect_makers()
    protect_agencies()
    op.execute((RELEASE_1 / "blocked_cases.sql").read_text())
    for table in OF_PARTNERSHIP:
        if table not in {*OF_NO_CASE, "cases", "declarations"}:
            protection.close_by_conflict(table)
    protection.close_by_conflict("cases", column="id")
    protection.close_by_conflict("declarations", except_for=OWN_DECLARATION)
    protection.keep_to_its_author("drafts")
    for functions in ("watch.sql", "audit.sql", "drafts.sql", "guests.sql"):
        op.execute((RELEASE_1 / functions).read_text())


def protect_people() -> None:
    """A partnership sees the names of its members; what people sign in with is the door's alone."""
    for table in ("people", "credentials", "web_sessions"):
        protection.force(table)
    protection.show("people", OF_MEMBERS, name="of_members", roles=f"{APP}, {WORKER}")
    for table in ("people", "credentials"):
        protection.show(table, "true", name="at_the_door", roles=SIGN_IN)
    protection.show("people", "true", name="provisioned", roles=PROVISIONING)
    for table in ("people", "credentials"):
        op.execute(f"create policy adds on {table} for insert to {PROVISIONING} with check (true)")
    op.execute(
        f"create policy at_the_door on web_sessions to {SIGN_IN} using (true) with check (true)"
    )


def protect_bank_holidays() -> None:
    """Every genuine context reads them; a person writes in their own name, for the installation."""
    of_installation = f"(select sec.tenant()) = '{INSTALLATION}'"
    for table, writer in (("holiday_proposals", "proposed_by"), ("holiday_answers", "answered_by")):
        protection.force(table)
        genuine = "(select sec.tenant()) is not null"
        protection.show(table, genuine, name="of_the_platform", roles=f"{APP}, {WORKER}")
        own = f"{of_installation} and {writer} = (select sec.person())"
        op.execute(f"create policy adds on {table} for insert to {APP} with check ({own})")


def protect_makers() -> None:
    """Refuse what is put on record of the partnership itself in another person's name."""
    for table, writer in MADE_BY.items():
        own = f"{writer} = (select sec.person())"
        op.execute(
            f"create policy made_by_its_maker on {table} as restrictive for insert to {APP}"
            f" with check ({own})"
        )


def protect_agencies() -> None:
    """Let the application list organisations for a case, and no agency of the partnership.

    Who lists one does so in their own name, and who confirms its address too.
    """
    me = "(select sec.person())"
    lists = f"case_id is not null and listed_by = {me} and confirmed_by is null"
    sets = f"case_id is not null and (confirmed_by is null or confirmed_by = {me})"
    for name, rule in (
        ("lists", f"for insert to {APP} with check ({lists})"),
        ("sets", f"for update to {APP} using (case_id is not null) with check ({sets})"),
    ):
        op.execute(f"create policy {name} on agencies as restrictive {rule}")


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
