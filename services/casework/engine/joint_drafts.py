"""A draft between partnerships: told to who contributes, who tells what practitioners say of it.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.draft_orders import DeliverFeedback, TellDraft
from services.casework.steps.joint.draft_told import (
    NoteLeadsDraft,
    ReceiveFeedback,
    note_leads_draft,
    receive_feedback,
)
from services.casework.steps.learning_event.feedback_elsewhere import RemarkElsewhere
from services.casework.steps.learning_event.feedback_there import FeedbackThereKept
from services.database.history import Entry
from services.database.partnerships import agency_names


def tell_draft(context: JobContext, order: TellDraft) -> Link:
    """Put on record over there that a version of the draft is submitted; of its words nothing."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        command = NoteLeadsDraft(
            partnership=ours.partnership.name, version=int(entry.subject), entry_id=entry.id
        )
    return on_their_case(context, order, note_leads_draft, command)


def deliver_feedback(context: JobContext, order: DeliverFeedback) -> Link:
    """Put what our practitioners say on the lead's record, by agency and post."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        said, named = FeedbackThereKept.model_validate(entry.command), agency_names(ours.session)
        command = ReceiveFeedback(
            partnership=ours.partnership.name,
            version=said.version,
            agencies=", ".join(named[one] for one in said.agencies),
            shared=said.shared,
            remarks=tuple(
                RemarkElsewhere(agency=named[one.agency], post=one.post, remark=one.remark)
                for one in said.remarks
            ),
            no_remark=said.no_remark,
            practice=said.practice,
            not_asked=said.not_asked,
            entry_id=entry.id,
            partnership_id=entry.tenant_id,
        )
    return on_their_case(context, order, receive_feedback, command)


DRAFTS: JobHandlers = {TellDraft: tell_draft, DeliverFeedback: deliver_feedback}
