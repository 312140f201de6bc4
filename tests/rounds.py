"""Which round a person signs who opens the form of a sign-off now."""

from collections.abc import Callable
from typing import Any

from services.casework.steps.rounds.sign_off_rounds import round_of
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.sign_off import SignOffMatter

MATTERS: dict[Callable[..., Any], SignOffMatter] = {
    sign_off.sign_request: SignOffMatter.REVIEW_REQUEST,
    sign_off.sign_rapid_review: SignOffMatter.RAPID_REVIEW,
    sign_off.sign_terms: SignOffMatter.TERMS_OF_REFERENCE,
    sign_off.sign_interim_learning: SignOffMatter.INTERIM_LEARNING,
    sign_off.sign_recommendations: SignOffMatter.RECOMMENDATIONS,
    sign_off.sign_report: SignOffMatter.REPORT,
    sign_off.sign_publication: SignOffMatter.PUBLICATION,
    sign_off.sign_taking_down: SignOffMatter.TAKING_DOWN,
    sign_off.sign_proposed_plan: SignOffMatter.PROPOSED_PLAN,
    sign_off.sign_plan: SignOffMatter.ACTION_PLAN,
}


def newest_round(work: UnitOfWork, case_id: CaseId, act: Callable[..., Any]) -> int:
    """Return the newest round of what the act signs."""
    return round_of(work, get_case(work.session, case_id), MATTERS[act])
