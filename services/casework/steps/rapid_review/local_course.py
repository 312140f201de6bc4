"""What becomes of the local review while the Panel carries out a national one (GOV-14).

It is put to the partners wherever the local review has come to until its report is signed: one that
has begun goes on meanwhile.

The Panel has no power over the local review: only the partners, all of them, let it go on beside
the national one, stand until that has ended, or end. No clock stops meanwhile (K11).
"""

from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText
from services.casework.effects import close_todos
from services.casework.steps.going_on import national_review_runs
from services.casework.steps.rapid_review.reconsidering import (
    course_waits,
    must_not_be_decided,
)
from services.casework.steps.reasons_shared import ReasonsShared, must_say_how_shared
from services.casework.steps.review_runs import has_local_review
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import LocalCourse, Stage

SETTLED_AT: Final = frozenset({Stage.NATIONAL_REVIEW, Stage.COMMISSIONING, Stage.LOCAL_REVIEW})


class CourseDecided(Command):
    """What becomes of the local review beside a national one, and why."""

    course: LocalCourse = Field(
        title="What do the partners decide?",
        description="It can stand until the national review has ended only while nothing of it "
        "has begun. One that has begun goes on, or ends.",
    )
    reasons: LongText = Field(title="Why?")


class ProposeLocalCourse(ReasonsShared, CourseDecided):
    """The Panel carries out a national review: the partners decide on their local one (GOV-14).

    They may let it go on beside the national one, wait for that, or end it; one that has begun
    goes on or ends. Its time runs on until all partners have signed that it ends (K11).
    """


def is_to_be_settled(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a local review is beside a national one, or was asked about and not settled."""
    if not has_local_review(work, case):
        return False
    is_beside = case.stage is Stage.NATIONAL_REVIEW or national_review_runs(work, case)
    return is_beside or course_waits(work, case)


def propose_local_course(work: UnitOfWork, case_id: CaseId, command: ProposeLocalCourse) -> Case:
    """Put to the partners what becomes of the local review; each signs for their own seat."""
    case = begin(work, case_id, PROPOSE_LOCAL_COURSE, command)
    if not has_local_review(work, case):
        raise StepNotOpen("The partners have decided on no local review that could go on.")
    must_not_be_decided(work, case)
    if not is_to_be_settled(work, case):
        raise StepNotOpen("The Panel carries out no national review beside the local one.")
    if command.course is LocalCourse.STANDS:
        _must_be_able_to_stand(work, case)
    must_say_how_shared(command)
    record_entry(work, case, PROPOSE_LOCAL_COURSE, command, subject=command.course)
    close_todos(work, case, Todo.PROPOSE_LOCAL_COURSE)
    invite(work, case, SignOffMatter.RAPID_REVIEW)
    return case


def _must_be_able_to_stand(work: UnitOfWork, case: Case) -> None:
    """Refuse a standstill that nothing would keep: of what has begun, or after the national one."""
    if case.stage is not Stage.NATIONAL_REVIEW:
        raise AnswerRefused("course", "The local review has begun: it goes on, or it ends.")
    if not national_review_runs(work, case):
        raise AnswerRefused("course", "The national review has ended: it goes on now, or it ends.")


PROPOSE_LOCAL_COURSE = Act(
    name="propose_local_course",
    command=ProposeLocalCourse,
    perform=propose_local_course,
    permission=Permission.WRITE_RAPID_REVIEW,
    doing="propose the course of the local review",
    stages=SETTLED_AT,
    entry=EntryType.LOCAL_COURSE_PROPOSED,
    todo=Todo.PROPOSE_LOCAL_COURSE,
    clock=ClockId.K11,
    shows=(EntryType.PANEL_ANSWERED, EntryType.DECISION_PROPOSED),
    is_offered=is_to_be_settled,
    section=Section.CRITERIA_AND_DECISION,
    is_joint=True,
)
