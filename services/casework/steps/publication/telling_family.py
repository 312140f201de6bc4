"""The family is told of the day of publication before the text leaves (FAM-12, G10)."""

from services.casework.steps.families.in_report import invited_family
from services.casework.steps.families.publication_wishes import must_be_discussed
from services.casework.steps.publication.staff_standing import days_set, is_of_newest_day
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.publication_days import PublicationStep


def must_have_told_family(work: UnitOfWork, case: Case, otherwise: str | None) -> None:
    """Refuse a text that goes out before the family is on record as told of the day (G10).

    It is discussed with each who takes part. Where nobody does, the step of the plan is on record
    since the day was set, or it is said ``otherwise``: how they were told, or why not.
    """
    must_be_discussed(work, case)
    if invited_family(work, case) or is_told_by_step(work, case) or otherwise is not None:
        return
    raise AnswerRefused(
        "family_told_how",
        "It is not on record that the family was told of the day (G10): say how they were, or why "
        "not.",
    )


def is_told_by_step(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the step of telling the family was taken since the day was set."""
    days = days_set(work, case)
    done = facts(work.session, case.id, EntryType.PUBLICATION_STEP_DONE)
    return any(
        one.subject == PublicationStep.FAMILY and is_of_newest_day(one, days) for one in done
    )
