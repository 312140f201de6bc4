"""What partnerships show each other, by policies that only read, and what a police mark hides."""

from pathlib import Path
from typing import Final

from alembic import op

from services.database.migrations.protection import hide_what_is_marked, show
from services.database.migrations.roles import APP, WORKER

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SHARING: Final = Path(__file__).parents[1] / "release_1" / "sharing.sql"
POLICE: Final = Path(__file__).parents[1] / "release_1" / "police.sql"
_CASE: Final = "case_id = any ((select sec.shown_cases())::uuid[])"
# Tables whose rows say their section, and tables that belong to one section as a whole.
WITH_SECTION: Final = ("entries", "documents", "sign_offs")
OF_SECTION: Final = {
    "children": "facts_and_family",
    "agency_requests": "scoping_returns",
    "actions": "action_plan",
}
# What shows words of a case, and when it is hidden. A look at a document is hidden with it, the
# children with the referral that told of them, and what holds the words of an entry with the entry.
_DOCUMENT: Final = "{} = any ((select sec.hidden_documents())::uuid[])"
_SAID: Final = "said && (select sec.hidden_entries())::uuid[]"
MARKED: Final = {
    "entries": ("id = any ((select sec.hidden_entries())::uuid[])",),
    "documents": (_DOCUMENT.format("id"), _SAID),
    "filed_words": (_SAID,),
    "viewings": (_DOCUMENT.format("document_id"),),
    "children": ("case_id = any ((select sec.hidden_referrals())::uuid[])",),
}
# The national clocks exist once, on the lead, and those of notifying are the duty of the authority
# that became aware, whoever leads: both are shown to all who take part (rules.md 4).
NATIONAL: Final = "('K1', 'K2', 'K10', 'K11', 'K12', 'K13')"
_OF_REVIEW: Final = "joint_review_id = any ((select sec.joint_reviews())::uuid[])"
# What was signed while we took part stays in sight, and who took part then.
_AS_IT_WAS: Final = "{} <= ((select sec.parts_taken()) ->> joint_review_id::text)::timestamptz"


def upgrade() -> None:
    op.execute(SHARING.read_text())
    op.execute(POLICE.read_text())
    for table, hidden in MARKED.items():
        hide_what_is_marked(table, *hidden)
    _marks_are_of_those_who_may_mark()
    _grants_are_made_by_who_makes_them()
    # Keyline itself settles what each side leaves for the other, and reads what that takes.
    both = f"{APP}, {WORKER}"
    for table in WITH_SECTION:
        show(table, f"{_CASE} and {_section('section')}", roles=both)
    for table, section in OF_SECTION.items():
        show(table, f"{_CASE} and {_section(repr(section))}")
    show("running_clocks", f"{_CASE} and clock in {NATIONAL}")
    show(
        "case_grants",
        "partnership_id = (select sec.tenant()) and approved_at is not null",
        roles=both,
    )
    show("joint_memberships", _OF_REVIEW, roles=both)
    show("joint_memberships", _AS_IT_WAS.format("from_at"), name="as_it_was", roles=both)
    show(
        "joint_invitations", f"partnership_id = (select sec.tenant()) and {_OF_REVIEW}", roles=both
    )
    show("joint_replies", "partnership_id = (select sec.tenant())", roles=both)
    # What a party says of a joint matter is read by its fellow members in its own words (GOV-11).
    show("sign_offs", _AS_IT_WAS.format("at"), name="of_review", roles=both)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")


def _section(of: str) -> str:
    return f"(case_id::text || ':' || {of}) = any ((select sec.shown_sections())::text[])"


def _grants_are_made_by_who_makes_them() -> None:
    """Refuse a grant that names somebody else as its maker, or arrives approved."""
    op.execute(
        "create policy made_by_its_maker on case_grants as restrictive for insert to keyline_app"
        " with check (granted_by = (select sec.person()) and approved_by is null"
        " and approved_at is null and revoked_at is null)"
    )


def _marks_are_of_those_who_may_mark() -> None:
    """Refuse a mark in somebody else's name, and its change by who is neither marker nor police."""
    own = "marked_by = (select sec.person())"
    op.execute(
        "create policy made_by_its_marker on police_marks as restrictive for insert to keyline_app"
        f" with check ({own} and lifted_at is null)"
    )
    op.execute(
        "create policy changed_by_its_marker on police_marks as restrictive for update to"
        f" keyline_app using ({own} or 'police' = any ((select sec.own_seats())::text[]))"
    )
