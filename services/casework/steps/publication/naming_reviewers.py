"""A published report names who carried out the review (PUB-27)."""

from services.casework.answers_as_text import names_of_people
from services.database.cases import Case
from services.database.reviewers import names_handed_over, reviewers_to_name
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import RuleBroken


def must_name_reviewer(work: UnitOfWork, case: Case) -> None:
    """Refuse to plan publication while nobody is on record whom the report could name (PUB-27).

    Of a reviewer whom a former lead of a joint review handed over, the name came along.
    """
    reviewers = reviewers_to_name(work.session, case.id)
    known = names_of_people(work, reviewers, names_handed_over(work.session, case.id))
    if not reviewers or not set(reviewers) <= known.keys():
        raise RuleBroken(
            "The published report names its reviewers (PUB-27, G10), and of one no name is on "
            "record. Appoint who carried out the review."
        )
