"""Changes of a joint review that one side proposed and that wait for the other side's answer."""

from dataclasses import dataclass
from uuid import UUID

from services.casework.commands import named
from services.casework.joint.arrival import received_from
from services.casework.joint.membership import fellow_members, is_lead
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.joint_reviews import JointMembership
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed change: whose it is, what is to change, for which joining partnership."""

    id: UUID
    partnership_id: UUID
    change: JointChange
    member_id: UUID
    part: JointPart | None
    person: str
    reasons: str


def other_side(work: UnitOfWork, case: Case, member_id: UUID) -> JointMembership | None:
    """Return the membership that must agree with ours on what concerns the joining partnership."""
    for one in fellow_members(work, case):
        if one.tenant_id == member_id or (member_id == case.tenant_id and one.is_lead):
            return one
    return None


def waiting_proposals(work: UnitOfWork, case: Case) -> list[Proposal]:
    """Return what waits for our answer: of each partnership that may propose, the newest."""
    answered = {one.subject for one in all_of(work.session, case.id, EntryType.CHANGE_ANSWERED)}
    leads = is_lead(work, case)
    others = {one.tenant_id for one in fellow_members(work, case) if leads or one.is_lead}
    newest = {
        one.partnership_id: one
        for entry in all_of(work.session, case.id, EntryType.CHANGE_RECEIVED)
        if (one := _received(case, entry, leads=leads)).partnership_id in others
    }
    return [one for one in newest.values() if str(one.id) not in answered]


def named_proposal(waiting: list[Proposal], proposal_id: UUID) -> Proposal:
    """Return the proposal that the form names; raises AnswerRefused beside the question."""
    refused = AnswerRefused("proposal", "This proposal no longer waits for an answer.")
    return named(waiting, proposal_id, refused)


def _received(case: Case, entry: Entry, *, leads: bool) -> Proposal:
    """Read a received proposal; it is about the side that joins."""
    proposal_id, partnership_id = received_from(entry.subject)
    said = entry.command
    return Proposal(
        id=proposal_id,
        partnership_id=partnership_id,
        change=JointChange(said["change"]),
        member_id=partnership_id if leads else case.tenant_id,
        part=JointPart(said["part"]) if said["part"] else None,
        person=said["person"],
        reasons=said["reasons"],
    )
