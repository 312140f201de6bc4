"""The points and steers of a partnership's own, as they stand beside a form (rules.md 5A)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from services.casework.act import Act
from services.casework.effects import policy_of
from services.casework.steps.local_test import ANSWER_LOCAL_TEST
from services.casework.steps.rapid_review.rapid_review import PROPOSE_DECISION
from services.casework.steps.referral.referral import REFER
from services.casework.steps.referral.referral_correction import CORRECT_REFERRAL
from services.casework.steps.referral.referral_from_log import REFER_ON
from services.casework.steps.review_request.request_consideration import CONSIDER_REQUEST
from services.casework.steps.review_request.review_request import REQUEST_REVIEW
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.local_guides import GuideBeside, GuideKind
from services.domain.clocks.policy_json import stored_policy

# Never beside what decides: no local test answers beforehand whether the Panel is notified.
_BESIDE: Final[Mapping[str, frozenset[GuideBeside]]] = MappingProxyType(
    {
        **{
            one.name: frozenset({GuideBeside.REFERRAL})
            for one in (REFER, REFER_ON, CORRECT_REFERRAL, REQUEST_REVIEW)
        },
        **{
            one.name: frozenset({GuideBeside.RECOMMENDATION})
            for one in (PROPOSE_DECISION, CONSIDER_REQUEST)
        },
        ANSWER_LOCAL_TEST.name: frozenset(GuideBeside),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidesView:
    """The steers to read, and the points that can be answered on the case."""

    steers: tuple[str, ...]
    points: tuple[str, ...]


def guides_beside(work: UnitOfWork, act: Act, case: Case | None) -> GuidesView | None:
    """Return what guides the act by the partnership's own policy; nothing where nothing does."""
    beside = _BESIDE.get(act.name)
    if beside is None:
        return None
    policy = stored_policy(work.partnership.policy) if case is None else policy_of(case)
    found = [one for one in policy.guides if one.beside in beside]
    if not found:
        return None
    return GuidesView(
        steers=tuple(one.text for one in found if one.kind is GuideKind.STEER),
        points=tuple(one.text for one in found if one.kind is GuideKind.POINT),
    )
