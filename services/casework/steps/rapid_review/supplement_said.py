"""What is said in a supplement to a rapid review, and what is kept of it (RR-36)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, LongText, PendingChoices, Rows, YesNo
from services.casework.steps.rapid_review.pending_items import AnsweredItem


class SupplementReview(Command):
    """What has become known since the rapid review was sent to the Panel (RR-35, RR-36).

    It goes to the Panel as a supplement. Where the decision is taken again because of it, it is put
    to all partners, and the record and the letter are sent again.
    """

    information: LongText = Field(title="What has become known?")
    answers: PendingChoices = Field(
        default=(),
        title="Which of what was pending does it answer?",
        description="The rest stays awaited. It may also be something that nobody awaited.",
    )
    bearing: LongText = Field(title="What does it mean for the learning and for the decision?")
    reopens: YesNo = Field(title="Is the decision taken again because of it?")


class ReviewSupplemented(Command):
    """What is kept of it: what it answers by its words, since an id tells the Panel nothing."""

    information: str = Field(title="What has become known?")
    answers: Annotated[tuple[AnsweredItem, ...], Rows(3, "thing awaited")] = Field(
        title="What of it was pending"
    )
    bearing: str = Field(title="What does it mean for the learning and for the decision?")
    reopens: bool = Field(title="Is the decision taken again because of it?")
