"""What partnerships of a joint review show each other, and who is asked to show more.

Each grant is between two of them. A lead shows every other what its part reads, and each that
contributes shows the lead its case; where the lead changes, other grants are needed than before.
"""

from uuid import UUID

from services.casework.effects import open_todo
from services.casework.joint.membership import fellow_members
from services.database.cases import Case
from services.database.joint_reviews import JointMembership, grants_of, membership_of
from services.database.shown import shared_cases
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import Section
from services.domain.joint_reviews import JointPart, needed_sections
from services.domain.todos import Todo


def sections_shown(work: UnitOfWork, case: Case, to: UUID) -> frozenset[Section]:
    """Return what our case shows to the partnership now."""
    return frozenset(
        Section(section)
        for grant in grants_of(work.session, case.id)
        if grant.partnership_id == to
        and grant.approved_at is not None
        and grant.revoked_at is None
        and grant.until_at > work.now
        for section in grant.sections
    )


def sections_seen(work: UnitOfWork, joint_review_id: UUID, of: UUID) -> frozenset[Section]:
    """Return what the partnership shows us now of its case in the joint review."""
    return frozenset(
        section
        for one in shared_cases(work.session)
        if (one.tenant_id, one.joint_review_id) == (of, joint_review_id)
        for section in one.sections
    )


def ask_to_show(work: UnitOfWork, case: Case) -> None:
    """Ask our manager to show our case to each that cannot read what it must, now who leads.

    Two people share it, as always; until then who cannot read it is not asked to sign.
    """
    own = membership_of(work.session, case.id)
    for other in fellow_members(work, case) if own is not None else ():
        if own is not None and _lacks(work, case, own, other):
            open_todo(work, case, Todo.SHOW_CASE, subject=str(other.tenant_id))


def _lacks(work: UnitOfWork, case: Case, own: JointMembership, other: JointMembership) -> bool:
    shown = sections_shown(work, case, other.tenant_id)
    if own.is_lead:
        return not shown or not shown >= needed_sections(other.part)
    return other.is_lead and not shown and own.part.holds(JointPart.CONTRIBUTING)
