"""Changes of a joint review, settled on each side's own case: proposed, answered, carried out."""

from services.casework.effects import place_order
from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link, nothing_more
from services.casework.joint.membership import fellow_members
from services.casework.joint.orders import (
    CarryOutChange,
    DeliverChange,
    DeliverChangeAnswer,
    TellChange,
    TellWithdrawn,
)
from services.casework.steps.joint.change_answer import ChangeAnswerKept
from services.casework.steps.joint.change_arrivals import (
    ReceiveChange,
    ReceiveChangeAnswer,
    receive_change,
    receive_change_answer,
)
from services.casework.steps.joint.change_proposal import ChangeKept
from services.casework.steps.joint.changed import NoteChange, note_change
from services.casework.steps.joint.event_handed import review_to_hand_over
from services.casework.steps.joint.settlement import agreement_on, person_named
from services.casework.steps.joint.withdrawn import NoteWithdrawn, note_withdrawn
from services.database.cases import Case, get_case
from services.database.history import Entry
from services.database.joint_reviews import case_in_review, case_of_invitation
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.joint_changes import JointChange
from services.domain.workflow import Step


def deliver_change(context: JobContext, order: DeliverChange) -> Link:
    """Put the proposal before the side that must agree."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        said = ChangeKept.model_validate(entry.command)
        command = ReceiveChange(
            **said.model_dump(),
            person=person_named(ours, entry.person_id),
            proposal_id=entry.id,
            partnership_id=entry.tenant_id,
        )
    return on_their_case(context, order, receive_change, command)


def deliver_change_answer(context: JobContext, order: DeliverChangeAnswer) -> Link:
    """Put the answer on record where the proposal came from."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        said = ChangeAnswerKept.model_validate(entry.command)
        command = ReceiveChangeAnswer(
            person=person_named(ours, entry.person_id),
            answer=said.answer,
            reasons=said.reasons,
            proposal_id=entry.subject,
            partnership_id=entry.tenant_id,
        )
    return on_their_case(context, order, receive_change_answer, command)


def carry_out_change(context: JobContext, order: CarryOutChange) -> Link:
    """Carry out what was agreed where it is about, then on the lead's case; the rest are told."""
    with context.transaction() as ours:
        case = get_case(ours.session, context.case_id)
        is_new_lead = order.change is JointChange.NEW_LEAD
        handed = review_to_hand_over(ours, case) if is_new_lead else None
        command = _noted(ours, case, order)
    with context.elsewhere(PartnershipId(order.member_id)) as theirs:
        case_id = case_in_review(theirs.session, order.joint_review_id)
        if case_id is not None:
            note_change(theirs, CaseId(case_id), command, handed)

    def link(work: UnitOfWork) -> None:
        case = get_case(work.session, context.case_id)
        for other in fellow_members(work, case):
            if other.tenant_id != order.member_id:
                told = TellChange(
                    joint_review_id=order.joint_review_id,
                    partnership_id=other.tenant_id,
                    made=order,
                )
                place_order(work, context.case_id, Step.NOTIFY, told)
        note_change(work, context.case_id, command)

    return link


def tell_change(context: JobContext, order: TellChange) -> Link:
    """Tell a partnership that takes part what two others agreed on."""
    with context.transaction() as ours:
        command = _noted(ours, get_case(ours.session, context.case_id), order.made)
    return on_their_case(context, order, note_change, command)


def tell_withdrawn(context: JobContext, order: TellWithdrawn) -> Link:
    """Tell the partnership that was invited; one that was not told of the invitation hears none."""
    with context.transaction() as ours:
        name = ours.partnership.name
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        case_id = case_of_invitation(theirs.session, order.invitation_id)
        if case_id is not None:
            command = NoteWithdrawn(partnership=name, invitation_id=order.invitation_id)
            note_withdrawn(theirs, CaseId(case_id), command)
    return nothing_more


CHANGING: JobHandlers = {
    TellWithdrawn: tell_withdrawn,
    DeliverChange: deliver_change,
    DeliverChangeAnswer: deliver_change_answer,
    CarryOutChange: carry_out_change,
    TellChange: tell_change,
}


def _noted(work: UnitOfWork, case: Case, made: CarryOutChange) -> NoteChange:
    """Return the change in words, from the history of the case that leads."""
    said = agreement_on(work, case, made.proposal_id, made.member_id).words
    return NoteChange(
        partnership=known_partnerships(work.session)[made.member_id],
        change=made.change,
        part=made.part,
        **said,
        made=made,
    )
