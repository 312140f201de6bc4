"""What is said of the plan of publication, and of the decision against it (G10)."""

from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    InAList,
    LongText,
    NeededWhen,
    RowForEach,
    Rows,
    ShortText,
    Under,
    Without,
    YesNo,
)
from services.domain.publication_days import PublicationStep, PublishedWhere, StepOwner

WhyThisDay = Annotated[
    LongText | None,
    NeededWhen("if the day is to be avoided"),
    Field(
        title="Why is it published on this day all the same? (PUB-21)",
        description="And what spares those closely affected.",
    ),
]


_HARM: Final = "Whom might what is published harm, and what spares them? (PUB-04)"
_WHOM: Final = (
    "Each child, each brother or sister, and each adult at risk who is involved. Name nobody."
)


class KeyDate(Command):
    """One day that publication keeps clear of (PUB-21)."""

    day: Day = Field(title="Day to avoid")
    why: ShortText = Field(title="Why", description="Such as a birthday or a court date.")


class StepPlanned(Command):
    """One step to the day of publication: who sees to it, and by when."""

    step: PublicationStep = Field(title="Step")
    owner: ShortText = Field(title="Who sees to it, by post?")
    whose: Annotated[StepOwner | None, InAList("The business manager")] = Field(
        default=None, title="Whose task is it here?"
    )
    by: Day | None = Field(default=None, title="By which day?")


class PlanSaid(Command):
    """What every plan says; in those from before, harm was a yes or no (PUB-04)."""

    publish_on: Day = Field(
        title="When is the report to be published?",
        description="It is sent to the Panel, Ofsted and the Secretary of State first, in time for "
        "the notice that the policy asks for (K12).",
    )
    where: Annotated[
        PublishedWhere | None,
        Without((PublishedWhere.OWN_ADDRESS,)),
        InAList("At the partnership's own web address"),
    ] = Field(
        default=None,
        title="Where is the report published? (PUB-27, PUB-28)",
        description="Without its name the partnership is hidden, so that nobody is known by it, "
        "and never who reviewed. The repository's address is watched then (K13).",
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
    harm_weighed: LongText | None = Field(default=None, title=_HARM, description=_WHOM)
    telling: LongText = Field(
        title="Who is told, in which order?", description="Family, staff, members, media."
    )
    timetable: Annotated[
        tuple[StepPlanned, ...],
        RowForEach(PublicationStep, "step"),
        Under("Who does what, by when"),
    ] = Field(
        default=(),
        title="Steps to the day of publication",
        description="Whose task a step is, is asked to do and to record it, and is reminded. "
        "Agencies are asked to tell their practitioners, whoever is chosen. A day that is left "
        "blank is counted back from that of publication.",
    )
    media_contact: ShortText = Field(title="The one media contact, by role (PUB-23)")
    family_wishes: Annotated[LongText | None, NeededWhen("if anybody of the family is invited")] = (
        Field(
            default=None,
            title="How are the wishes of the family taken into account? (FAM-12)",
            description="And what spares them distress. Name nobody: this is read by everybody who "
            "takes part in publication.",
        )
    )

    @property
    def is_unnamed(self) -> bool:
        """Tell whether the repository publishes it without the partnership's name (PUB-27)."""
        return self.where is PublishedWhere.REPOSITORY_UNNAMED


class PlanPublication(PlanSaid):
    """The publication plan (Doc 17, PUB-21 to PUB-27).

    That the report names its reviewers, and that police and prosecution do not object, is read from
    what is on record of the case (PUB-27, G10).
    """

    harm_weighed: LongText = Field(title=_HARM, description=_WHOM)


class PublicationPlanned(PlanSaid):
    """A plan as it is kept: those from before have the answers that were asked for then."""

    does_no_harm: YesNo | None = Field(default=None, title="Harms no child and no adult at risk")
    reviewer_named: YesNo | None = Field(default=None, title="Names the reviewer")
    no_objection: YesNo | None = Field(
        default=None, title="Police and CPS are content with publication"
    )


class WithholdSaid(Command):
    """What every decision not to publish says; in those from before, harm was a yes or no."""

    reasons: LongText = Field(title="Which compelling circumstances make publication wrong?")
    improvements: LongText = Field(title="The information about improvements to be published")
    publish_on: Day = Field(title="When is it to be published?")
    why_this_day: WhyThisDay = None
    anonymised: YesNo = Field(title="Is the information about improvements anonymised? (PUB-16)")
    harm_weighed: LongText | None = Field(default=None, title=_HARM, description=_WHOM)


class WithholdReport(WithholdSaid):
    """Why the report is not published, and what is published instead (PUB-24, PUB-25).

    That police and prosecution do not object is read from the register of the case (G10).
    """

    harm_weighed: LongText = Field(title=_HARM, description=_WHOM)


class ReportWithheld(WithholdSaid):
    """Such a decision as it is kept: those from before have the answers asked for then."""

    does_no_harm: YesNo | None = Field(default=None, title="It harms no child and no adult at risk")
    no_objection: YesNo | None = Field(
        default=None, title="Police and CPS are content that it is published"
    )


class PreSend(Command):
    """The dispatch before publication (PUB-26)."""

    complete: YesNo = Field(title="Is this the full and final text that will be published?")
    family_told_how: Annotated[
        LongText | None, NeededWhen("if it is not on record that the family was told")
    ] = Field(
        default=None,
        title="How was the family told of the day, or why not?",
        description="On record is what was discussed with each of them who takes part, and the "
        "step of the plan. Name nobody.",
    )


class TextPreSent(PreSend):
    """What is kept of it: of one from before, that family and staff were told was a yes."""

    family_told: YesNo | None = Field(default=None, title="Family and staff told of the date")
