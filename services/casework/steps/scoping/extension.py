"""A later day for an agency's answer, with the reason; the day first given stays in sight.

It moves what is local, and no national clock: the rapid review's last day, and the review's, stay
as they are, and a day after them is refused while they are to come.
"""

from datetime import date
from typing import Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Day, LongText
from services.casework.effects import (
    AboutTodo,
    agree_later_day,
    close_todos,
    last_day,
    move_todos,
)
from services.casework.steps.scoping.ladder import (
    OwedAnswer,
    is_owed,
    owed,
    subject_of,
    tell_agency,
    todo_of,
)
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Asked
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import Permission
from services.domain.todos import ON_SILENCE
from services.domain.working_days import written

_STAYS: Final = {Asked.SCOPING_RETURN: ClockId.K10, Asked.REPORT: ClockId.K11}


class ExtendDay(OwedAnswer):
    """A later day for an agency's answer (RR-40, LC-33). No national last day moves with it."""

    new_day: Day = Field(title="Until when does the agency have now?")
    reasons: LongText = Field(title="Why is it given more time?")


class DayExtended(ExtendDay):
    """What is kept of it: the day before, and the day that was given first."""

    before: date = Field(title="Until when did it have before?")
    first: date = Field(title="Which day was it given first?")


def extend_day(work: UnitOfWork, case_id: CaseId, command: ExtendDay) -> Case:
    """Give the agency a later day; what was taken up already goes on after it (RR-40)."""
    case = begin(work, case_id, EXTEND_DAY, command)
    request = owed(work, case, command.agency, command.asked)
    before, now = request.due, command.new_day
    if now <= before or now < work.today:
        raise AnswerRefused("new_day", f"Enter a day after {written(before)}, from today on.")
    _must_leave_national_day(work, case, request, now)
    if request.asked is Asked.SCOPING_RETURN:
        agree_later_day(work, case, ClockId.K6, now, subject=str(request.agency_id))
    request.due = now
    request.rung_due = None if request.rung is None else now
    work.session.add(request)
    about = AboutTodo(str(request.agency_id), now)
    move_todos(work, case, (todo_of(request),), before, about)
    close_todos(work, case, *ON_SILENCE, subject=subject_of(request))
    kept = DayExtended(**command.model_dump(), before=before, first=request.first_due)
    entered = Entered(kept=kept, subject=str(command.agency))
    entry = record_entry_as(work, case, EXTEND_DAY, command, entered)
    tell_agency(work, case, request, EmailTrigger.ANSWER_EXTENDED, entry)
    return case


EXTEND_DAY = Act(
    name="extend_day",
    command=ExtendDay,
    which="agency",
    perform=extend_day,
    permission=Permission.PURSUE_ANSWERS,
    doing="give an agency a later day",
    stages=RETURNED_AT,
    entry=EntryType.DAY_EXTENDED,
    kept=DayExtended,
    is_offered=is_owed,
    section=Section.INTERNAL,
)


def _must_leave_national_day(
    work: UnitOfWork, case: Case, request: AgencyRequest, now: date
) -> None:
    """Refuse a day after the national one that the answer is needed for, while that is to come."""
    national = _STAYS[request.asked]
    limit = last_day(work, case, national)
    if limit is not None and work.today <= limit < now:
        raise AnswerRefused(
            "new_day",
            f"{label(national)}: by the end of {written(limit)} ({national}). That day does not "
            "move; give the agency one that leaves it.",
        )
