"""What is said of a reviewer who is appointed, and of one who ends (LC-02, LC-23, LC-24)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    PersonChoice,
    Rows,
    YesNo,
)
from services.domain.reviewers import ReviewerCapacity

_CAPACITY = "As what are they appointed? (LC-23)"


class PartnerEndorsed(Command):
    """Who endorsed the appointment for one of the safeguarding partners, and when (LC-03)."""

    partner: PersonChoice = Field(title="Who endorsed it for a partner?")
    endorsed_on: Day = Field(title="On which day?")


_ENDORSED = "Who of the safeguarding partners endorsed the appointment? (LC-03)"


class ReviewerAppointed(Command):
    """An appointment as it is kept; from before it was asked, it is of a lead reviewer alone.

    Who of the partners endorsed it was not asked then either.
    """

    person: PersonChoice = Field(
        title="Who is appointed?", description="People whom the directory has as a reviewer."
    )
    capacity: ReviewerCapacity = Field(default=ReviewerCapacity.LEAD, title=_CAPACITY)
    why_none: Annotated[LongText | None, NeededWhen("if no lead reviewer is commissioned")] = Field(
        default=None, title="Why is no lead reviewer commissioned?"
    )
    beside: Annotated[YesNo | None, NeededWhen("if somebody is appointed already")] = Field(
        default=None,
        title="Do they review together with who is appointed already?",
        description="If not, they take the place of everybody who is.",
    )
    skills: LongText = Field(
        title="Knowledge and expertise for this review",
        description="Held against what the terms of reference require of the author.",
    )
    independent: YesNo = Field(
        title="Are they free of any real or perceived conflict with the case? (LC-02)"
    )
    independence: LongText = Field(title="How was that checked?")
    endorsed: Annotated[tuple[PartnerEndorsed, ...], Rows(5, "partner")] = Field(
        default=(), title=_ENDORSED
    )


class AppointReviewer(ReviewerAppointed):
    """Who carries out the review, and why they may (LC-02, LC-23).

    A shorter, proportionate review may do without a lead reviewer who is commissioned: somebody of
    the local network, independent of the case, carries it out then, and is named all the same.
    """

    capacity: ReviewerCapacity = Field(title=_CAPACITY)
    endorsed: Annotated[tuple[PartnerEndorsed, ...], Rows(5, "partner")] = Field(
        title=_ENDORSED,
        description="One of each partner, of those who act for it: all of them appoint together.",
    )


class EndReviewer(Command):
    """A reviewer resigns, or is no longer wanted; from then on the case is closed to them."""

    person: PersonChoice = Field(title="Which reviewer?")
    why: LongText = Field(title="Why do they end?")
    handed_over: LongText = Field(
        title="What becomes of their work?",
        description="What they hand over and to whom, and that they keep no paper of the case.",
    )
