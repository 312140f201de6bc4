"""How the events of a chronology, and changes in an organisation, are told in a table (Doc 10)."""

from typing import Final

from services.casework.steps.local_review.chronology_rows import (
    ChronologyEvent,
    DatedRow,
    OrganisationalChange,
)
from services.domain.chronologies import day_told
from services.domain.labels import label
from services.domain.plain_text import capital

EVENT_COLUMNS: Final = ("When", "Event", "Source", "Agency and role", "The child", "Comment")
CHANGE_COLUMNS: Final = ("When", "Change", "Source", "Service or team", "Effect on practice")


def event_told(event: ChronologyEvent, agency: str = "") -> tuple[str, ...]:
    """Return an event's cells; under the agency that sent it, where several are told together."""
    day = day_told(event.on, event.certainty)
    about = f"About {event.about}" if event.about else ""
    action = f"Action or decision: {event.action}" if event.action else ""
    return (
        f"{day}, {event.time}" if event.time else day,
        "\n".join(filter(None, (event.event, about, action))),
        source_told(event),
        f"{agency}: {event.role}" if agency else event.role,
        "\n".join(filter(None, (capital(label(event.child)), event.voice))),
        event.analysis or "",
    )


def change_told(change: OrganisationalChange) -> tuple[str, ...]:
    """Return the cells of a change."""
    day = day_told(change.on, change.certainty)
    return (day, change.change, source_told(change), change.service, change.effect)


def told_of(row: DatedRow) -> tuple[str, ...]:
    """Return the cells of a row, of whichever of the two chronologies it is."""
    if isinstance(row, ChronologyEvent):
        return event_told(row)
    assert isinstance(row, OrganisationalChange)  # noqa: S101 - there are two kinds of row
    return change_told(row)


def source_told(row: DatedRow) -> str:
    """Return the source of a row, with its kind where that is said."""
    return f"{row.source} ({label(row.source_kind)})" if row.source_kind else row.source
