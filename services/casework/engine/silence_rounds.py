"""Whose turn it is once the day has passed on which an agency was to answer (INF-06).

Whoever takes the next step is asked for it and written to, once for each day that was said.
"""

from collections.abc import Iterator, Set
from datetime import date

from services.casework.effects.emails import key_stem, undeclared_stem
from services.casework.steps.scoping.ladder import ask_next, subject_of, tell_turn
from services.database.agency_requests import AgencyRequest, get_request, unanswered
from services.database.assignments import open_of
from services.database.cases import Case, cases_of, get_case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT
from services.domain.emails import EmailTrigger
from services.domain.escalation import OWED
from services.domain.identifiers import CaseId
from services.domain.todos import ON_SILENCE


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
        is_told = bool(posted & set(_stems(case, request)))
        if case.stage in RETURNED_AT and not (is_asked and is_told):
            _ask(work, case, request, is_told=is_told)


def _ask(work: UnitOfWork, case: Case, request: AgencyRequest, *, is_told: bool) -> None:
    """Ask and write, unless the agency has answered meanwhile: the case is locked as acts do."""
    get_case(work.session, CaseId(case.id), for_change=True)
    now = get_request(work.session, case.id, request.asked, request.agency_id)
    if now.answered not in OWED[now.asked] or work.today <= _day(now):
        return
    ask_next(work, case, now)
    if not is_told:
        tell_turn(work, case, now, EmailTrigger.SILENCE_STEP_DUE, _part(now))


def _day(request: AgencyRequest) -> date:
    """Return the day after which the next step is asked for."""
    return request.rung_due or request.due


def _part(request: AgencyRequest) -> str:
    return f"{request.id}:{request.rung or 'first'}:{_day(request)}"


def _stems(case: Case, request: AgencyRequest) -> Iterator[str]:
    event, part = EmailTrigger.SILENCE_STEP_DUE, _part(request)
    yield key_stem(case, event, part)
    yield undeclared_stem(case, event, part)
