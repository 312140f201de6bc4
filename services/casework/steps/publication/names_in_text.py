"""What a report calls people and agencies as it is sent before publication (PUB-26, PUB-27)."""

from services.casework.answers_as_text import ids_in, names_for, names_of_people
from services.casework.steps.local_review.draft_said import DraftSubmitted
from services.database.cases import Case
from services.database.history import all_of
from services.database.reviewers import names_handed_over, reviewers_to_name
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType


def names_in_text(work: UnitOfWork, case: Case) -> dict[str, str]:
    """Return the names of the reviewers, and of the agencies that the newest draft speaks of.

    They stand in what is published as they were sent, whatever is renamed since (decision 0085).
    """
    drafts = all_of(work.session, case.id, EntryType.DRAFT_SUBMITTED)
    if not drafts or not case.publishes:
        return {}
    said = ids_in(DraftSubmitted.model_validate(drafts[-1].command))
    people = reviewers_to_name(work.session, case.id)
    known = names_for(work, *said)
    known |= names_of_people(work, people, names_handed_over(work.session, case.id))
    return {str(one): known[one] for one in (*sorted(said), *people) if one in known}
