"""What still counts of what was said on a case, as it is shown to whoever acts on it."""

from collections.abc import Sequence

from services.casework.steps.rapid_review.kept_passages import still_kept
from services.casework.steps.scoping.owed_answers import steps_in_force
from services.database.cases import Case
from services.database.history import Entry, all_of, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.escalation import TAKEN_BY_ENTRY
from services.domain.said import counting


def counts_now(work: UnitOfWork, case: Case, entry_type: EntryType) -> list[Entry]:
    """Return what counts of the type, oldest first: of each seat or agency its own.

    Of what is kept in the record it is what still stands; of an agency's silence, the steps by
    which it has come as far as it has (INF-06); of views, those on the awareness that is decided on
    now (NOT-12). The rest stays in the history.
    """
    found = all_of(work.session, case.id, entry_type)
    if entry_type in TAKEN_BY_ENTRY:
        return counting(steps_in_force(work, case, found))
    if entry_type is EntryType.VIEW_GIVEN:
        return counting(_since_reopened(work, case, found))
    found = counting(found)
    if found and entry_type is EntryType.PASSAGE_KEPT:
        standing = still_kept(work, case)
        return [one for one in found if one.subject in standing]
    return found


def _since_reopened(work: UnitOfWork, case: Case, found: Sequence[Entry]) -> list[Entry]:
    """Return what was said since the case was last reopened: before, it was on other facts."""
    reopened = last_fact(work.session, case.id, EntryType.REOPENED)
    return [one for one in found if reopened is None or one.number > reopened.number]
