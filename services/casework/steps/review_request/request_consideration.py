"""The review group considers a request for a local review; the partners decide (NOT-24, NOT-25)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import LongText
from services.casework.effects import close_todos
from services.casework.steps.decision_grounds import (
    FEW,
    AnswerCriteria,
    Benefit,
    KeyLines,
    Sought,
    WhyFifth,
    must_answer_each,
    must_have_key_lines,
    must_say_purpose,
)
from services.casework.steps.notification.own_duty import must_concern_a_child
from services.casework.steps.reasons_shared import ReasonsShared, must_say_how_shared
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.review_requests import RequestDecision
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage


class RecommendedOnRequest(AnswerCriteria):
    """Whether it should be notified, what is recommended, and on what grounds."""

    notifiable: LongText = Field(
        title="Should it be notified as a serious incident? Why, or why not?",
        description="Abuse or neglect known or suspected, and death or serious harm (NOT-24).",
    )
    decision: RequestDecision = Field(title="What is recommended to the partners?")
    grounds: LongText = Field(title="Grounds")
    benefit: Benefit = None
    sought: Sought = ()
    key_lines: KeyLines = Field(
        default=(), title="Key lines of enquiry, if an LCSPR", description=FEW
    )
    why_fifth: WhyFifth = None
    learning: LongText = Field(title="What is learnt already, and how is it shared?")


class ConsiderRequest(ReasonsShared, RecommendedOnRequest):
    """What the review group recommends on the request; the partners sign it or disagree.

    They consider first whether it has to be notified, which the local authority decides (NOT-24).
    """


def consider_request(work: UnitOfWork, case_id: CaseId, command: ConsiderRequest) -> Case:
    """Put what is recommended on the request to the partners, with all eight criteria."""
    case = begin(work, case_id, CONSIDER_REQUEST, command)
    is_review = command.decision is RequestDecision.LOCAL_REVIEW
    must_answer_each(command)
    must_have_key_lines(case, command.key_lines, command.why_fifth, is_needed=is_review)
    must_say_purpose(command.benefit, command.sought, is_needed=is_review)
    must_say_how_shared(command)
    if is_review:
        must_concern_a_child(case, "decision")
    record_entry(work, case, CONSIDER_REQUEST, command)
    close_todos(work, case, Todo.CONSIDER_REQUEST, Todo.REFER_REQUEST)
    invite(work, case, SignOffMatter.REVIEW_REQUEST)
    return case


CONSIDER_REQUEST = Act(
    name="consider_request",
    command=ConsiderRequest,
    perform=consider_request,
    permission=Permission.COMMISSION,
    doing="consider the request",
    stages=frozenset({Stage.REQUESTED}),
    entry=EntryType.REQUEST_CONSIDERED,
    todo=Todo.CONSIDER_REQUEST,
    shows=(EntryType.REVIEW_REQUESTED, EntryType.LOCAL_TEST_ANSWERED),
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
)
