"""The chronologies of the agencies of a case as one table, of all of them or of some."""

from dataclasses import dataclass
from uuid import UUID

from services.casework.access.parts import reads_family
from services.casework.steps.local_review.chronologies_merged import MERGE_CHRONOLOGIES
from services.casework.steps.local_review.chronologies_sent import merged
from services.casework.steps.local_review.chronology_told import EVENT_COLUMNS, event_told
from services.database.cases import Case
from services.database.history import all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyView:
    """The agencies that sent a chronology with whether they are chosen, and the events of those."""

    columns: tuple[str, ...]
    agencies: tuple[tuple[UUID, str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    may_merge: bool


def chronology_view(work: UnitOfWork, case: Case, chosen: frozenset[str]) -> ChronologyView | None:
    """Return it to a person who reads of the family; events of all agencies where none is chosen.

    What is chosen and sent no chronology narrows nothing.
    """
    if not reads_family(work, case.id):
        return None
    sent = all_of(work.session, case.id, EntryType.CHRONOLOGY_SENT)
    names = agency_names(work.session)
    agencies = {UUID(one.subject) for one in sent}
    only = {one for one in agencies if str(one) in chosen}
    named = sorted((names.get(one, "An agency"), one) for one in agencies)
    may = work.actor.may(MERGE_CHRONOLOGIES.permission) and case.stage in MERGE_CHRONOLOGIES.stages
    return ChronologyView(
        columns=EVENT_COLUMNS,
        agencies=tuple((one, name, one in only) for name, one in named),
        rows=tuple(
            event_told(one.event, names.get(one.agency_id, "An agency"))
            for one in merged(sent, only)
        ),
        may_merge=may and bool(sent),
    )
