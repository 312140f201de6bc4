"""What is said of the plan of publication, and of the decision against it (G10)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    RowForEach,
    Rows,
    ShortText,
    Under,
    YesNo,
)
from services.domain.publication_days import PublicationStep

WhyThisDay = Annotated[
    LongText | None,
    NeededWhen("if the day is to be avoided"),
    Field(
        title="Why is it published on this day all the same? (PUB-21)",
        description="And what spares those closely affected.",
    ),
]


class KeyDate(Command):
    """One day that publication keeps clear of (PUB-21)."""

    day: Day = Field(title="Day to avoid")
    why: ShortText = Field(title="Why", description="Such as a birthday or a court date.")


class StepPlanned(Command):
    """One step to the day of publication: who sees to it, and by when."""

    step: PublicationStep = Field(title="Step")
    owner: ShortText = Field(title="Who sees to it, by post?")
    by: Day | None = Field(
        default=None,
        title="By which day?",
        description="Left blank, it is counted back from the day of publication.",
    )


class PlanPublication(Command):
    """The publication plan (Doc 17, PUB-21 to PUB-27)."""

    publish_on: Day = Field(
        title="When is the report to be published?",
        description="It is sent to the Panel, Ofsted and the Secretary of State first, in time for "
        "the notice that the policy asks for (K12).",
    )
    public_name: Annotated[ShortText | None, NeededWhen("needed of every report")] = Field(
        default=None,
        title="Under which name is the review published? (PUB-16)",
        description="A pseudonym, or a word that tells nothing of the child: no reference of the "
        "case. The published report bears it.",
    )
    key_dates: Annotated[tuple[KeyDate, ...], Rows(4, "day to avoid")] = Field(
        default=(), title="Further days to avoid"
    )
    why_this_day: WhyThisDay = None
    anonymised: YesNo = Field(title="Is the report anonymised, with no genogram? (PUB-16, FAM-06)")
    does_no_harm: YesNo = Field(
        title="Will publication harm no child and no adult at risk? (PUB-04)"
    )
    reviewer_named: YesNo = Field(title="Does the report name the reviewer? (PUB-27)")
    no_objection: YesNo = Field(title="Are police and CPS content with publication? (G10)")
    telling: LongText = Field(
        title="Who is told, in which order?", description="Family, staff, members, media."
    )
    timetable: Annotated[
        tuple[StepPlanned, ...],
        RowForEach(PublicationStep, "step"),
        Under("Who does what, by when"),
    ] = Field(default=(), title="Steps to the day of publication")
    media_contact: ShortText = Field(title="The one media contact, by role (PUB-23)")
    family_wishes: Annotated[LongText | None, NeededWhen("if anybody of the family is invited")] = (
        Field(
            default=None,
            title="How are the wishes of the family taken into account? (FAM-12)",
            description="And what spares them distress. Name nobody: this is read by everybody who "
            "takes part in publication.",
        )
    )


class WithholdReport(Command):
    """Why the report is not published, and what is published instead (PUB-24, PUB-25)."""

    reasons: LongText = Field(title="Which compelling circumstances make publication wrong?")
    improvements: LongText = Field(title="The information about improvements to be published")
    publish_on: Day = Field(title="When is it to be published?")
    why_this_day: WhyThisDay = None
    anonymised: YesNo = Field(title="Is the information about improvements anonymised? (PUB-16)")
    does_no_harm: YesNo = Field(
        title="Will publishing it harm no child and no adult at risk? (PUB-04)"
    )
    no_objection: YesNo = Field(title="Are police and CPS content that it is published? (G10)")
