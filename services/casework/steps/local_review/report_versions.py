"""The versions of the report: the drafts, and the texts that were changed once it was signed."""

from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REPORT
from services.domain.errors import RuleBroken


def versions_read(work: UnitOfWork, case: Case) -> list[Entry]:
    """Return the entries that say the versions, as far as the actor reads them, oldest first."""
    return all_of(work.session, case.id, *THE_REPORT)


def must_read_newest_version(work: UnitOfWork, case: Case) -> Entry:
    """Return the newest version; raises RuleBroken where there is none or a mark hides it."""
    read, known = versions_read(work, case), facts(work.session, case.id, *THE_REPORT)
    if not known:
        raise RuleBroken("There is no report yet.")
    if not read or read[-1].number != known[-1].number:
        raise RuleBroken(
            "A mark hides the newest version of the report from you: whoever marked it lists you "
            "first."
        )
    return read[-1]
