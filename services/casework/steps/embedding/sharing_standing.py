"""How the sharing of the learning stands: what was held, and which agencies gave the briefing.

A part of the plan is what it says: with other words or another day it is another one, and is asked
for anew. A briefing in other words is asked about anew; a change of its plan asks no agency again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from services.casework.steps.embedding.briefing_said import LearningShared, WriteBriefing
from services.casework.steps.embedding.sharing_said import (
    ConfirmBriefing,
    RecordBriefingGiven,
    SharingRecorded,
)
from services.casework.steps.scoping.reports_settled import agencies_asked
from services.database.actions import actions
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.briefings import SharingCame
from services.domain.entry_types import EntryType
from services.domain.working_days import london_date

SAID_OF_BRIEFING = (EntryType.BRIEFING_CONFIRMED, EntryType.BRIEFING_GIVEN_RECORDED)


@dataclass(frozen=True, slots=True)
class SharingPart:
    """One part of the plan that stands, and what was recorded of it, oldest first."""

    id: UUID
    number: int
    said: LearningShared
    records: tuple[SharingRecorded, ...]

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more of it is to come: it is done, or will not be."""
        return any(one.came is not SharingCame.MORE_TO_COME for one in self.records)

    def is_late(self, today: date) -> bool:
        """Tell whether its last day is over and it is still to come."""
        return not self.is_settled and self.said.last_day < today


@dataclass(frozen=True, slots=True)
class BriefingOfAgency:
    """An agency whose staff are to be given the briefing, and what is said of that."""

    id: UUID
    name: str
    said: ConfirmBriefing | RecordBriefingGiven | None


def sharing_parts(work: UnitOfWork, case: Case) -> tuple[SharingPart, ...]:
    """Return the parts of the plan that stands, in its order; none before there is a briefing."""
    written = all_of(work.session, case.id, EntryType.BRIEFING_WRITTEN)[-1:]
    held = [
        SharingRecorded.model_validate(one.command)
        for one in all_of(work.session, case.id, EntryType.SHARING_RECORDED)
    ]
    return parts_of(case.id, written, held)


def parts_of(
    case_id: UUID, written: Sequence[Entry], held: Sequence[SharingRecorded]
) -> tuple[SharingPart, ...]:
    """Return the parts of a plan from its entry, with what was recorded of each."""
    return tuple(
        SharingPart(
            id=uuid5(case_id, f"sharing {entry.number} {number}"),
            number=number,
            said=said,
            records=tuple(one for one in held if _is_of(one, said)),
        )
        for entry in written
        for number, said in enumerate(WriteBriefing.model_validate(entry.command).sharing, start=1)
    )


def _is_of(record: SharingRecorded, said: LearningShared) -> bool:
    return all(getattr(record, name) == value for name, value in said)


def briefing_of_each(work: UnitOfWork, case: Case) -> tuple[BriefingOfAgency, ...]:
    """Return each agency that reported to the review or owns an action, with what counts of it.

    There is none before there is a briefing.
    """
    written = all_of(work.session, case.id, EntryType.BRIEFING_WRITTEN)
    if not written:
        return ()
    owners = {one.agency_id for one in actions(work.session, case.id)}
    since = _since(written)
    told = all_of(work.session, case.id, *SAID_OF_BRIEFING)
    said = {one.subject: words_of_briefing(one) for one in told if one.number > since}
    known = agency_names(work.session)
    asked = agencies_asked(work, case) | owners
    found = (BriefingOfAgency(one, known.get(one, ""), said.get(str(one))) for one in asked)
    return tuple(sorted(found, key=lambda one: one.name))


def briefing_day(work: UnitOfWork, case: Case) -> date | None:
    """Return since which day the briefing has had the words that it has, if there is one."""
    written = all_of(work.session, case.id, EntryType.BRIEFING_WRITTEN)
    since = _since(written) if written else 0
    return next((london_date(one.at) for one in written if one.number == since), None)


def unconfirmed(work: UnitOfWork, case: Case) -> tuple[BriefingOfAgency, ...]:
    """Return the agencies of whose staff nothing is said of the briefing as it now is."""
    return tuple(one for one in briefing_of_each(work, case) if one.said is None)


def words_of_briefing(entry: Entry) -> ConfirmBriefing | RecordBriefingGiven:
    """Return what an entry says of one agency, by the agency itself or as it was recorded."""
    if entry.entry_type is EntryType.BRIEFING_CONFIRMED:
        return ConfirmBriefing.model_validate(entry.command)
    return RecordBriefingGiven.model_validate(entry.command)


def _since(written: Sequence[Entry]) -> int:
    """Return the number of the entry since which the briefing has had the words that it has."""
    newest, since = _words(written[-1]), written[-1].number
    for one in reversed(written):
        if _words(one) != newest:
            break
        since = one.number
    return since


def _words(written: Entry) -> dict[str, object]:
    of_sharing = {"sharing", "reached"}
    return {name: said for name, said in written.command.items() if name not in of_sharing}
