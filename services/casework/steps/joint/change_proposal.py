"""A change of a joint review is proposed to the other side: another lead, another part, leaving.

Who leads, who takes part and in which part change in no other way than by agreement: a named person
of each side, with reasons; the lead's own unit of work then carries it out (rules.md 4).
"""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, PartnershipChoice
from services.casework.effects import place_order
from services.casework.joint.orders import DeliverChange
from services.casework.joint.proposals import other_side
from services.casework.steps.joint.lead_conditions import must_be_possible
from services.database.cases import Case
from services.database.joint_reviews import JointMembership, membership_of
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange, must_name_a_part
from services.domain.joint_reviews import JointPart
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step

OPEN_AT = frozenset(Stage) - {Stage.INVITED, Stage.EMBEDDING, Stage.CLOSED}


class ProposeChange(Command):
    """The lead and a joining partnership change the joint review by agreement (RR-28, RR-29)."""

    partnership: PartnershipChoice = Field(title="Which partnership is it about?")
    change: JointChange = Field(title="What shall change for it?")
    part: JointPart | None = Field(
        default=None,
        title="If it takes part in another way: which part shall it have?",
        description="Who must sign changes with the part: what is open is put to the partners "
        "again.",
    )
    reasons: LongText = Field(title="Why?")


class ChangeKept(Command):
    """What is kept of a proposed change, with the partnership by its name."""

    partnership: str = Field(title="Which partnership is it about?")
    change: JointChange = Field(title="What shall change for it?")
    part: JointPart | None = Field(default=None, title="Which part shall it have?")
    reasons: str = Field(title="Why?")


def propose_change(work: UnitOfWork, case_id: CaseId, command: ProposeChange) -> Case:
    """Propose a change to the other side; nothing changes before a person there agrees."""
    case = begin(work, case_id, PROPOSE_CHANGE, command)
    other = _must_concern_us(work, case, command.partnership)
    _must_name_a_part(work, case, command)
    must_be_possible(work, case, command.change, command.partnership, other.tenant_id)
    name = known_partnerships(work.session)[command.partnership]
    kept = ChangeKept(**(command.model_dump() | {"partnership": name}))
    entry = record_entry_as(work, case, PROPOSE_CHANGE, command, Entered(kept=kept))
    order = DeliverChange(
        entry_id=entry.id,
        joint_review_id=other.joint_review_id,
        partnership_id=other.tenant_id,
    )
    place_order(work, case_id, Step.NOTIFY, order)
    return case


PROPOSE_CHANGE = Act(
    name="propose_change",
    command=ProposeChange,
    which="partnership",
    perform=propose_change,
    permission=Permission.CHANGE_JOINT_REVIEW,
    doing="propose a change of the joint review",
    stages=OPEN_AT,
    entry=EntryType.CHANGE_PROPOSED,
    kept=ChangeKept,
    is_listed=False,
    section=Section.INTERNAL,
    is_joint=True,
)


def _must_concern_us(work: UnitOfWork, case: Case, member_id: UUID) -> JointMembership:
    """Return the membership of the side that must agree with ours."""
    own = membership_of(work.session, case.id)
    if own is None:
        raise RuleBroken("This case is not part of a joint review.")
    other = other_side(work, case, member_id)
    if other is None or own.is_lead is (member_id == case.tenant_id):
        raise AnswerRefused("partnership", "Choose one of the partnerships shown.")
    return other


def _must_name_a_part(work: UnitOfWork, case: Case, command: ProposeChange) -> None:
    own = membership_of(work.session, case.id)
    other = other_side(work, case, command.partnership)
    assert own is not None and other is not None  # noqa: S101, PT018 - asked by the caller
    now = own.part if command.partnership == case.tenant_id else other.part
    try:
        must_name_a_part(command.change, command.part, now)
    except RuleBroken as refused:
        raise AnswerRefused("part", str(refused)) from None
