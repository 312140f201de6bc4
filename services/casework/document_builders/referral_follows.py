"""What follows from a referral (Doc 1): whether a decision on notifying is asked, and of whom."""

from collections.abc import Iterator
from typing import Final

from services.casework.document_builders.context import BuilderContext
from services.casework.steps.referral.referral import ReferOn
from services.casework.steps.referral.referred import Referral
from services.casework.steps.referral.requested import RequestReview
from services.domain.clocks.rules import ClockId
from services.domain.clocks.versions import exists_on
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.incidents import Suspicion, owes_notification
from services.domain.working_days import london_date

_AWARE: Final = "The local authority says when it became aware of the incident."
_DECIDES: Final = (
    "The local authority hears the views of the safeguarding partners, and decides whether it "
    "notifies the Panel. That decision is the local authority's alone."
)
_REVIEWS: Final = (
    "Where it notifies, the safeguarding partners carry out a rapid review. Agencies that were "
    "involved with the family are asked what they know."
)
_DECIDES_ANYWAY: Final = (
    "By this referral no abuse or neglect is known or suspected. The local authority alone decides "
    "whether it notifies the Panel all the same."
)
_NOT_ASKED: Final = (
    "By this referral no abuse or neglect is known or suspected, so that no decision on notifying "
    "the Panel is asked for. If abuse or neglect comes to be known or suspected, the local "
    "authority alone decides on it."
)
_NO_CHILD: Final = (
    "The Panel is not notified: nobody of whom this referral tells was a child on the day of the "
    "incident."
)
_ELSEWHERE: Final = (
    "By this referral the duty to notify the Panel is that of another area's authority, which is "
    "told of the incident and decides."
)
_ELSEWHERE_LATER: Final = (
    "By this referral no abuse or neglect is known or suspected. If it comes to be, the duty to "
    "notify the Panel is that of another area's authority."
)
_LOOKED_AFTER: Final = (
    "The local authority notifies the Secretary of State and Ofsted of the death of a looked-after "
    "child, whether or not abuse or neglect is known or suspected."
)
_CARE_LEAVER: Final = (
    "The local authority notifies the Secretary of State and Ofsted of the death of a care leaver, "
    "whether or not abuse or neglect is known or suspected."
)
_SHOWN: Final = "Who referred is shown the reference of the case and, later, what was decided."


def what_follows(context: BuilderContext, told: Referral) -> PaperSection:
    """Return what follows by what the referral says (NOT-01, NOT-02, NOT-05, NOT-13)."""
    notices = tuple(_notices(told))
    lines = (_AWARE, *_of_notifying(context, told, has_notice=bool(notices)), *notices, _SHOWN)
    return PaperSection(heading="What follows", items=lines)


def _of_notifying(context: BuilderContext, told: Referral, *, has_notice: bool) -> tuple[str, ...]:
    """Return who decides on notifying the Panel, as the duties begin that the referral starts."""
    is_suspected = _is_suspected(context, told)
    if not any(one.is_child for one in told.subjects):
        return (_NO_CHILD,)
    if not owes_notification(told.area, told.residence):
        return (_ELSEWHERE if is_suspected else _ELSEWHERE_LATER,)
    if is_suspected:
        return (_DECIDES, _REVIEWS)
    return (_NOT_ASKED if has_notice else _DECIDES_ANYWAY,)


def _is_suspected(context: BuilderContext, told: Referral) -> bool:
    """Tell whether abuse or neglect was stated here, or before, in a request: it stays stated."""
    if told.suspicion is not Suspicion.NEITHER:
        return True
    asked = context.history.all(EntryType.REVIEW_REQUESTED)
    stated = [RequestReview.model_validate(one.command).suspicion for one in asked]
    return any(one is not Suspicion.NEITHER for one in stated)


def _notices(told: Referral) -> Iterator[str]:
    """Yield the notice that each death in care has, and that of a care leaver since it is owed."""
    if any(one.is_looked_after_death for one in told.subjects):
        yield _LOOKED_AFTER
    aware_at = told.aware_at if isinstance(told, ReferOn) else None
    aware_on = london_date(aware_at or told.received_at)
    is_owed = exists_on(ClockId.K3B, aware_on, told.incident_on)
    if is_owed and any(one.is_care_leaver_death for one in told.subjects):
        yield _CARE_LEAVER
