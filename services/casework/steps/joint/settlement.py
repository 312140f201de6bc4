"""What both sides agreed on is decided in the lead's own unit of work, and ordered from there."""

from dataclasses import dataclass
from uuid import UUID

from services.casework.effects import place_order
from services.casework.joint.orders import Agreement, CarryOutChange
from services.casework.joint.proposals import Proposal, other_side
from services.casework.steps.joint.lead_conditions import can_be_settled
from services.casework.steps.sign_off_rounds import all_agree, round_of
from services.database.cases import Case
from services.database.history import Entry
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import DECIDED_WITH, JointPart
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage, Step, move


@dataclass(frozen=True, slots=True)
class Agreed:
    """A change that both sides agreed on, by the id of its proposal."""

    proposal_id: UUID
    member_id: UUID
    change: JointChange
    part: JointPart | None
    agreement: Agreement


def agreed_with_us(work: UnitOfWork, asked: Proposal, reasons: str) -> Agreed:
    """Return what the acting person agrees to, with the names of both."""
    agreement = Agreement(
        proposed_by=asked.person,
        proposed_because=asked.reasons,
        agreed_by=person_named(work, work.actor.person_id),
        agreed_because=reasons,
        agreed_on=work.today,
    )
    return Agreed(asked.id, asked.member_id, asked.change, asked.part, agreement)


def agreed_with_them(
    work: UnitOfWork, proposal_id: UUID, member_id: UUID, agreed_by: str, because: str
) -> Agreed:
    """Return what the other side agreed to, of a proposal of ours, with the names of both."""
    proposed = work.session.get_one(Entry, (work.actor.partnership_id, proposal_id))
    said = proposed.command
    agreement = Agreement(
        proposed_by=person_named(work, proposed.person_id),
        proposed_because=said["reasons"],
        agreed_by=agreed_by,
        agreed_because=because,
        agreed_on=work.today,
    )
    part = JointPart(said["part"]) if said["part"] else None
    return Agreed(proposal_id, member_id, JointChange(said["change"]), part, agreement)


def person_named(work: UnitOfWork, person_id: UUID) -> str:
    """Return a person of ours as the other side reads it: by name, with our partnership's."""
    known = names(work.session, {person_id})
    return f"{known.get(person_id, 'A person who has left')}, {work.partnership.name}"


def settle(work: UnitOfWork, case: Case, agreed: Agreed) -> None:
    """Order what was agreed; where the lead changes, our own case stands back from now on.

    Between this and the new lead's own unit of work nothing of the review can be decided.
    """
    other = other_side(work, case, agreed.member_id)
    if other is None or not can_be_settled(case, agreed.change):
        return  # the case has moved on since it was proposed
    order = CarryOutChange(
        proposal_id=agreed.proposal_id,
        joint_review_id=other.joint_review_id,
        member_id=agreed.member_id,
        change=agreed.change,
        part=agreed.part,
        before=other.part,
        agreement=agreed.agreement,
        stage=case.stage,
        unsettled=unsettled_matters(work, case),
    )
    if agreed.change is JointChange.NEW_LEAD:
        case.stage = move(case.stage, Stage.JOINT_REVIEW)
        work.session.add(case)
    place_order(work, CaseId(case.id), Step.NOTIFY, order)


def unsettled_matters(work: UnitOfWork, case: Case) -> tuple[SignOffMatter, ...]:
    """Return the joint matters that were put to the partners and on which not all agree yet."""
    return tuple(
        matter
        for matter in DECIDED_WITH
        if round_of(work, case, matter) and not all_agree(work, case, matter)
    )
