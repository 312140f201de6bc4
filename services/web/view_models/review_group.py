"""The review group on the page of a case: its meetings, members' comments, what it oversees."""

from dataclasses import dataclass
from datetime import date

from services.casework.steps.attendance.group_meetings import RecordGroupMeeting
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.web.timeline import Told, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGroupView:
    """When the group meets next, if that is still to come, and what is on record, newest first."""

    meets_on: date | None
    on_record: list[Told]


def review_group_view(work: UnitOfWork, case: Case) -> ReviewGroupView | None:
    """Return the group's part of the case; nothing while nothing is on record of it."""
    met = all_of(work.session, case.id, EntryType.GROUP_MET)
    types = (EntryType.GROUP_COMMENTED, EntryType.COMMISSIONING_OVERSEEN)
    said = all_of(work.session, case.id, *types)
    if not met and not said:
        return None
    newest_first = sorted((*met, *said), key=lambda one: -one.number)
    return ReviewGroupView(meets_on=_meets_on(work, met), on_record=tell(work, newest_first))


def _meets_on(work: UnitOfWork, met: list[Entry]) -> date | None:
    """Return the day that was set last, unless it has passed."""
    days = [RecordGroupMeeting.model_validate(one.command).meets_on for one in met]
    newest = next((day for day in reversed(days) if day is not None), None)
    return newest if newest is not None and newest >= work.today else None
