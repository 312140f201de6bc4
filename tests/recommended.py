"""Recommendations as forms say them, and on a case up to where the partners endorsed them."""

from typing import Any
from uuid import UUID

from services.casework.steps.recommendations import developing, endorsement, proposing
from services.casework.steps.recommendations.on_record import (
    StandingRecommendation,
    recommendations_on,
    unendorsed,
)
from services.casework.steps.recommendations.said import (
    DevelopRecommendation,
    DropRecommendation,
    ProposeRecommendations,
    PutRecommendations,
)
from services.casework.steps.sign_off.sign_off import sign_recommendations
from services.database.cases import get_case
from services.domain.roles import Role
from tests.put_terms import Carried
from tests.words import SAID, words_of

CHAIR, REVIEWER = Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER


def recommended(owner: UUID, by_when: str = "2026-09-01", **but: Any) -> dict[str, Any]:
    """Return one that is new, and addresses practice and the leadership of the system."""
    usual = {"text": SAID, "owner": owner, "by_when": by_when, "said_before": "new"}
    return usual | {"addresses": ("practice", "system_leadership")} | but


def propose(owner: UUID, *told: dict[str, Any]) -> ProposeRecommendations:
    """Return what is proposed: each as told, or one that is said otherwise nowhere."""
    rows = tuple(recommended(owner) | one for one in told or ({},))
    return words_of(ProposeRecommendations, {"recommendations": rows})


def develop(which: UUID, owner: UUID, **but: Any) -> DevelopRecommendation:
    """Return the review group's next version of a recommendation."""
    usual = recommended(owner, text="Every agency names one team that owns missed appointments.")
    return words_of(DevelopRecommendation, {**usual, "recommendation": which, **but})


def drop(which: UUID, **but: Any) -> DropRecommendation:
    """Return that a recommendation is taken up no further."""
    return words_of(DropRecommendation, but, recommendation=which)


def put(*which: UUID, **but: Any) -> PutRecommendations:
    """Return which recommendations are put to the partners."""
    return words_of(PutRecommendations, but, recommendations=which)


def on_record(case: Carried) -> tuple[StandingRecommendation, ...]:
    """Return the recommendations of the case as they stand."""
    with case.world.act(CHAIR) as work:
        return recommendations_on(work, get_case(work.session, case.case_id))


def put_all(case: Carried, when: str, *told: dict[str, Any]) -> None:
    """Put to the partners what is not endorsed yet; what is told is proposed first."""
    with case.world.act(CHAIR, when) as work:
        waits = unendorsed(work, get_case(work.session, case.case_id))
    if told or not waits:
        usual = {"by_when": f"{int(when[:4]) + (when[5:] >= '09')}-09-01"}
        said = propose(case.agency(), *(usual | one for one in told or ({},)))
        case.do(proposing.propose_recommendations, said, REVIEWER, when)
    with case.world.act(CHAIR, when) as work:
        waits = unendorsed(work, get_case(work.session, case.case_id))
    said = put(*(one.id for one in waits))
    case.do(endorsement.put_recommendations, said, CHAIR, when)


def recommend(case: Any, when: str, *told: dict[str, Any]) -> Any:
    """Have what the review recommends put to our partners, and endorsed by all of them."""
    put_all(case, when, *told)
    return case.sign(sign_recommendations, when)


def develop_at_length(case: Any, when: str) -> Any:
    """Propose two recommendations; the review group develops one, and drops the other."""
    two = propose(case.agency(), {}, {})
    case.do(proposing.propose_recommendations, two, REVIEWER, when)
    first, second = (one.id for one in on_record(case))
    case.do(developing.develop_recommendation, develop(first, case.agency()), CHAIR, when)
    case.do(developing.drop_recommendation, drop(second), CHAIR, when)
    return case
