"""Later information that supplements a rapid review, and may reopen its decision (RR-36)."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import ToSend, open_todo, order_dispatches
from services.casework.steps.going_on import national_review_runs
from services.casework.steps.rapid_review.learning_begun import hold_learning
from services.casework.steps.rapid_review.pending_items import (
    AnsweredItem,
    answered_by,
    await_no_more,
    carry_words,
)
from services.casework.steps.rapid_review.reconsidering import REOPENS, course_waits
from services.casework.steps.rapid_review.supplement_said import (
    ReviewSupplemented,
    SupplementReview,
)
from services.casework.steps.review_runs import was_submitted
from services.casework.steps.rounds.sign_off_rounds import ask_no_more, ask_others_no_more
from services.database.cases import Case
from services.database.joint_reviews import membership_of, newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def supplement_review(work: UnitOfWork, case_id: CaseId, command: SupplementReview) -> Case:
    """Have a supplement sent to the Panel; where it reopens the decision, it is put again."""
    case = begin(work, case_id, SUPPLEMENT_REVIEW, command)
    if not was_submitted(work, case):
        raise StepNotOpen("No rapid review of this case was sent to the Panel.")
    if command.reopens:
        _must_be_open_still(work, case)
    answered = answered_by(work, case, command.answers)
    subject = REOPENS if command.reopens else ""
    kept = ReviewSupplemented(
        **command.model_dump(exclude={"answers"}),
        answers=tuple(AnsweredItem(item=one.said.item, kind=one.said.kind) for one in answered),
    )
    entered = Entered(subject=subject, kept=kept)
    entry = record_entry_as(work, case, SUPPLEMENT_REVIEW, command, entered)
    carry_words(work, case, answered, entry)
    await_no_more(work, case, answered)
    order_dispatches(work, case, entry, ToSend(Step.SUBMIT, Notice.RAPID_REVIEW_SUPPLEMENTED))
    if command.reopens:
        _reopen(work, case)
    return case


SUPPLEMENT_REVIEW = Act(
    name="supplement_review",
    command=SupplementReview,
    perform=supplement_review,
    permission=Permission.WRITE_RAPID_REVIEW,
    doing="supplement the rapid review",
    stages=frozenset(
        {
            Stage.WITH_PANEL,
            Stage.NATIONAL_REVIEW,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.PUBLICATION,
            Stage.EMBEDDING,
        }
    ),
    entry=EntryType.REVIEW_SUPPLEMENTED,
    kept=ReviewSupplemented,
    is_offered=was_submitted,
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
    is_joint=True,
)


def _reopen(work: UnitOfWork, case: Case) -> None:
    """Ask for the decision again; what is before the partners now is signed no more (RR-36).

    A course of the local review that was not agreed on is asked about again beside it.
    """
    if course_waits(work, case) and national_review_runs(work, case):
        open_todo(work, case, Todo.PROPOSE_LOCAL_COURSE)
    ask_no_more(work, case, SignOffMatter.RAPID_REVIEW)
    ask_others_no_more(work, case, SignOffMatter.RAPID_REVIEW)
    hold_learning(work, case)
    open_todo(work, case, Todo.PROPOSE_DECISION)


def _must_be_open_still(work: UnitOfWork, case: Case) -> None:
    """Refuse to decide again on a review whose report is signed, or that several parties decided.

    With a signed report there was a local review (PUB-02); what is learnt later supplements it.
    """
    if case.stage is Stage.PUBLICATION and case.published_on is None:
        raise AnswerRefused(
            "reopens", "The report of the local review is signed: its decision stands (PUB-02)."
        )
    if case.published_on is not None:
        raise AnswerRefused("reopens", "The local review is published: its decision stands.")
    joined = newest_membership(work.session, case.id) is not None
    if joined and membership_of(work.session, case.id) is None:
        raise AnswerRefused(
            "reopens",
            "It was decided with other partnerships, and the joint part has ended: invite them to "
            "a joint review again first.",
        )
