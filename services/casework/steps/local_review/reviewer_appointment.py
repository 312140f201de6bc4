"""Gates G6 and G7: reviewers are appointed, free of any conflict, replaced, or end."""

from services.casework.act import Act, begin, record_entry
from services.casework.effects import (
    EmailContext,
    ToSend,
    close_todos,
    enqueue_email,
    order_dispatches,
    order_document,
)
from services.casework.steps.beside_panel import begin_local_review, may_begin_local_review
from services.casework.steps.local_review.review_opening import open_review_if_ready
from services.casework.steps.local_review.reviewer_conditions import must_be_appointable
from services.casework.steps.local_review.reviewer_declared import (
    APPOINTED_AT,
    follow_reviewers,
    have_declared,
)
from services.casework.steps.local_review.reviewer_said import (
    AppointReviewer,
    EndReviewer,
    ReviewerAppointed,
)
from services.database.cases import Case
from services.database.reviewers import reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def appoint_reviewer(work: UnitOfWork, case_id: CaseId, command: AppointReviewer) -> Case:
    """Appoint a reviewer, in the place of those before or beside them; tell the bodies (LC-24).

    With the appointment comes the guidance for the writer of the report (Doc 16).

    The case is open to who is replaced until then, and to who is appointed once they declared. A
    text that was sent before publication without their name goes again (PUB-27).
    """
    case = begin(work, case_id, APPOINT_REVIEWER, command)
    must_be_appointable(work, case, command)
    begin_local_review(work, case)
    entry = record_entry(work, case, APPOINT_REVIEWER, command)
    close_todos(work, case, Todo.APPOINT_REVIEWER)
    have_declared(work, case)
    about = EmailContext(part=str(entry.number), person_id=command.person)
    enqueue_email(work, case, EmailTrigger.REVIEWER_APPOINTED, about)
    order_dispatches(work, case, entry, ToSend(Step.COMMISSION, Notice.REVIEWER_NAMED))
    order_document(work, entry, Step.COMMISSION, DocumentKind.DRAFTING_GUIDANCE)
    if case.stage is Stage.COMMISSIONING:
        open_review_if_ready(work, case)
    return case


APPOINT_REVIEWER = Act(
    name="appoint_reviewer",
    command=AppointReviewer,
    perform=appoint_reviewer,
    permission=Permission.COMMISSION,
    doing="appoint a reviewer",
    stages=APPOINTED_AT,
    entry=EntryType.REVIEWER_APPOINTED,
    kept=ReviewerAppointed,
    todo=Todo.APPOINT_REVIEWER,
    clock=ClockId.K11,
    shows=(EntryType.TERMS_AGREED, EntryType.COMMISSIONING_OVERSEEN),
    is_offered=may_begin_local_review,
    section=Section.TERMS,
)


def end_reviewer(work: UnitOfWork, case_id: CaseId, command: EndReviewer) -> Case:
    """End a reviewer; where nobody is left, another is appointed before the review goes on.

    They end after publication too, and where the review is led elsewhere: access ends with it.
    """
    case = begin(work, case_id, END_REVIEWER, command)
    if command.person not in reviewers_now(work.session, case.id):
        raise AnswerRefused("person", "Choose a reviewer of this case.")
    record_entry(work, case, END_REVIEWER, command)
    have_declared(work, case)
    follow_reviewers(work, case)
    return case


def has_reviewer(work: UnitOfWork, case: Case) -> bool:
    """Tell whether anybody is appointed to carry out the review."""
    return bool(reviewers_now(work.session, case.id))


END_REVIEWER = Act(
    name="end_reviewer",
    command=EndReviewer,
    perform=end_reviewer,
    permission=Permission.COMMISSION,
    doing="record that a reviewer ends",
    stages=APPOINTED_AT | {Stage.NATIONAL_REVIEW, Stage.JOINT_REVIEW, Stage.EMBEDDING},
    entry=EntryType.REVIEWER_ENDED,
    is_offered=has_reviewer,
    which="person",
    section=Section.INTERNAL,
)
