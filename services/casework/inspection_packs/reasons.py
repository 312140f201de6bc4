"""Why a duty was late, as the acts said that asked for it, but for what a police mark lies on."""

from collections.abc import Mapping
from typing import Final

from services.database.cases import Case
from services.database.history import all_of
from services.database.police_marks import live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType

_SAID_IN: Final[Mapping[ClockId, Mapping[EntryType, str]]] = {
    ClockId.K1: {
        EntryType.NOTIFICATION_RECORDED: "late_reason",
        EntryType.AWARENESS_CORRECTED: "late_reason",
    },
    ClockId.K10: {
        EntryType.LATENESS_TOLD: "reasons",
        EntryType.RAPID_REVIEW_SUBMITTED: "late_reason",
        EntryType.RAPID_REVIEW_SENT_FOR_COLLECTION: "late_reason",
    },
    ClockId.K11: {EntryType.DELAY_RECORDED: "reasons"},
}


def reason_for(work: UnitOfWork, case: Case, clock: ClockId) -> str:
    """Return the reasons on record, in their order; none of a marked entry, whoever reads it."""
    fields, marks = _SAID_IN[clock], live_marks(work.session, case.id)
    named, sections = {one.entry_id for one in marks}, {one.section for one in marks}
    said = [
        one.command.get(fields[one.entry_type])
        for one in all_of(work.session, case.id, *fields)
        if one.id not in named and one.section not in sections
    ]
    return " ".join(str(one) for one in said if one)
