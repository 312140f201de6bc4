"""The submission of the rapid review to the Panel (G5)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    Command,
    LongText,
    Moment,
    ShortText,
)
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    last_day,
    mark_met,
    open_todo,
    order_document,
    tell_commissioning,
)
from services.casework.joint.notifications import tell_submitted
from services.casework.joint.standing_aside import meet_covered
from services.casework.steps.sign_off_rounds import all_agree
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move
from services.domain.working_days import london_date


class Submit(Command):
    """The rapid review as sent to the Panel (RR-34, RR-35, RR-49)."""

    submitted_at: Moment = Field(title="When was it sent to the Panel?")
    reference: ShortText = Field(title="How was it sent, or under which reference?")
    pending: LongText | None = Field(default=None, title="Significant information still pending")
    late_reason: LongText | None = Field(default=None, title="If it was late, why?")


def submit(work: UnitOfWork, case_id: CaseId, command: Submit) -> Case:
    """Record that the signed rapid review went to the Panel (G5); also when criteria lapsed."""
    case = begin(work, case_id, SUBMIT, command)
    if not all_agree(work, case, SignOffMatter.RAPID_REVIEW):
        raise RuleBroken("All three partners sign the rapid review before it is sent (RR-30, G4).")
    sent_on = london_date(command.submitted_at)
    if command.submitted_at > work.now:
        raise AnswerRefused("submitted_at", "Enter a time that is not in the future.")
    if case.decided_on and sent_on < case.decided_on:
        raise AnswerRefused("submitted_at", "This cannot be before the partners signed it.")
    limit = last_day(work, case, ClockId.K10)
    if limit and sent_on > limit and not command.late_reason:
        raise AnswerRefused("late_reason", "Enter why it was late: it was due earlier (RR-34).")
    case.submitted_at = command.submitted_at
    case.stage = move(case.stage, Stage.WITH_PANEL)
    entry = record_entry(work, case, SUBMIT, command)
    mark_met(work, case, ClockId.K8, ClockId.K9, ClockId.K10, on=sent_on)
    meet_covered(work, case, on=sent_on)
    close_todos(work, case, Todo.SUBMIT)
    tell_submitted(work, case)
    open_todo(work, case, Todo.RECORD_PANEL_ANSWER)
    for kind in (DocumentKind.RAPID_REVIEW_RECORD, DocumentKind.COVERING_LETTER):
        order_document(work, entry, Step.SUBMIT, kind)
    for event in (
        EmailTrigger.RAPID_REVIEW_SUBMITTED,
        EmailTrigger.OUTCOME_TOLD,
        EmailTrigger.CHAIR_TOLD,
    ):
        enqueue_email(work, case, event, EmailContext(part=str(case.decision_round)))
    tell_commissioning(work, case, entry)
    return case


SUBMIT = Act(
    name="submit",
    command=Submit,
    perform=submit,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="submit the rapid review",
    stages=frozenset({Stage.RAPID_REVIEW}),
    entry=EntryType.RAPID_REVIEW_SUBMITTED,
    todo=Todo.SUBMIT,
    clock=ClockId.K10,
    shows=(EntryType.DECISION_PROPOSED,),
    section=Section.CRITERIA_AND_DECISION,
    is_submission=True,
    is_joint=True,
)
