"""What is said of a reviewer who is appointed, and of one who ends (LC-02, LC-23, LC-24)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, LongText, NeededWhen, PersonChoice, YesNo
from services.domain.reviewers import ReviewerCapacity

_CAPACITY = "As what are they appointed? (LC-23)"


class ReviewerAppointed(Command):
    """An appointment as it is kept; from before it was asked, it is of a lead reviewer alone."""

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


class AppointReviewer(ReviewerAppointed):
    """Who carries out the review, and why they may (LC-02, LC-23).

    A shorter, proportionate review may do without a lead reviewer who is commissioned: somebody of
    the local network, independent of the case, carries it out then, and is named all the same.
    """

    capacity: ReviewerCapacity = Field(title=_CAPACITY)


class EndReviewer(Command):
    """A reviewer resigns, or is no longer wanted; from then on the case is closed to them."""

    person: PersonChoice = Field(title="Which reviewer?")
    why: LongText = Field(title="Why do they end?")
    handed_over: LongText = Field(
        title="What becomes of their work?",
        description="What they hand over and to whom, and that they keep no paper of the case.",
    )
