"""Which joint review a case is part of, who else takes part in it, and who leads it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from services.database.cases import Case
from services.database.history import all_of, has_entry_since
from services.database.joint_reviews import (
    JointMembership,
    invitations_of,
    membership_of,
    newest_membership,
)
from services.database.shown import (
    asked_to_join,
    known_partnerships,
    members,
    members_at_the_end,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import DECIDED_WITH, JointPart
from services.domain.sign_off import OPENED_BY, SignOffMatter


def joint_review_of(work: UnitOfWork, case: Case) -> UUID:
    """Return the id of the case's joint review: the one it is in or asked for, else a new one."""
    membership = membership_of(work.session, case.id)
    if membership is not None:
        return membership.joint_review_id
    sent = invitations_of(work.session, case.id)
    return sent[0].joint_review_id if sent else uuid4()


def fellow_members(work: UnitOfWork, case: Case) -> Sequence[JointMembership]:
    """Return the other partnerships that take part in the case's joint review now."""
    membership = membership_of(work.session, case.id)
    if membership is None:
        return ()
    found = members(work.session, membership.joint_review_id)
    return [one for one in found if one.tenant_id != case.tenant_id]


def fellows_of(work: UnitOfWork, case: Case) -> list[tuple[PartnershipId, CaseId]]:
    """Return which other partnerships carry or carried the review with us, each with its case."""
    part = newest_membership(work.session, case.id)
    found = () if part is None else members_with(work, part)
    return [
        (PartnershipId(one.tenant_id), CaseId(one.case_id))
        for one in found
        if one.tenant_id != case.tenant_id
    ]


def part_in_matter(work: UnitOfWork, case: Case, matter: SignOffMatter) -> JointMembership | None:
    """Return the case's part in the joint review that carries the matter: of today, or as it was.

    What was signed together stays so when the joint part has ended. A matter that the case has put
    to its own partners since then is its own, and one that a lead that was left alone put again.
    """
    if matter not in DECIDED_WITH:
        return None
    part = newest_membership(work.session, case.id)
    if part is None or part.until_at is None:
        return part
    is_own = has_entry_since(work.session, case.id, OPENED_BY[matter], part.until_at)
    turned = all_of(work.session, case.id, EntryType.ROUND_TURNED)
    is_own |= any(one.subject == matter and one.at >= part.until_at for one in turned)
    return None if is_own else part


def members_with(work: UnitOfWork, part: JointMembership) -> Sequence[JointMembership]:
    """Return who takes part in that review, the lead first: today, or when our part ended."""
    if part.until_at is None:
        return members(work.session, part.joint_review_id)
    return members_at_the_end(work.session, part)


def decides_since(
    work: UnitOfWork, case: Case, member: JointMembership, matter: SignOffMatter
) -> datetime:
    """Return since when a member decides a joint matter: always, unless it was asked to join.

    One that had a lesser part first decides since its part was changed.
    """
    asked = asked_to_join(work.session, member)
    if asked is None:
        return datetime.min.replace(tzinfo=UTC)
    least, part, since = DECIDED_WITH[matter], asked.part, member.from_at
    name = known_partnerships(work.session).get(member.tenant_id)
    for told in all_of(work.session, case.id, EntryType.JOINT_REVIEW_CHANGED):
        change = told.command["change"]
        is_about = told.command["partnership"] == name and change != JointChange.LEAVES
        if not is_about or told.at < member.from_at:
            continue
        leads = change == JointChange.NEW_LEAD
        after = JointPart.JOINTLY_PUBLISHING if leads else JointPart(told.command["part"])
        if after.holds(least) and not part.holds(least):
            since = told.at
        part = after
    return since


def is_lead(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case leads its joint review."""
    membership = membership_of(work.session, case.id)
    return membership is not None and membership.is_lead


def join(
    work: UnitOfWork, case: Case, joint_review_id: UUID, part: JointPart, *, is_lead: bool
) -> JointMembership:
    """Make the case part of a joint review, with the seats that its partnership has today."""
    membership = JointMembership(
        tenant_id=case.tenant_id,
        case_id=case.id,
        joint_review_id=joint_review_id,
        part=part,
        is_lead=is_lead,
        parties=[
            {"seat": party.seat, "authority": party.authority} for party in work.partnership.parties
        ],
        from_at=work.now,
    )
    work.session.add(membership)
    work.session.flush()
    return membership
