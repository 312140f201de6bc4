"""What is said to the points of a partnership's own test; nothing asks for it, and nothing waits.

Local tests guide a referral or a recommendation. None stops, delays or answers beforehand the local
authority's decision to notify, or a rapid review after a notification (rules.md 5A).
"""

from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, PointChoice, Rows, named
from services.casework.effects import policy_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.local_guides import GuideKind, LocalGuide, PointAnswer
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage

_WHILE_REFERRED_OR_RECOMMENDED: Final = frozenset(
    {
        Stage.REQUESTED,
        Stage.REFERRED,
        Stage.TO_BE_NOTIFIED,
        Stage.NOT_NOTIFIED,
        Stage.LOOKED_AFTER_DEATH,
        Stage.RAPID_REVIEW,
    }
)


class AnswerToPoint(Command):
    """What is said to one point."""

    point: PointChoice = Field(title="Which point?")
    answer: PointAnswer | None = Field(default=None, title="Is it so?")
    why: LongText | None = Field(default=None, title="Why do you say so?")


class AnswerLocalTest(Command):
    """What you say to your partnership's own test: to all of its points, to some, or to one.

    The test guides a referral or a recommendation. No answer, and no answer that is missing, stops
    or delays the decision to notify, a rapid review or anything else.
    """

    answers: Annotated[tuple[AnswerToPoint, ...], Rows(3, "point")] = Field(
        title="The points", description="Leave out what you do not wish to answer.", min_length=1
    )


class PointAnswered(Command):
    """What is kept of one: the point in the words that it has here."""

    point: str = Field(title="Which point?")
    answer: PointAnswer | None = Field(default=None, title="Is it so?")
    why: str | None = Field(default=None, title="Why do you say so?")


class LocalTestAnswered(Command):
    """What was said to the points of the partnership's own test."""

    answers: Annotated[tuple[PointAnswered, ...], Rows(3, "point")] = Field(title="The points")


def points_of(case: Case) -> tuple[LocalGuide, ...]:
    """Return the points that can be answered on the case, by the policy that it follows."""
    return tuple(one for one in policy_of(case).guides if one.kind is GuideKind.POINT)


def answer_local_test(work: UnitOfWork, case_id: CaseId, command: AnswerLocalTest) -> Case:
    """Keep what was said, of each agency its own; no clock, todo or stage is touched by it."""
    case = begin(work, case_id, ANSWER_LOCAL_TEST, command)
    points = points_of(case)
    unknown = AnswerRefused("answers", "Choose each point from those shown.")
    answers = tuple(
        PointAnswered(point=named(points, one.point, unknown).text, answer=one.answer, why=one.why)
        for one in command.answers
        if one.answer is not None or one.why is not None
    )
    if not answers:
        raise AnswerRefused("answers", "Answer one point at least, or leave this page.")
    if len({one.point for one in answers}) < len(answers):
        raise AnswerRefused("answers", "Answer each point once.")
    entered = Entered(
        kept=LocalTestAnswered(answers=answers), subject=str(work.actor.agency_id or "")
    )
    record_entry_as(work, case, ANSWER_LOCAL_TEST, command, entered)
    return case


ANSWER_LOCAL_TEST = Act(
    name="answer_local_test",
    command=AnswerLocalTest,
    perform=answer_local_test,
    permission=Permission.REFER,
    doing="answer our own test",
    stages=_WHILE_REFERRED_OR_RECOMMENDED,
    is_offered=lambda _work, case: bool(points_of(case)),
    entry=EntryType.LOCAL_TEST_ANSWERED,
    kept=LocalTestAnswered,
    section=Section.INTERNAL,
    holds_family_data=True,
)
