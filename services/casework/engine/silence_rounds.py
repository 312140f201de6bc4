"""Whose turn it is once the day has passed on which an agency was to answer (INF-06).

Whoever takes the next step is asked for it and written to, once for each day that was said.
"""

from collections.abc import Iterator, Set
from datetime import date
from typing import Final

from services.casework.effects.emails import key_stem, undeclared_stem
from services.casework.steps.scoping.ladder import ask_next
from services.casework.steps.scoping.owed_answers import owed_requests, steps_about, subject_of
from services.casework.steps.scoping.turns_told import tell_turn
from services.database.agency_requests import AgencyRequest, unanswered
from services.database.assignments import open_of
from services.database.cases import Case, cases_of, get_case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.escalation import OWED_AT, is_turn_of_others
from services.domain.identifiers import CaseId
from services.domain.todos import ON_SILENCE

_STEPS: Final = (
    EntryType.DAY_EXTENDED,
    EntryType.SILENCE_REFERRED,
    EntryType.STRATEGIC_LEAD_REACHED,
    EntryType.SILENCE_PUT_TO_PARTNERS,
    EntryType.ACTED_FORMALLY,
    EntryType.REPORT_RETURNED,
)


def ask_next_steps(work: UnitOfWork, posted: Set[str]) -> None:
    """Ask for the next step about each answer whose day has passed; asking again adds nothing.

    ``posted`` are the stems of the emails that were posted already.
    """
    late = [one for one in unanswered(work.session) if work.today > _day(one)]
    if not late:
        return
    cases = cases_of(work.session, {one.case_id for one in late})
    asked = {(one.case_id, one.subject) for one in open_of(work.session, *ON_SILENCE)}
    for request in late:
        case = cases[request.case_id]
        is_asked = (case.id, subject_of(request)) in asked
        is_told = bool(posted & set(_stems(work, case, request)))
        if case.stage in OWED_AT[request.asked] and not (is_asked and is_told):
            _ask(work, case, request, is_told=is_told)


def _ask(work: UnitOfWork, case: Case, request: AgencyRequest, *, is_told: bool) -> None:
    """Ask and write, unless the agency has answered meanwhile: the case is locked as acts do."""
    locked = get_case(work.session, CaseId(case.id), for_change=True)
    work.session.refresh(request)
    if request not in owed_requests(work, locked) or work.today <= _day(request):
        return
    ask_next(work, locked, request)
    if not is_told:
        tell_turn(work, locked, request, _event(request), _part(work, locked, request))


def _day(request: AgencyRequest) -> date:
    """Return the day after which the next step is asked for."""
    return request.rung_due or request.due


def _event(request: AgencyRequest) -> EmailTrigger:
    """Say which day has passed: the agency's own, or that of whose turn it is."""
    if is_turn_of_others(request.rung):
        return EmailTrigger.SILENCE_TURN_PASSED
    return EmailTrigger.SILENCE_STEP_DUE


def _part(work: UnitOfWork, case: Case, request: AgencyRequest) -> str:
    """Tell the occasions apart: by the day, and by the newest step that was taken.

    A second formal action may name the same day as the first.
    """
    newest = max((one.number for one in steps_about(work, case, request, *_STEPS)), default=0)
    return f"{request.id}:{newest}:{_day(request)}"


def _stems(work: UnitOfWork, case: Case, request: AgencyRequest) -> Iterator[str]:
    event, part = _event(request), _part(work, case, request)
    yield key_stem(case, event, part)
    yield undeclared_stem(case, event, part)
