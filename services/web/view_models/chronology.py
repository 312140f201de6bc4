"""The chronologies of the agencies of a case as one table, narrowed, with where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.casework.access.parts import reads_family
from services.casework.steps.local_review.chronologies_merged import MERGE_CHRONOLOGIES
from services.casework.steps.local_review.chronologies_sent import merged
from services.casework.steps.local_review.chronology_compared import ComparedEvent, compared
from services.casework.steps.local_review.chronology_told import EVENT_COLUMNS, event_told
from services.database.cases import Case
from services.database.history import all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
from services.web.view_models.chronology_filter import ChronologyFilter, OfferedFilter, offered_of

COMPARE = "To compare"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyView:
    """What may be chosen, and the events that were, each with where another agency differs."""

    columns: tuple[str, ...]
    offered: OfferedFilter
    rows: tuple[tuple[str, ...], ...]
    all_rows: int
    differing: int
    may_merge: bool


def chronology_view(
    work: UnitOfWork, case: Case, chosen: ChronologyFilter
) -> ChronologyView | None:
    """Return it to a person who reads of the family; all events where nothing is chosen."""
    if not reads_family(work, case.id):
        return None
    events = compared(merged(all_of(work.session, case.id, EntryType.CHRONOLOGY_SENT)))
    names = agency_names(work.session)
    shown = [one for one in events if chosen.lets_through(one)]
    may = work.actor.may(MERGE_CHRONOLOGIES.permission) and case.stage in MERGE_CHRONOLOGIES.stages
    return ChronologyView(
        columns=(*EVENT_COLUMNS, COMPARE),
        offered=offered_of(events, names, chosen),
        rows=tuple(
            (*event_told(one.event, names.get(one.agency_id, "An agency")), differs(one, names))
            for one in shown
        ),
        all_rows=len(events),
        differing=sum(bool(one.conflicts) for one in shown),
        may_merge=may and bool(events),
    )


def differs(event: ComparedEvent, names: Mapping[UUID, str]) -> str:
    """Return with which agencies the event is to be compared, and why."""
    told = sorted((names.get(one, "An agency"), why) for one, why in event.conflicts.items())
    return "\n".join(f"{capital(label(why))}: {name}" for name, why in told)
