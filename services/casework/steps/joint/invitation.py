"""A partnership is invited to a joint review: why, in which part, who leads (RR-28, RR-29).

Each partnership writes rows of its own only. What the other side must have on record is done by
Keyline itself in the other side's own unit of work, once the act is kept.
"""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, PartnershipChoice
from services.casework.joint.default_lead import chosen_lead
from services.casework.joint.shared_fields import (
    SharedBasis,
    SharedPurpose,
    SharedSections,
    SharedUntil,
)
from services.casework.steps.joint.sharing import add_grant
from services.casework.steps.review_request.review_request import was_only_requested
from services.database.cases import Case
from services.database.joint_reviews import (
    JointInvitation,
    invitations_of,
    membership_of,
)
from services.database.shown import known_partnerships, replies_to
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Permission
from services.domain.workflow import Stage

_AREAS = ("partnership", "residence", "incident")


class Invite(Command):
    """Another partnership is asked to carry the review together with ours (RR-28, RR-29)."""

    partnership: PartnershipChoice = Field(title="Which partnership do you invite?")
    part: JointPart = Field(title="Which part shall it have?")
    reasons: LongText = Field(title="Why is the review joint?")
    residence: PartnershipChoice = Field(
        title="In whose area does the child usually live?",
        description="The framework: the area of usual residence normally leads (RR-28).",
    )
    incident: PartnershipChoice = Field(
        title="In whose area did the incident take place?",
        description="The Panel's later answers: the area of the incident is responsible. From "
        "which day that counts is our reading, which your policy fixes.",
    )
    lead: PartnershipChoice | None = Field(
        default=None,
        title="Which partnership leads?",
        description="It owns the national clocks, writes to the Panel and publishes. Where both "
        "areas are one partnership's you may leave this open: that one leads.",
    )
    lead_reasons: LongText = Field(title="Why does it lead?")
    sections: SharedSections
    purpose: SharedPurpose
    lawful_basis: SharedBasis
    ends_on: SharedUntil


class InvitationKept(Command):
    """What is kept of an invitation, with the partnerships by their names."""

    partnership: str = Field(title="Which partnership is invited?")
    part: JointPart = Field(title="Which part shall it have?")
    reasons: str = Field(title="Why is the review joint?")
    residence: str = Field(title="In whose area does the child usually live?")
    incident: str = Field(title="In whose area did the incident take place?")
    lead: str = Field(title="Which partnership leads?")
    lead_reasons: str = Field(title="Why does it lead?")
    sections: SharedSections
    purpose: SharedPurpose
    lawful_basis: SharedBasis
    ends_on: SharedUntil


def invite(work: UnitOfWork, case_id: CaseId, command: Invite) -> Case:
    """Ask another partnership to join; it hears of it once a second person approves the sharing."""
    case = begin(work, case_id, INVITE, command)
    known = known_partnerships(work.session)
    lead = _well_formed(work, case, command, known)
    _must_be_shareable_now(work, case, lead)
    _must_not_be_invited(work, case, command.partnership)
    grant = add_grant(work, case, command, command.partnership, command.part)
    work.session.add(
        JointInvitation(
            tenant_id=case.tenant_id,
            case_id=case.id,
            joint_review_id=grant.joint_review_id,
            partnership_id=command.partnership,
            grant_id=grant.id,
            part=command.part,
            reasons=command.reasons,
            residence_id=command.residence,
            incident_id=command.incident,
            lead_id=lead,
            lead_reasons=command.lead_reasons,
            invited_by=work.actor.person_id,
            invited_at=work.now,
        )
    )
    named = {one: known[getattr(command, one)] for one in _AREAS} | {"lead": known[lead]}
    kept = InvitationKept(**(command.model_dump() | named))
    record_entry_as(work, case, INVITE, command, Entered(kept=kept))
    return case


def may_be_shared(work: UnitOfWork, case: Case) -> bool:
    """Tell whether others may still join: before the rapid review ends, or one without any."""
    return case.stage is not Stage.COMMISSIONING or was_only_requested(work, case)


INVITE = Act(
    name="invite",
    command=Invite,
    which="partnership",
    perform=invite,
    permission=Permission.SHARE_CASE,
    doing="invite another partnership",
    stages=frozenset(
        {Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW, Stage.COMMISSIONING}
    ),
    is_offered=may_be_shared,
    entry=EntryType.PARTNERSHIP_INVITED,
    kept=InvitationKept,
    section=Section.INTERNAL,
)


def _well_formed(work: UnitOfWork, case: Case, command: Invite, known: dict[UUID, str]) -> UUID:
    """Return who leads; refuse a partnership that is not known, or that cannot take the place."""
    ours = work.actor.partnership_id
    for field in _AREAS:
        if getattr(command, field) not in known:
            raise AnswerRefused(field, "Choose one of the partnerships shown.")
    if command.partnership == ours:
        raise AnswerRefused("partnership", "Choose another partnership than your own.")
    areas = (command.residence, command.incident)
    names = (known[command.residence], known[command.incident])
    lead = chosen_lead(case, command.lead, areas, names)
    if lead not in {ours, command.partnership}:
        raise AnswerRefused("lead", "Choose your own partnership or the one that you invite.")
    return lead


def _must_be_shareable_now(work: UnitOfWork, case: Case, lead: UUID) -> None:
    """Refuse to share after the rapid review, and to have one led elsewhere that was asked for.

    There is no notification of it that another area could answer for: who was asked leads.
    """
    if not may_be_shared(work, case):
        raise StepNotOpen("The rapid review is over: others are invited before its decision.")
    if case.stage is Stage.COMMISSIONING and lead != work.actor.partnership_id:
        raise AnswerRefused("lead", "A review that was asked for is led where it was asked for.")


def _must_not_be_invited(work: UnitOfWork, case: Case, partnership_id: UUID) -> None:
    """Refuse a second invitation while one stands, and one by a side that does not lead."""
    membership = membership_of(work.session, case.id)
    if membership is not None and not membership.is_lead:
        raise RuleBroken("The partnership that leads the joint review invites others.")
    for sent in invitations_of(work.session, case.id):
        if sent.partnership_id != partnership_id or sent.withdrawn_at is not None:
            continue
        answers = {one.answer for one in replies_to(work.session, sent.id)}
        if JointAnswer.DECLINED not in answers:
            raise AlreadyDone("That partnership is invited already, or takes part.")
