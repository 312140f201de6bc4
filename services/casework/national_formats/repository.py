"""The NSPCC's national case review repository: a row for each report that is public.

The repository asks for the report itself, which goes to it as a dispatch; the row holds what its
catalogue says of a report. Where the repository publishes without the partnership's name, that
name stands in no row (PUB-27).
"""

from typing import Final

from services.casework.access.cases import cases_seen
from services.casework.steps.after_publication.standing import is_up
from services.casework.steps.publication.availability import published_address
from services.casework.steps.where_published import is_unnamed
from services.database.cases import Case
from services.database.history import last_entry
from services.database.people import names
from services.database.reviewers import reviewers_to_name
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType

REPOSITORY_COLUMNS: Final = (
    "Title",
    "Safeguarding partnership",
    "Author",
    "Date of publication",
    "Address",
)


def repository_cases(work: UnitOfWork) -> list[Case]:
    """Return the cases whose report is public now, and not taken down since."""
    return [one for one in cases_seen(work).open if one.publishes and is_up(work, one)]


def repository_row(work: UnitOfWork, case: Case) -> tuple[str, ...]:
    """Return the row of a report: no reference of a case, which tells nothing outside (PUB-27)."""
    planned = last_entry(work.session, case.id, EntryType.PUBLICATION_PLANNED)
    title = str((planned.command.get("public_name") if planned else None) or "")
    reviewers = reviewers_to_name(work.session, case.id)
    known = names(work.session, set(reviewers))
    day = case.published_on
    return (
        title,
        "" if is_unnamed(work, case) else work.partnership.name,
        ", ".join(known[one] for one in reviewers if one in known),
        day.strftime("%d/%m/%Y") if day else "",
        published_address(work, case),
    )
