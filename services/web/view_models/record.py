"""The record of the meeting as an attendee reads it, and what has changed since they answered."""

from dataclasses import replace

from services.casework.access.meeting import attends
from services.casework.answers_as_text import as_answers, names_for
from services.casework.steps.attendance.circulation import said_of_record
from services.casework.steps.rapid_review.record_writing import WriteRecord
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer
from services.domain.entry_types import EntryType
from services.domain.meeting_record import last_answer, version_answered
from services.web.timeline import Told, tell_as_read


def record_to_agree(work: UnitOfWork, case: Case) -> list[Told]:
    """Return what a named attendee reads to answer: what is new to them, the record, the meeting.

    To anybody else there is nothing: reading it comes from being named, not from a role.
    """
    if not attends(work, case):
        return []
    written = all_of(work.session, case.id, EntryType.RECORD_WRITTEN)
    held = all_of(work.session, case.id, EntryType.MEETING_HELD)
    told = tell_as_read(work, [*written[-1:], *held[-1:]], lambda _entry: True)
    changed = _changed(work, case, written)
    if not changed or not told:
        return told
    return [replace(told[0], entry_type="Changed since you answered", said=changed), *told]


def own_requests(work: UnitOfWork, case: Case) -> list[Told]:
    """Return the actor's own requests for a correction, each with its answer."""
    asked = all_of(work.session, case.id, EntryType.CORRECTION_ASKED)
    own = [one for one in asked if one.person_id == work.actor.person_id]
    numbers = {str(one.number) for one in own}
    answered = all_of(work.session, case.id, EntryType.CORRECTION_ANSWERED)
    answers = [one for one in answered if one.subject in numbers]
    return tell_as_read(work, [*own, *answers], lambda _entry: True)


def _changed(work: UnitOfWork, case: Case, written: list[Entry]) -> tuple[Answer, ...]:
    """Return the answers of the newest version that differ from what the actor answered."""
    said = said_of_record(work, case)
    answer = last_answer(said, work.actor.person_id)
    number = version_answered(said, answer) if answer is not None else 0
    read = next((one for one in written if one.number == number), None)
    if read is None or not written:
        return ()
    known = names_for(work)
    before = set(as_answers(WriteRecord.model_validate(read.command), known))
    now = as_answers(WriteRecord.model_validate(written[-1].command), known)
    return tuple(one for one in now if one not in before)
