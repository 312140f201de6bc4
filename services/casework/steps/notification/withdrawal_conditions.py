"""Whether a notification may be withdrawn, and why not: the page says what the act refuses."""

from services.casework.effects import last_day, policy_of
from services.casework.joint.membership import fellow_members
from services.casework.joint.notifications import notifications_received
from services.casework.steps.notification.notification_clocks import deaths_owed
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.clocks.versions import WITHDRAWALS
from services.domain.errors import RuleBroken
from services.domain.workflow import Stage
from services.domain.working_days import london_date

_GOES_ON = (
    "The rapid review goes on and is sent to the Panel; the partners may decide in it that the "
    "criteria for notification are no longer met (DEC-12)."
)
NOT_FOLLOWED = (
    f"No notification is withdrawn here. {_GOES_ON} The framework knows no withdrawal, and the "
    "policy of this case does not say that the partnership followed the Panel's page on it on the "
    "day of the notification."
)
OF_ANOTHER_AREA = (
    "The review rests on the notification of another area's authority, which is not ours to "
    f"withdraw. {_GOES_ON}"
)
OF_SEVERAL = (
    "Other partnerships take part in this review, which rests on the notification. The joint part "
    f"ends first. {_GOES_ON}"
)
OF_A_DEATH_IN_CARE = (
    "The death of a looked-after child or care leaver is told of whatever becomes of the rest: "
    f"that notification stays, and is not touched by a withdrawal (NOT-05). {_GOES_ON}"
)
REVIEW_AGREED = (
    "All safeguarding partners have agreed on an LCSPR. Only their own decision against it ends "
    "it (K11), and the rapid review is sent to the Panel as they signed it."
)


def why_not_withdrawn(work: UnitOfWork, case: Case) -> str:
    """Say why the notification cannot be withdrawn now; nothing where it can."""
    if case.notified_at is None:
        return OF_ANOTHER_AREA
    if not policy_of(case).lets_withdraw(london_date(case.notified_at)):
        return NOT_FOLLOWED
    if fellow_members(work, case):
        return OF_SEVERAL
    if notifications_received(work, case):
        return OF_ANOTHER_AREA
    if case.looked_after_notified_at is not None or deaths_owed(work, case):
        return OF_A_DEATH_IN_CARE
    return REVIEW_AGREED if last_day(work, case, ClockId.K11) else ""


def must_be_withdrawable(work: UnitOfWork, case: Case) -> None:
    """Refuse a withdrawal that the policy does not know, or on which more rests (RuleBroken)."""
    if why := why_not_withdrawn(work, case):
        raise RuleBroken(why)


def may_be_withdrawn(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a page offers to record the withdrawal."""
    return not why_not_withdrawn(work, case)


def note_on_withdrawal(work: UnitOfWork, case: Case) -> str:
    """Say above the form why it is refused; else by which page it is asked, and what is unsure."""
    if case.stage is not Stage.RAPID_REVIEW:
        return ""
    by = f"{WITHDRAWALS.name}: {WITHDRAWALS.effect} Not verified: {WITHDRAWALS.source}."
    return why_not_withdrawn(work, case) or by
