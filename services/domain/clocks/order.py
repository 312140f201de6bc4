"""In which order the events of a case can have happened."""

from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.rules import Anchor
from services.domain.errors import RuleBroken
from services.domain.labels import label
from services.domain.working_days import written

# What cannot have happened before what. The referral may come before or after notification.
IN_ORDER = (
    (Anchor.AWARE, Anchor.NOTIFICATION),
    (Anchor.REFERRAL, Anchor.RECEIPT),
    (Anchor.REFERRAL, Anchor.MEETING),
    (Anchor.NOTIFICATION, Anchor.DECISION),
    (Anchor.AWARE, Anchor.DECISION),
    (Anchor.DECISION, Anchor.PUBLICATION),
    (Anchor.NOTIFICATION, Anchor.SUBMISSION),
    (Anchor.NOTIFICATION, Anchor.PUBLICATION),
    (Anchor.AWARE, Anchor.PUBLICATION),
    (Anchor.PUBLICATION, Anchor.CLOSURE),
)


class OutOfOrder(RuleBroken):
    """Two things are said to have happened in an order in which they cannot."""


def must_be_in_order(anchors: Anchors) -> None:
    """Refuse days that contradict each other, such as a meeting before the referral."""
    for earlier, later in IN_ORDER:
        first, second = anchors.on(earlier), anchors.on(later)
        if first and second and second < first:
            raise OutOfOrder(
                f"The {label(later)} on {written(second)} cannot be before "
                f"the {label(earlier)} on {written(first)}."
            )
