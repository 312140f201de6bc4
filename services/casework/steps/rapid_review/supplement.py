"""Later information that supplements a rapid review, and may reopen its decision (RR-36)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, YesNo
from services.casework.effects import ToSend, close_todos, open_todo, order_dispatches
from services.casework.steps.beside_panel import was_submitted
from services.casework.steps.going_on import national_review_runs
from services.casework.steps.rapid_review.learning_begun import hold_learning
from services.casework.steps.rapid_review.reconsidering import REOPENS, course_waits
from services.casework.steps.rounds.sign_off_rounds import ask_others_no_more
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


class SupplementReview(Command):
    """What has become known since the rapid review was sent to the Panel (RR-35, RR-36).

    It goes to the Panel as a supplement. Where the decision is taken again because of it, it is put
    to all partners, and the record and the letter are sent again.
    """

    information: LongText = Field(title="What has become known?")
    bearing: LongText = Field(title="What does it mean for the learning and for the decision?")
    reopens: YesNo = Field(title="Is the decision taken again because of it?")


def supplement_review(work: UnitOfWork, case_id: CaseId, command: SupplementReview) -> Case:
    """Have a supplement sent to the Panel; where it reopens the decision, it is put again."""
    case = begin(work, case_id, SUPPLEMENT_REVIEW, command)
    if not was_submitted(work, case):
        raise StepNotOpen("No rapid review of this case was sent to the Panel.")
    if command.reopens:
        _must_be_open_still(work, case)
    subject = REOPENS if command.reopens else ""
    entry = record_entry(work, case, SUPPLEMENT_REVIEW, command, subject=subject)
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
            Stage.EMBEDDING,
        }
    ),
    entry=EntryType.REVIEW_SUPPLEMENTED,
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
    close_todos(work, case, Todo.SIGN_RAPID_REVIEW)
    ask_others_no_more(work, case, SignOffMatter.RAPID_REVIEW)
    hold_learning(work, case)
    open_todo(work, case, Todo.PROPOSE_DECISION)


def _must_be_open_still(work: UnitOfWork, case: Case) -> None:
    """Refuse to decide again on a review that is published, or that several parties decided."""
    if case.published_on is not None:
        raise AnswerRefused("reopens", "The local review is published: its decision stands.")
    joined = newest_membership(work.session, case.id) is not None
    if joined and membership_of(work.session, case.id) is None:
        raise AnswerRefused(
            "reopens",
            "It was decided with other partnerships, and the joint part has ended: invite them to "
            "a joint review again first.",
        )
