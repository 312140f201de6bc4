"""Whether a case may end as the duplicate of another: no duty and no work is lost with it."""

from typing import Final

from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.workflow import Stage

MAY_BE_DUPLICATES: Final = frozenset(
    {
        Stage.REFERRED,
        Stage.TO_BE_NOTIFIED,
        Stage.NOT_NOTIFIED,
        Stage.LOOKED_AFTER_DEATH,
        Stage.RAPID_REVIEW,
    }
)
"""Where a case may be joined to another: before its rapid review has met."""


def may_be_joined(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case may end as a duplicate: its review has not met, nor is it shared."""
    return case.met_on is None and membership_of(work.session, case.id) is None


def must_be_joinable(work: UnitOfWork, case: Case) -> None:
    """Refuse a case whose rapid review has met, or that other partnerships take part in."""
    if case.met_on is not None:
        raise StepNotOpen(
            "The rapid review of this case has met: it goes on here. Mark the other case as the "
            "duplicate, if its review has not met. Where both have, each is sent to the Panel."
        )
    if membership_of(work.session, case.id) is not None:
        raise StepNotOpen(
            "This case is part of a joint review, which other partnerships carry too. Mark the "
            "other case as the duplicate, or end the joint review first."
        )


def must_carry_duties(work: UnitOfWork, case: Case, other: Case) -> None:
    """Refuse where a duty that runs on this case would end without running on the other.

    The days go with it: the earliest referral, the earliest awareness that was stated, and of two
    notifications the earlier one (K10).
    """
    _must_carry_decision(case, other)
    if case.notified_at is not None:
        _must_take_in_notification(work, case, other)
    same_death = (not case.is_looked_after_death or other.is_looked_after_death) and (
        not case.is_care_leaver_death or other.is_care_leaver_death
    )
    lacks_suspicion = case.suspects_abuse_of_child and not other.suspects_abuse_of_child
    if not same_death or lacks_suspicion:
        raise AnswerRefused(
            "duplicate_of",
            "A duty would be lost: that case has no suspicion of abuse, or no death in care. "
            "Correct its referral first, or mark that case instead.",
        )


def _must_carry_decision(case: Case, other: Case) -> None:
    """Refuse to end a case that is, or will be, notified for one that is not."""
    is_to_be = case.stage is Stage.TO_BE_NOTIFIED
    carries = other.notified_at is not None or (is_to_be and other.stage is Stage.TO_BE_NOTIFIED)
    if (is_to_be or case.notified_at is not None) and not carries:
        raise AnswerRefused(
            "duplicate_of",
            "A duty would be lost: this case is to be notified, or was, and that case is not. Mark "
            "that case as the duplicate of this one instead.",
        )


def _must_take_in_notification(work: UnitOfWork, case: Case, other: Case) -> None:
    """Refuse an earlier notification for a review that was sent already, or that is shared.

    The earlier of two notifications governs K10. Once a review is with the Panel its last day is
    past; in a joint review it is the last day of other partnerships too.
    """
    assert case.notified_at is not None  # noqa: S101 - asked of a notified case alone
    if other.notified_at is not None and other.notified_at <= case.notified_at:
        return
    if other.stage is not Stage.RAPID_REVIEW or membership_of(work.session, other.id) is not None:
        raise AnswerRefused(
            "duplicate_of",
            "This case was notified earlier, and the last day that follows governs (K10). The "
            "rapid review of that case is sent already, or is a joint one whose last day others "
            "share: it cannot take it over. Send this review too, and tell the Panel that both are "
            "of one incident.",
        )
