"""Sharing a case by section: one person proposes, another approves, and it ends when one says so.

A grant decides what is seen, never who must sign (rules.md 4). It is never widened or prolonged:
another grant takes its place, again by two people.
"""

from uuid import UUID, uuid4

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    Day,
    PartnershipChoice,
    ShareableSections,
    named,
)
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
)
from services.casework.joint.membership import fellow_members, is_lead, joint_review_of
from services.casework.joint.shared_fields import (
    Shared,
    SharedBasis,
    SharedPurpose,
    SharedSections,
    SharedUntil,
)
from services.database.cases import Case
from services.database.joint_reviews import CaseGrant, grants_of
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import (
    JointPart,
    end_of,
    last_day_before,
    must_be_shareable,
    must_end_in_time,
)
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class ProposeSharing(Command):
    """What another partnership of the joint review may read; a second person approves it."""

    partnership: PartnershipChoice = Field(title="Which partnership?")
    sections: SharedSections
    purpose: SharedPurpose
    lawful_basis: SharedBasis
    ends_on: SharedUntil


class SharingKept(Command):
    """What is kept of a proposal to share, with the partnership by its name."""

    partnership: str = Field(title="Which partnership?")
    sections: SharedSections
    purpose: SharedPurpose
    lawful_basis: SharedBasis
    ends_on: SharedUntil


class GrantKept(Command):
    """What is kept of an act on a grant: in words, since its id tells a reader nothing."""

    partnership: str = Field(title="Which partnership?")
    sections: ShareableSections = Field(title="Which sections?")
    ends_on: Day = Field(title="Until which day?")
    reasons: str = Field(title="Why?")


def propose_sharing(work: UnitOfWork, case_id: CaseId, command: ProposeSharing) -> Case:
    """Propose what a partnership of the joint review may read of this case (RR-29)."""
    case = begin(work, case_id, PROPOSE_SHARING, command)
    others = {one.tenant_id: one for one in fellow_members(work, case)}
    if command.partnership not in others:
        raise AnswerRefused("partnership", "Choose a partnership that takes part in the review.")
    name = known_partnerships(work.session)[command.partnership]
    part = others[command.partnership].part
    add_grant(work, case, command, command.partnership, part if is_lead(work, case) else None)
    kept = SharingKept(**(command.model_dump() | {"partnership": name}))
    record_entry_as(work, case, PROPOSE_SHARING, command, Entered(kept=kept))
    close_todos(work, case, Todo.SHOW_CASE, subject=str(command.partnership))
    return case


PROPOSE_SHARING = Act(
    name="propose_sharing",
    command=ProposeSharing,
    which="partnership",
    perform=propose_sharing,
    permission=Permission.SHARE_CASE,
    doing="propose to share it",
    stages=frozenset(Stage),
    entry=EntryType.SHARING_PROPOSED,
    kept=SharingKept,
    todo=Todo.EXTEND_SHARING,
    section=Section.INTERNAL,
)


def add_grant(
    work: UnitOfWork, case: Case, shared: Shared, to: UUID, part: JointPart | None = None
) -> CaseGrant:
    """Put a grant before the second person; with a part, it must hold what that part signs.

    Raises AnswerRefused beside the sections or the last day.
    """
    try:
        must_be_shareable(shared.sections, part or JointPart.CONSULTED)
    except RuleBroken as refused:
        raise AnswerRefused("sections", str(refused)) from None
    try:
        must_end_in_time(work.today, shared.ends_on)
    except RuleBroken as refused:
        raise AnswerRefused("ends_on", str(refused)) from None
    grant = CaseGrant(
        tenant_id=case.tenant_id,
        id=uuid4(),
        case_id=case.id,
        joint_review_id=joint_review_of(work, case),
        partnership_id=to,
        sections=sorted(shared.sections),
        purpose=shared.purpose,
        lawful_basis=shared.lawful_basis,
        granted_by=work.actor.person_id,
        granted_at=work.now,
        until_at=end_of(shared.ends_on),
    )
    work.session.add(grant)
    work.session.flush()
    open_todo(work, case, Todo.APPROVE_SHARING)
    part_of_key = EmailContext(todo=Todo.APPROVE_SHARING, part=str(grant.id))
    enqueue_email(work, case, EmailTrigger.SHARING_TO_APPROVE, part_of_key)
    return grant


def live_grants(work: UnitOfWork, case: Case) -> list[CaseGrant]:
    """Return the grants that are in force or wait for the second person, newest first."""
    return [one for one in grants_of(work.session, case.id) if one.revoked_at is None]


def named_grant(grants: list[CaseGrant], grant_id: UUID) -> CaseGrant:
    """Return the grant of these that the form names; raises AnswerRefused beside the question."""
    refused = AnswerRefused("grant", "This sharing no longer waits for anyone, or has ended.")
    return named(grants, grant_id, refused)


def grant_kept(work: UnitOfWork, grant: CaseGrant, reasons: str) -> GrantKept:
    """Return what is kept of an act on a grant: the partnership, the sections, the day."""
    return GrantKept(
        partnership=known_partnerships(work.session)[grant.partnership_id],
        sections=tuple(Section(one) for one in grant.sections),
        ends_on=last_day_before(grant.until_at),
        reasons=reasons,
    )
