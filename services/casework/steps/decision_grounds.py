"""The grounds of a decision on a local review: the eight criteria, and its key lines of enquiry."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, LongText, NeededWhen, RowForEach, Rows, YesNo
from services.casework.effects import policy_of
from services.database.cases import Case
from services.domain.criteria import (
    HaveRegardTo,
    InstitutionalSetting,
    LearningSought,
    MustConsider,
)
from services.domain.errors import AnswerRefused

FEW_KEY_LINES, MOST_KEY_LINES = 4, 5
NO_LCSPR = "Leave this out: the decision is for no LCSPR."
Benefit = Annotated[
    LongText | None,
    Field(
        title="If an LCSPR: what is its benefit? (DEC-11)",
        description="What it can find out or change that is not known or done already.",
    ),
]
Sought = Annotated[
    tuple[LearningSought, ...],
    Field(
        title="If an LCSPR: what learning does it look for? (DEC-13)",
        description="It does not automatically explore what is learnt already in more detail.",
    ),
]


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
    settings: tuple[InstitutionalSetting, ...] = Field(
        default=(),
        title="If an institutional setting is concerned: which? (DEC-09)",
    )


class KeyLine(Command):
    """One key line of enquiry."""

    question: LongText = Field(title="Key line of enquiry")


KeyLines = Annotated[tuple[KeyLine, ...], Rows(MOST_KEY_LINES, "key line of enquiry")]
FEW = (
    "No more than four, the most important (LC-07). Where your policy lets you, a fifth with its "
    "reason."
)
WhyFifth = Annotated[
    LongText | None,
    NeededWhen("if there are five key lines of enquiry"),
    Field(title="Why is a fifth key line of enquiry needed? (LC-07)"),
]


def must_answer_each(said: AnswerCriteria) -> None:
    """Refuse criteria of which one is not answered, beside its group (DEC-01 to DEC-08)."""
    for field, answers, asked in (
        ("must", {one.criterion for one in said.must}, set(MustConsider)),
        ("regard", {one.criterion for one in said.regard}, set(HaveRegardTo)),
    ):
        if answers != asked:
            raise AnswerRefused(field, "Answer every criterion of this group.")
    _must_name_setting(said)


def _must_name_setting(said: AnswerCriteria) -> None:
    """Refuse an institutional setting without its kind, or a kind where none is concerned."""
    is_concerned = any(
        one.applies for one in said.regard if one.criterion is HaveRegardTo.INSTITUTION
    )
    if is_concerned and not said.settings:
        raise AnswerRefused("settings", "Say which institutional setting it is (DEC-09).")
    if said.settings and not is_concerned:
        raise AnswerRefused(
            "settings", "You have answered that no institutional setting is concerned (DEC-08)."
        )


def must_say_purpose(
    benefit: str | None, sought: tuple[LearningSought, ...], *, is_needed: bool
) -> None:
    """Refuse an LCSPR without its benefit and the learning it looks for, and these without one."""
    if is_needed and not benefit:
        raise AnswerRefused("benefit", "Say what the benefit of an LCSPR is (DEC-11).")
    if is_needed and not sought:
        raise AnswerRefused("sought", "Say what learning the LCSPR looks for (DEC-13).")
    if not is_needed and (benefit or sought):
        raise AnswerRefused("benefit" if benefit else "sought", NO_LCSPR)


def must_have_key_lines(
    case: Case, key_lines: tuple[KeyLine, ...], why_fifth: str | None, *, is_needed: bool
) -> None:
    """Refuse more than four key lines of enquiry, and an LCSPR without one (LC-07, RR-05).

    Where the policy of the case lets a fifth stand as a warning, it is refused without its reason.
    """
    if is_needed and not key_lines:
        raise AnswerRefused("key_lines", "Enter at least one key line of enquiry (RR-05).")
    has_fifth = len(key_lines) > FEW_KEY_LINES
    if has_fifth and not policy_of(case).fifth_key_line:
        raise AnswerRefused("key_lines", "Enter no more than four key lines of enquiry (LC-07).")
    if len(key_lines) > MOST_KEY_LINES:
        raise AnswerRefused("key_lines", "Enter no more than five key lines of enquiry (LC-07).")
    if has_fifth and why_fifth is None:
        raise AnswerRefused("why_fifth", "Say why a fifth key line of enquiry is needed (LC-07).")
    if why_fifth is not None and not has_fifth:
        raise AnswerRefused("why_fifth", "There are no more than four: leave this empty.")
