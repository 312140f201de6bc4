"""Whose answer may be entered for it, and how an answer that came so counts (K6).

An agency that has answered in its own person, or is not asked, has no answer entered for it.
"""

from datetime import datetime, time
from uuid import UUID

from services.casework.effects import mark_met
from services.casework.steps.scoping.owed_answers import to_be_reminded
from services.casework.steps.scoping.scoping_requests import asked_at, asked_this_time
from services.database.agency_requests import AgencyRequest, get_request, requests
from services.database.cases import Case
from services.database.clocks import clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Answered, Asked
from services.domain.clocks.rules import ClockId
from services.domain.errors import AnswerRefused
from services.domain.working_days import LONDON, london_date, written


def to_be_entered(work: UnitOfWork, case: Case) -> list[AgencyRequest]:
    """Return the requests to which an answer may be entered: unanswered, excused, or entered."""
    if case.stage not in RETURNED_AT:
        return []
    waited_for = {one.id for one in to_be_reminded(work, case)}
    asked = asked_this_time(work, case)
    return [
        one
        for one in requests(work.session, case.id, Asked.SCOPING_RETURN)
        if one.id in waited_for or (one.answered is Answered.EXCUSED and one.agency_id in asked)
    ]


def request_to_enter(work: UnitOfWork, case: Case, agency_id: UUID) -> AgencyRequest:
    """Return the request, locked; refuses for who answered already and who stood down (RR-41)."""
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    if request.answered is Answered.RECEIVED:
        raise AnswerRefused(
            "agency",
            "That agency returned its form itself, or confirmed what was entered: it corrects it.",
        )
    if request not in to_be_entered(work, case):
        raise AnswerRefused(
            "agency", "That agency is not asked for a return at present. Ask it first."
        )
    return request


def must_have_come(work: UnitOfWork, case: Case, agency_id: UUID, received_at: datetime) -> None:
    """Refuse a time that is still to come, and one before the agency was asked."""
    if received_at > work.now:
        raise AnswerRefused("received_at", "Enter a day and time that are not in the future.")
    asked = _asked_from(work, case, agency_id)
    if received_at < asked.replace(second=0, microsecond=0):
        raise AnswerRefused(
            "received_at",
            f"The agency was asked on {written(london_date(asked))}: its answer came after that.",
        )


def _asked_from(work: UnitOfWork, case: Case, agency_id: UUID) -> datetime:
    """Return from when the agency was asked: of a case that was taken over, from that very day."""
    asked = asked_at(work, case, agency_id)
    sent_on = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id).sent_on
    if sent_on < london_date(asked):
        return datetime.combine(sent_on, time(), LONDON)
    return asked


def count_as_received(
    work: UnitOfWork, case: Case, request: AgencyRequest, received_at: datetime
) -> None:
    """Count the answer from the day on which it came, also where another was said before (K6)."""
    # [inf] No rule says that an answer by telephone or email meets the day of the form, nor that
    # the unit says when it came: it is how we read "returned" (RR-40, decision 0048).
    day, agency = london_date(received_at), str(request.agency_id)
    if request.answered is Answered.UNCONFIRMED:
        for clock in clocks(work.session, case.id):
            is_its = clock.clock is ClockId.K6 and clock.subject == agency
            if is_its and clock.met_on == request.answered_on:
                clock.met_on = day
                work.session.add(clock)
    mark_met(work, case, ClockId.K6, on=day, subject=agency)
    request.answered, request.answered_on = Answered.UNCONFIRMED, day
    request.version += 1
    request.records_secured = request.holds_no_records = False
    request.representative = request.reasons = ""
    work.session.add(request)
