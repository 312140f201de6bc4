"""The chronologies of the agencies of a case as a file, as far as they are shown."""

from services.casework.access.parts import reads_family
from services.casework.steps.local_review.chronologies_sent import merged
from services.casework.steps.local_review.chronology_columns import columns_of
from services.casework.steps.local_review.chronology_compared import compared
from services.casework.steps.local_review.chronology_pasted import cells_of
from services.casework.steps.local_review.chronology_rows import ChronologyEvent
from services.database.cases import Case
from services.database.history import all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.documents.tables import TableFile, as_file
from services.domain.entry_types import EntryType
from services.domain.errors import NotPermitted
from services.web.view_models.chronology import COMPARE, differs
from services.web.view_models.chronology_filter import ChronologyFilter


def chronology_file(
    work: UnitOfWork, case: Case, chosen: ChronologyFilter, extension: str
) -> TableFile:
    """Return what is shown as a table, each event by the columns by which it was sent.

    Raises NotPermitted for a person who does not read of the family.
    """
    if not reads_family(work, case.id):
        raise NotPermitted("It tells of the child and the family, which you do not read here.")
    names = agency_names(work.session)
    events = compared(merged(all_of(work.session, case.id, EntryType.CHRONOLOGY_SENT)))
    rows = [
        (names.get(one.agency_id, "An agency"), *cells_of(one.event), differs(one, names))
        for one in events
        if chosen.lets_through(one)
    ]
    head = ("Agency", *(one.title for one in columns_of(ChronologyEvent)), COMPARE)
    return as_file(extension, head, rows)
