"""Which statutory and local clocks are running, and when each runs out.

Traps: there are two anchors, referral and notification, never one start date. The meeting
rule is a window, so too early is also a breach. K12 counts backwards and blocks rather than
warns. Nothing pauses a clock: a delay is recorded beside the original due date.
"""

from services.domain.clock_counting import AnchorMissing, NoSuchDuty, count_clock
from services.domain.clock_rules import RULES, Anchor, ClockId, ClockRule, Force, Unit
from services.domain.due_dates import Anchors, DueDate
from services.domain.errors import RuleBroken
from services.domain.policy import NATIONAL, PartnershipPolicy
from services.domain.working_days import Calendar, Skipped, written

__all__ = [
    "RULES",
    "Anchor",
    "AnchorMissing",
    "Anchors",
    "ClockId",
    "ClockRule",
    "DueDate",
    "Force",
    "NoSuchDuty",
    "OutOfOrder",
    "Skipped",
    "Unit",
    "due_date",
    "due_dates",
    "must_be_in_order",
]

# What cannot have happened before what. The referral may come before or after notification.
IN_ORDER = (
    (Anchor.AWARE, Anchor.NOTIFICATION),
    (Anchor.REFERRAL, Anchor.RECEIPT),
    (Anchor.REFERRAL, Anchor.MEETING),
    (Anchor.NOTIFICATION, Anchor.DECISION),
    (Anchor.AWARE, Anchor.DECISION),
    (Anchor.DECISION, Anchor.PUBLICATION),
    (Anchor.NOTIFICATION, Anchor.PUBLICATION),
    (Anchor.AWARE, Anchor.PUBLICATION),
    (Anchor.PUBLICATION, Anchor.CLOSURE),
)


class OutOfOrder(RuleBroken):
    """Two things are said to have happened in an order in which they cannot."""


def due_date(
    clock: ClockId, anchors: Anchors, calendar: Calendar, policy: PartnershipPolicy = NATIONAL
) -> DueDate:
    """Return when one duty is due; refuse if what it counts from is not known."""
    return count_clock(RULES[clock], anchors, calendar, policy)


def due_dates(
    anchors: Anchors, calendar: Calendar, policy: PartnershipPolicy = NATIONAL
) -> tuple[DueDate, ...]:
    """Return every clock whose anchor is known and whose duty existed then, K1 first."""
    counted: list[DueDate] = []
    for clock, rule in RULES.items():
        if anchors.on(rule.anchor) is None:
            continue
        try:
            counted.append(due_date(clock, anchors, calendar, policy))
        except NoSuchDuty:
            continue
    return tuple(counted)


def must_be_in_order(anchors: Anchors) -> None:
    """Refuse days that contradict each other, such as a meeting before the referral."""
    for earlier, later in IN_ORDER:
        first, second = anchors.on(earlier), anchors.on(later)
        if first and second and second < first:
            raise OutOfOrder(
                f"The {later} on {written(second)} cannot be before "
                f"the {earlier} on {written(first)}."
            )
