"""The grounds of a decision on a local review: the eight criteria, and its key lines of enquiry."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, LongText, RowForEach, YesNo
from services.domain.criteria import HaveRegardTo, MustConsider
from services.domain.errors import AnswerRefused

MOST_KEY_LINES = 4


class MustAnswer(Command):
    """One answer to what must be taken into account."""

    criterion: MustConsider = Field(title="Criterion")
    applies: YesNo = Field(title="Does it apply?")
    reasons: LongText = Field(title="Reasons")


class RegardAnswer(Command):
    """One answer to what partners should have regard to."""

    criterion: HaveRegardTo = Field(title="Criterion")
    applies: YesNo = Field(title="Does it apply?")
    reasons: LongText = Field(title="Reasons")


class AnswerCriteria(Command):
    """All eight criteria, in the guidance's two groups of different weight (DEC-01 to DEC-08)."""

    must: Annotated[tuple[MustAnswer, ...], RowForEach(MustConsider, "criterion")] = Field(
        title="What must be taken into account"
    )
    regard: Annotated[tuple[RegardAnswer, ...], RowForEach(HaveRegardTo, "criterion")] = Field(
        title="What partners should have regard to"
    )


class KeyLine(Command):
    """One key line of enquiry."""

    question: LongText = Field(title="Key line of enquiry")


def must_answer_each(said: AnswerCriteria) -> None:
    """Refuse criteria of which one is not answered, beside its group (DEC-01 to DEC-08)."""
    for field, answers, asked in (
        ("must", {one.criterion for one in said.must}, set(MustConsider)),
        ("regard", {one.criterion for one in said.regard}, set(HaveRegardTo)),
    ):
        if answers != asked:
            raise AnswerRefused(field, "Answer every criterion of this group.")


def must_have_key_lines(key_lines: tuple[KeyLine, ...], *, is_needed: bool) -> None:
    """Refuse more than four key lines of enquiry, and an LCSPR without one (LC-07, RR-05)."""
    if len(key_lines) > MOST_KEY_LINES:
        raise AnswerRefused("key_lines", "Enter no more than four key lines of enquiry (LC-07).")
    if is_needed and not key_lines:
        raise AnswerRefused("key_lines", "Enter at least one key line of enquiry (RR-05).")
