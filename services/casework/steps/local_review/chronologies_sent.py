"""The chronologies that agencies are asked for, and those that came (LC-33)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.steps.local_review.chronology_rows import (
    ChangesSaid,
    ChronologyEvent,
    ChronologySaid,
)
from services.casework.steps.local_review.own_request import own_request
from services.casework.steps.local_review.reports_wanted import (
    items_asked,
    settled_at,
    standing_requests,
)
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.history import Entry, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked, WantedItem
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.labels import label

SENT_AS: Final = {
    WantedItem.CHRONOLOGY: EntryType.CHRONOLOGY_SENT,
    WantedItem.ORGANISATIONAL_CHANGES: EntryType.CHANGES_SENT,
}


@dataclass(frozen=True, slots=True)
class AgencyEvent:
    """One event of a chronology, and the agency that sent it."""

    agency_id: UUID
    event: ChronologyEvent


def asked_for(work: UnitOfWork, case: Case, wanted: WantedItem) -> UUID:
    """Return the actor's agency, which is asked for this and may still send it."""
    request = own_request(work, case)
    if not _may_send(work, case, request.agency_id, wanted):
        raise RuleBroken(f"Your agency is not asked for {label(wanted)}.")
    return request.agency_id


def is_asked_for(work: UnitOfWork, case: Case, wanted: WantedItem) -> bool:
    """Tell whether the actor's agency is asked for this and may still send it."""
    own = work.actor.agency_id
    asked = requests(work.session, case.id, Asked.REPORT) if own else []
    open_ = [one for one in asked if one.agency_id == own]
    is_open = any(one.answered is not Answered.ACCEPTED for one in open_)
    return is_open and own is not None and _may_send(work, case, own, wanted)


def wanted_of(work: UnitOfWork, case: Case, agency_id: UUID) -> tuple[WantedItem, ...]:
    """Return what the agency is asked to send now; nothing where the request does not say it."""
    return items_asked(standing_requests(work, case, agency_id), agency_id)


def _may_send(work: UnitOfWork, case: Case, agency_id: UUID, wanted: WantedItem) -> bool:
    """Tell whether the agency was asked for this, as all were for a chronology in words once."""
    return wanted in (wanted_of(work, case, agency_id) or (WantedItem.CHRONOLOGY,))


def must_have_sent_chronologies(work: UnitOfWork, case: Case, agency_id: UUID) -> None:
    """Refuse a report before the chronologies that were asked for with it (LC-33).

    One that came before an earlier report of the agency was accepted is not the one asked for.
    """
    since = settled_at(work, case, agency_id)
    for wanted in wanted_of(work, case, agency_id):
        kind = SENT_AS.get(wanted)
        sent = facts(work.session, case.id, kind) if kind is not None else ()
        mine = [one for one in sent if one.subject == str(agency_id) and one.number > since]
        if kind is not None and not mine:
            raise RuleBroken(f"Send this first, on its own page: {label(wanted)} (LC-33).")


def chronology_in(entries: Iterable[Entry], agency_id: UUID | None) -> ChronologySaid | None:
    """Return the newest chronology of the agency among these entries."""
    newest = _newest(entries, EntryType.CHRONOLOGY_SENT, agency_id)
    return None if newest is None else ChronologySaid.model_validate(newest.command)


def changes_in(entries: Iterable[Entry], agency_id: UUID | None) -> ChangesSaid | None:
    """Return the newest chronology of the agency's changes among these entries."""
    newest = _newest(entries, EntryType.CHANGES_SENT, agency_id)
    return None if newest is None else ChangesSaid.model_validate(newest.command)


def _newest(entries: Iterable[Entry], kind: EntryType, agency_id: UUID | None) -> Entry | None:
    found = [one for one in entries if (one.entry_type, one.subject) == (kind, str(agency_id))]
    return found[-1] if found else None


def merged(entries: Iterable[Entry], only: Iterable[UUID] = ()) -> tuple[AgencyEvent, ...]:
    """Return the events of all agencies, or of some, in the order in which they happened."""
    found, chosen = tuple(entries), set(only)
    agencies = {UUID(one.subject) for one in found if one.entry_type is EntryType.CHRONOLOGY_SENT}
    events = [
        AgencyEvent(agency_id, event)
        for agency_id in sorted(agencies & chosen if chosen else agencies)
        for said in [chronology_in(found, agency_id)]
        for event in (said.events if said else ())
    ]
    return tuple(sorted(events, key=lambda one: (one.event.on, one.event.minutes)))
