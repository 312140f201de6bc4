"""Gates G6 and G7: the lead reviewer is appointed, free of any conflict."""

from uuid import UUID

from services.casework.act import Act, begin, record_entry
from services.casework.effects import (
    EmailContext,
    ToSend,
    close_todos,
    enqueue_email,
    open_todo,
    order_dispatches,
)
from services.casework.steps.beside_panel import begin_local_review, may_begin_local_review
from services.casework.steps.local_review.review_opening import (
    AppointReviewer,
    open_review_if_ready,
    reviewer_of,
)
from services.database.cases import Case
from services.database.decisions import Declaration, conflicted_beside, declaration
from services.database.people import members
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def appoint_reviewer(work: UnitOfWork, case_id: CaseId, command: AppointReviewer) -> Case:
    """Appoint the lead reviewer, or a new one, and tell the three national bodies (LC-24)."""
    case = begin(work, case_id, APPOINT_REVIEWER, command)
    if not command.independent:
        raise AnswerRefused(
            "independent", "Appoint somebody free of any real or perceived conflict (LC-02)."
        )
    declared = _must_be_free(work, case, command.person)
    begin_local_review(work, case)
    entry = record_entry(work, case, APPOINT_REVIEWER, command)
    close_todos(work, case, Todo.APPOINT_REVIEWER)
    if declared is None:
        open_todo(work, case, Todo.DECLARE)
    about = EmailContext(part=str(entry.number))
    enqueue_email(work, case, EmailTrigger.REVIEWER_APPOINTED, about)
    order_dispatches(work, case, entry, ToSend(Step.COMMISSION, Notice.REVIEWER_NAMED))
    if case.stage is Stage.COMMISSIONING:
        open_review_if_ready(work, case)
    return case


APPOINT_REVIEWER = Act(
    name="appoint_reviewer",
    command=AppointReviewer,
    perform=appoint_reviewer,
    permission=Permission.COMMISSION,
    doing="appoint the lead reviewer",
    stages=frozenset({Stage.WITH_PANEL, Stage.COMMISSIONING, Stage.LOCAL_REVIEW}),
    entry=EntryType.REVIEWER_APPOINTED,
    todo=Todo.APPOINT_REVIEWER,
    clock=ClockId.K11,
    shows=(EntryType.TERMS_AGREED, EntryType.COMMISSIONING_OVERSEEN),
    is_offered=may_begin_local_review,
    section=Section.TERMS,
)


def _must_be_free(work: UnitOfWork, case: Case, person_id: UUID) -> Declaration | None:
    """Refuse who is no lead reviewer today, appointed already, or in conflict (LC-02)."""
    registered = members(work.session, Role.LEAD_REVIEWER, on=work.today)
    if person_id not in {one.id for one in registered}:
        raise AnswerRefused("person", "Choose a person registered as a lead reviewer.")
    declared = declaration(work.session, case.id, person_id)
    has_conflict = declared is not None and declared.has_conflict
    if has_conflict or person_id in conflicted_beside(work.session, case.id):
        raise AnswerRefused("person", "This person has declared a conflict in this case (LC-02).")
    if reviewer_of(work, case) == person_id:
        raise AnswerRefused("person", "This person is the lead reviewer of this case already.")
    return declared
