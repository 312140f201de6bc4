"""What is said of the plan of publication, and of the decision against it (G10)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    Rows,
    ShortText,
    YesNo,
)


class KeyDate(Command):
    """One day that publication keeps clear of (PUB-21)."""

    day: Day = Field(title="Day to avoid")
    why: ShortText = Field(title="Why", description="Such as a birthday or a court date.")


class PlanPublication(Command):
    """The publication plan (Doc 17, PUB-21 to PUB-27)."""

    publish_on: Day = Field(
        title="When is the report to be published?",
        description="It is sent to the Panel, Ofsted and the Secretary of State first, in time for "
        "the notice that the policy asks for (K12).",
    )
    key_dates: Annotated[tuple[KeyDate, ...], Rows(4, "day to avoid")] = Field(
        default=(), title="Days to avoid"
    )
    anonymised: YesNo = Field(title="Is the report anonymised, with no genogram? (PUB-16, FAM-06)")
    does_no_harm: YesNo = Field(
        title="Will publication harm no child and no adult at risk? (PUB-04)"
    )
    reviewer_named: YesNo = Field(title="Does the report name the reviewer? (PUB-27)")
    no_objection: YesNo = Field(title="Are police and CPS content with publication? (G10)")
    telling: LongText = Field(
        title="Who is told, in which order?", description="Family, staff, members, media."
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


class WithholdReport(Command):
    """Why the report is not published, and what is published instead (PUB-24, PUB-25)."""

    reasons: LongText = Field(title="Which compelling circumstances make publication wrong?")
    improvements: LongText = Field(title="The information about improvements to be published")
    publish_on: Day = Field(title="When is it to be published?")
    anonymised: YesNo = Field(title="Is the information about improvements anonymised? (PUB-16)")
    does_no_harm: YesNo = Field(
        title="Will publishing it harm no child and no adult at risk? (PUB-04)"
    )
    no_objection: YesNo = Field(title="Are police and CPS content that it is published? (G10)")
