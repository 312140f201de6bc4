"""The events of all agencies, each with the agencies that tell of it otherwise (LC-33)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.casework.steps.local_review.chronologies_sent import AgencyEvent
from services.casework.steps.local_review.chronology_rows import ChronologyEvent
from services.domain.chronology_conflicts import Conflict, ToldEvent, conflicts_of


@dataclass(frozen=True, slots=True)
class ComparedEvent:
    """One event, the agency that sent it, and with which others it conflicts, and in what."""

    agency_id: UUID
    event: ChronologyEvent
    conflicts: Mapping[UUID, Conflict]


def compared(events: Sequence[AgencyEvent]) -> tuple[ComparedEvent, ...]:
    """Return the events in their order, each compared with those of all other agencies."""
    found = conflicts_of([_told(one) for one in events])
    return tuple(
        ComparedEvent(one.agency_id, one.event, conflicts)
        for one, conflicts in zip(events, found, strict=True)
    )


def _told(one: AgencyEvent) -> ToldEvent:
    event = one.event
    return ToldEvent(
        agency_id=one.agency_id,
        on=event.on,
        certainty=event.certainty,
        minutes=event.minutes,
        child=event.child,
        about=event.about or "",
        event=event.event,
    )
