"""What the lead reviewer says in a version of the report, and what is added to it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from services.casework.commands import Command, Day, LongText, NeededWhen, Rows, YesNo
from services.casework.steps.recommendations.said import Recommendation


class SubmitDraft(Command):
    """One version of the report: its seven and three parts (PUB-05 to PUB-14).

    The recommendations that the partners endorsed are added to it, and no others (PUB-18).
    """

    overview: LongText = Field(title="Overview and context (PUB-05)")
    decisions: LongText = Field(title="Why decisions were taken (PUB-06)")
    joint_working: LongText = Field(title="Critique of joint working (PUB-07)")
    general: LongText = Field(title="Are the shortcomings general? (PUB-08)")
    prevention: LongText = Field(title="What would prevent harm? (PUB-09)")
    good_practice: LongText = Field(title="Good practice (PUB-10)")
    learning: LongText = Field(title="What must happen to learn (PUB-11)")
    equality: LongText = Field(title="Equality, identity and poverty (PUB-12)")
    improvements: LongText = Field(title="Summary of recommended improvements (PUB-13)")
    systemic: LongText = Field(title="Systemic and underlying reasons (PUB-14)")
    family: LongText = Field(
        title="The family's part in the review",
        description="Why somebody of the family took no part is added to the report in the words "
        "that were kept for it (FAM-10). They stand with each person, above.",
    )
    one_alone: Annotated[
        LongText | None, NeededWhen("if only practice or only leadership is addressed")
    ] = Field(
        default=None,
        title="Why do the recommendations not address both practice and system leadership? "
        "(PUB-01)",
        description="It stays within this case.",
    )
    detail_kept: LongText | None = Field(
        default=None,
        title="Which intimate detail stays because the learning needs it, and which biography was "
        "left out? (PUB-16)",
        description="Say of what kind it is. It stays within this case.",
    )
    anonymised: YesNo = Field(
        title="Is the report anonymised, with no genogram and no practitioner named? (PUB-16)"
    )


class StatedTerm(Command):
    """One part of the terms of reference in force, as the report states it (LC-06)."""

    part: str = Field(title="Part")
    words: str = Field(title="As the partners endorsed it")


class StatedAmendment(Command):
    """How the terms were amended while the review was open, as the report states it (LC-06)."""

    endorsed_on: Day = Field(title="Endorsed on")
    changed: str = Field(title="What was changed")
    why_changed: str = Field(title="Why")


class NotInvolved(Command):
    """How the report says that somebody of the family took no part, and why."""

    words: LongText = Field(title="Who of the family took no part, and why")


class DraftSubmitted(SubmitDraft):
    """What is kept of a version: with the terms in force and their amendments, as they then stood.

    So are the recommendations that were endorsed by then, and the reasons of each of the family who
    took no part. In versions from before each was endorsed alone, the recommendations are those
    that the lead reviewer wrote into them.
    """

    recommendations: Annotated[tuple[Recommendation, ...], Rows(3, "recommendation")] = Field(
        default=(), title="Recommendations"
    )

    terms: Annotated[tuple[StatedTerm, ...], Rows(1, "part")] = Field(
        default=(), title="The terms of reference (LC-06)"
    )
    amended: Annotated[tuple[StatedAmendment, ...], Rows(1, "amendment")] = Field(
        default=(), title="How the terms of reference were amended (LC-06)"
    )
    not_involved: Annotated[tuple[NotInvolved, ...], Rows(2, "person")] = Field(
        default=(), title="Who of the family took no part, and why (FAM-10)"
    )


def text_said(said: Mapping[str, Any]) -> DraftSubmitted:
    """Return the text of a version of the report, whichever act says it, and nothing besides."""
    parts = DraftSubmitted.model_fields
    return DraftSubmitted.model_validate({name: said[name] for name in said if name in parts})
