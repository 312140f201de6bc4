"""A later day for an agency's answer, with the reason; the day first given stays in sight.

It moves what is local, and no national clock: the rapid review's last day, and the review's, stay
as they are, and a day after them is refused while they are to come.
"""

from datetime import date
from typing import Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Day, LongText
from services.casework.steps.scoping.ladder import rest_until
from services.casework.steps.scoping.national_days import must_leave_national_day
from services.casework.steps.scoping.owed_answers import OwedAnswer, owed, owed_requests
from services.casework.steps.scoping.turns_told import tell_agency, tell_put_off
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.escalation import is_with_partners
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.working_days import written

THEIRS_TO_SAY: Final = (
    "It was put to the safeguarding partners: they say by when the agency answers, with their "
    "formal action."
)


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
    if is_with_partners(request.rung):
        raise AnswerRefused("agency", THEIRS_TO_SAY)
    if now <= before or now < work.today:
        raise AnswerRefused("new_day", f"Enter a day after {written(before)}, from today on.")
    must_leave_national_day(work, case, request, now, "new_day")
    is_put_off = rest_until(work, case, request, now)
    kept = DayExtended(**command.model_dump(), before=before, first=request.first_due)
    entered = Entered(kept=kept, subject=str(command.agency))
    entry = record_entry_as(work, case, EXTEND_DAY, command, entered)
    tell_agency(work, case, request, EmailTrigger.ANSWER_EXTENDED, entry)
    if is_put_off:
        tell_put_off(work, case, request, entry)
    return case


def to_be_extended(work: UnitOfWork, case: Case) -> list[AgencyRequest]:
    """Return the requests whose day may be moved: none that the partners have taken up."""
    return [one for one in owed_requests(work, case) if not is_with_partners(one.rung)]


def may_be_extended(work: UnitOfWork, case: Case) -> bool:
    """Tell whether an agency of the case may be given more time."""
    return bool(to_be_extended(work, case))


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
    is_offered=may_be_extended,
    section=Section.INTERNAL,
)
