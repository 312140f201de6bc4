"""What a recommendation must say before a version of it is kept (PUB-01, PUB-18)."""

from services.casework.steps.recommendations.said import Recommendation
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.recommendations import SaidBefore


def must_be_clear(work: UnitOfWork, case: Case, one: Recommendation, field: str) -> None:
    """Refuse one of nobody, one that is due in the past, and one that is not clear (PUB-18).

    It says what it addresses, and whether it was made before; the refusal stands beside ``field``.
    """
    for agency in (one.owner, *one.others):
        agency_on(work.session, case.id, agency)
    if one.by_when < work.today:
        raise AnswerRefused(field, "Enter a day that is not in the past.")
    if not one.addresses:
        raise AnswerRefused(field, "Choose of each recommendation what it addresses (PUB-01).")
    if one.said_before is None:
        raise AnswerRefused(
            field, "Choose of each recommendation whether it was made before (PUB-18)."
        )
    if one.said_before is SaidBefore.BEFORE and one.came_of_it is None:
        raise AnswerRefused(field, "Enter where it was recommended before, and what came of it.")
