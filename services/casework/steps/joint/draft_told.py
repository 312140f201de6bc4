"""The lead's draft is told to who contributes, and what practitioners say of it to the lead.

Acts of Keyline itself, on our own rows, once the other side's act is kept.
"""

from uuid import UUID

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import part_of
from services.casework.effects import open_todo
from services.casework.joint.arrival import begin_arrival, subject_of
from services.casework.joint.telling_draft import deliver_feedback
from services.casework.steps.learning_event.feedback_elsewhere import FeedbackElsewhere
from services.casework.steps.learning_event.leads_draft import LeadsDraft
from services.casework.steps.learning_event.leads_event import leads_event, who_came_there
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class NoteLeadsDraft(LeadsDraft):
    """The lead's draft, by the id of its entry."""

    entry_id: UUID


class ReceiveFeedback(FeedbackElsewhere):
    """What was said of our draft elsewhere, by the id of its entry and whose it is."""

    entry_id: UUID
    partnership_id: UUID


def note_leads_draft(work: UnitOfWork, case_id: CaseId, command: NoteLeadsDraft) -> Case:
    """Ask our manager to have practitioners of ours asked about it, where any took part."""
    subject = str(command.entry_id)
    case, is_known = begin_arrival(work, case_id, NOTE_LEADS_DRAFT, subject)
    if is_known or case.stage is not Stage.JOINT_REVIEW:
        return case
    entered = Entered(subject=subject, kept=part_of(command, LeadsDraft))
    record_entry_as(work, case, NOTE_LEADS_DRAFT, command, entered)
    has_said = bool(facts(work.session, case.id, EntryType.FEEDBACK_THERE))
    if not has_said and _may_have_taken_part(work, case):
        open_todo(work, case, Todo.HEAR_OF_DRAFT)
    return case


NOTE_LEADS_DRAFT = Act(
    name="note_leads_draft",
    command=NoteLeadsDraft,
    perform=note_leads_draft,
    permission=Permission.CARRY_CASES,
    doing="note the lead's draft",
    stages=frozenset(Stage),
    entry=EntryType.LEADS_DRAFT_TOLD,
    kept=LeadsDraft,
    is_listed=False,
    section=Section.INTERNAL,
)


def receive_feedback(work: UnitOfWork, case_id: CaseId, command: ReceiveFeedback) -> Case:
    """Keep, once, what practitioners of another partnership say of our draft (PUB-19)."""
    subject = subject_of(command.entry_id, command.partnership_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_FEEDBACK, subject)
    if not is_known:
        entered = Entered(subject=subject, kept=part_of(command, FeedbackElsewhere))
        record_entry_as(work, case, RECEIVE_FEEDBACK, command, entered)
    return case


RECEIVE_FEEDBACK = Act(
    name="receive_feedback",
    command=ReceiveFeedback,
    perform=receive_feedback,
    permission=Permission.CARRY_CASES,
    doing="receive what practitioners say of the draft",
    stages=frozenset(Stage),
    entry=EntryType.FEEDBACK_ELSEWHERE,
    kept=FeedbackElsewhere,
    is_listed=False,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)


def tell_new_lead_of_feedback(work: UnitOfWork, case: Case) -> None:
    """Tell whoever leads now what our practitioners said of the draft, if they did."""
    for one in facts(work.session, case.id, EntryType.FEEDBACK_THERE)[-1:]:
        deliver_feedback(work, case, one.id)


def _may_have_taken_part(work: UnitOfWork, case: Case) -> bool:
    """Tell whether somebody of ours came to the lead's event, or it is not on record who did."""
    came = who_came_there(work, case)
    return bool(came) or (came is None and leads_event(work, case) is not None)
