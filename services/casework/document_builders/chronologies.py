"""The chronologies of agencies on paper: in an agency's report, and all of them as one (Doc 10)."""

from collections.abc import Iterator
from uuid import UUID

from services.casework.document_builders.context import BuilderContext, DocumentContent, key_dates
from services.casework.steps.local_review.chronologies_merged import MergeChronologies
from services.casework.steps.local_review.chronologies_sent import (
    changes_in,
    chronology_in,
    merged,
)
from services.casework.steps.local_review.chronology_told import (
    CHANGE_COLUMNS,
    EVENT_COLUMNS,
    change_told,
    event_told,
)
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType

Rows = tuple[tuple[str, ...], ...]


def chronologies_of(context: BuilderContext, agency_id: UUID | None) -> Iterator[PaperSection]:
    """Yield what the agency sent last of its involvement, and of changes in its organisation."""
    sent = context.history.all(EntryType.CHRONOLOGY_SENT, EntryType.CHANGES_SENT)
    said, changed = chronology_in(sent, agency_id), changes_in(sent, agency_id)
    if said is not None:
        rows = tuple(map(event_told, said.events))
        yield _part("Chronology of involvement", EVENT_COLUMNS, rows)
    if changed is not None:
        rows = tuple(map(change_told, changed.changes))
        yield _part("Chronology of changes in the organisation", CHANGE_COLUMNS, rows)


def merged_chronology(context: BuilderContext) -> DocumentContent:
    """Build one chronology of several agencies, in the order in which things happened (LC-33)."""
    asked = context.history.command(EntryType.CHRONOLOGIES_MERGED, MergeChronologies)
    events = merged(context.history.all(EntryType.CHRONOLOGY_SENT), asked.agencies)
    rows = tuple(event_told(one.event, context.names.get(one.agency_id, "")) for one in events)
    agencies = sorted({context.names.get(one.agency_id, "") for one in events})
    return DocumentContent(
        sections=(_part("What happened", EVENT_COLUMNS, rows),),
        details=key_dates(context) | {"Agencies": ", ".join(agencies)},
    )


def _part(
    heading: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> PaperSection:
    return PaperSection(heading=heading, table=Table(caption="", columns=columns, rows=rows))
