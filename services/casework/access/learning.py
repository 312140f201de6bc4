"""What an agency reads of the learning event to which its practitioners are invited (LC-38)."""

from collections.abc import Set
from typing import Final

from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType

FOR_INVITED: Final = frozenset(
    {
        DocumentKind.LEARNING_BRIEFING,
        DocumentKind.LEARNING_AGENDA,
        DocumentKind.LEARNING_WORKSHEETS,
    }
)


def kinds_for_invited(work: UnitOfWork, case: Case) -> Set[DocumentKind]:
    """Return the papers of the event that are the same for all, if the actor's agency is invited.

    Its own invitation is an agency's as its other papers are.
    """
    if work.actor.agency_id is None:
        return frozenset()
    own = str(work.actor.agency_id)
    plans = all_of(work.session, case.id, EntryType.LEARNING_EVENT_PLANNED)
    newest = {row["agency"] for one in plans[-1:] for row in one.command["invited"]}
    return FOR_INVITED if own in newest else frozenset()
