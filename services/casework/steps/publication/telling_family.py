"""The family is told of the day of publication before the text leaves (FAM-12, G10)."""

from services.casework.steps.families.in_report import invited_family
from services.casework.steps.families.publication_wishes import must_be_discussed
from services.casework.steps.publication.timetable import done_for_day
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.publication_days import PublicationStep


def must_have_told_family(work: UnitOfWork, case: Case, otherwise: str | None) -> None:
    """Refuse a text that goes out before the family is on record as told of the day (G10).

    It is discussed with each who takes part. Where nobody does, the step of the plan is on record
    since the day was set, or it is said ``otherwise``: how they were told, or why not.
    """
    must_be_discussed(work, case)
    is_told_by_step = PublicationStep.FAMILY in done_for_day(work, case)
    if invited_family(work, case) or is_told_by_step or otherwise is not None:
        return
    raise AnswerRefused(
        "family_told_how",
        "It is not on record that the family was told of the day (G10): say how they were, or why "
        "not.",
    )
