"""What both sides agreed on is decided in the lead's own unit of work, and ordered from there."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.casework.effects import place_order
from services.casework.joint.arrival import subject_of
from services.casework.joint.orders import CarryOutChange
from services.casework.joint.proposals import Proposal, other_side
from services.casework.steps.joint.lead_conditions import can_be_settled
from services.casework.steps.joint.parts import unsettled_matters
from services.database.cases import Case
from services.database.history import Entry, last_entry
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.workflow import Stage, Step, move
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class Agreed:
    """A change that both sides agreed on, by the id of its proposal."""

    proposal_id: UUID
    member_id: UUID
    change: JointChange
    part: JointPart | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed on a change, when and why: a named person of each side (rules.md 4)."""

    proposed_by: str
    proposed_because: str
    agreed_by: str
    agreed_because: str
    agreed_on: date

    @property
    def words(self) -> dict[str, str]:
        """Return it as an entry holds it, the day as written in JSON."""
        return {**asdict(self), "agreed_on": self.agreed_on.isoformat()}


def agreed_with_us(asked: Proposal) -> Agreed:
    """Return what we agree to, of a proposal of the other side."""
    return Agreed(asked.id, asked.member_id, asked.change, asked.part)


def agreed_with_them(work: UnitOfWork, proposal_id: UUID, member_id: UUID) -> Agreed:
    """Return what the other side agreed to, of a proposal of ours."""
    said = work.session.get_one(Entry, (work.actor.partnership_id, proposal_id)).command
    part = JointPart(said["part"]) if said["part"] else None
    return Agreed(proposal_id, member_id, JointChange(said["change"]), part)


def agreement_on(work: UnitOfWork, case: Case, proposal_id: UUID, member_id: UUID) -> Agreement:
    """Return who agreed, in words, from the lead's own history: our proposal or theirs."""
    ours = last_entry(work.session, case.id, EntryType.CHANGE_ANSWERED, str(proposal_id))
    if ours is not None:
        received = subject_of(proposal_id, member_id)
        proposed = last_entry(work.session, case.id, EntryType.CHANGE_RECEIVED, received)
        assert proposed is not None  # noqa: S101 - what was answered was received
        by, agreed_by = proposed.command["person"], person_named(work, ours.person_id)
        answered = ours
    else:
        proposed = work.session.get_one(Entry, (work.actor.partnership_id, proposal_id))
        theirs = EntryType.CHANGE_ANSWER_RECEIVED
        reply = last_entry(work.session, case.id, theirs, str(proposal_id))
        assert reply is not None  # noqa: S101 - it is carried out once it was answered
        by, agreed_by = person_named(work, proposed.person_id), reply.command["person"]
        answered = reply
    return Agreement(
        proposed_by=by,
        proposed_because=proposed.command["reasons"],
        agreed_by=agreed_by,
        agreed_because=answered.command["reasons"],
        agreed_on=london_date(answered.at),
    )


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
        stage=case.stage,
        unsettled=unsettled_matters(work, case),
    )
    if agreed.change is JointChange.NEW_LEAD:
        case.stage = move(case.stage, Stage.JOINT_REVIEW)
        work.session.add(case)
    place_order(work, CaseId(case.id), Step.NOTIFY, order)
