"""When the lead of a joint review can change: both sides read, and can carry, the whole review."""

from uuid import UUID

from services.casework.joint.membership import is_lead, joint_review_of
from services.casework.joint.showing import sections_seen, sections_shown
from services.casework.steps.review_request.review_request import was_only_requested
from services.database.cases import Case
from services.database.history import all_of, facts
from services.database.police_marks import live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.joint_changes import LEADS_SEE, LED_FROM, PUT_TO_SIGN, JointChange
from services.domain.joint_reviews import SHAREABLE
from services.domain.labels import label
from services.domain.workflow import Stage


def can_be_settled(case: Case, change: JointChange) -> bool:
    """Tell whether our case still stands where the change can be carried out."""
    if change is not JointChange.NEW_LEAD:
        return True
    # Each publisher sends and publishes what was planned under this lead.
    is_planned = case.stage is Stage.PUBLICATION and case.publish_on is not None
    return case.stage in LED_FROM and not is_planned


def must_be_possible(
    work: UnitOfWork, case: Case, change: JointChange, member_id: UUID, other_id: UUID
) -> None:
    """Refuse a change of lead where one side could not read, or could not carry, the review."""
    if change is not JointChange.NEW_LEAD:
        return
    if is_lead(work, case) and not can_be_settled(case, change):
        raise RuleBroken(
            "The lead changes from the rapid review on, and until publication is planned."
        )
    if is_lead(work, case) and was_only_requested(work, case):
        raise RuleBroken("A review that was asked for is led where it was asked for.")
    if member_id == case.tenant_id:
        _must_be_able_to_lead(work, case)
    _must_show(work, case, other_id)


def _must_be_able_to_lead(work: UnitOfWork, case: Case) -> None:
    if case.stage is not Stage.JOINT_REVIEW:
        raise RuleBroken("Your own duty to decide on notifying comes first; then you may lead.")
    has_led = any(
        one.command["change"] == JointChange.NEW_LEAD
        for one in all_of(work.session, case.id, EntryType.JOINT_REVIEW_CHANGED)
    )
    if facts(work.session, case.id, *PUT_TO_SIGN) and not has_led:
        raise RuleBroken(
            "Your own case holds a rapid review of its own, which would be taken for the joint "
            "one. A partnership whose case holds none can lead."
        )


def _must_show(work: UnitOfWork, case: Case, other_id: UUID) -> None:
    """Refuse where we do not show the other side what it must read."""
    shown = sections_shown(work, case, other_id)
    _refuse_lacking(shown, "Show the other partnership first: {}.")
    if any(other_id not in mark.partnerships for mark in live_marks(work.session, case.id)):
        raise RuleBroken(
            "A police-sensitive mark hides a part of the case from the other partnership. Who "
            "marked it lists its seats first, or lifts the mark."
        )


def must_be_shown(work: UnitOfWork, case: Case, change: JointChange, other_id: UUID) -> None:
    """Refuse to agree while the other side does not show us what we must read."""
    if change is not JointChange.NEW_LEAD:
        return
    shown = sections_seen(work, joint_review_of(work, case), other_id)
    _refuse_lacking(shown, "The other partnership shows you first: {}.")


def _refuse_lacking(shown: frozenset[Section], words: str) -> None:
    lacking = [label(one) for one in SHAREABLE if one in LEADS_SEE - shown]
    if lacking:
        raise RuleBroken(
            words.format(", ".join(lacking))
            + " Who leads a joint review, and who led it, read all that is signed."
        )
