"""What an agency is told of how a case was decided: the outcome, and its own learning (RR-50).

It is told to the agency that referred and to those that were asked: the outcome and not the record,
the reasons in the words that the partners chose for agencies (DEC-14), and never what another
agency said or learns. In a joint review that another partnership leads it is read from
the lead's case, as far as the lead shows it.
"""

from dataclasses import dataclass
from datetime import date

from services.casework.access.meeting import is_final
from services.casework.act import latest_command
from services.casework.steps.decided_by_lead import decided_by_lead
from services.casework.steps.joined_cases import carrying_case
from services.casework.steps.notification.notification_decision import DecideToNotify
from services.casework.steps.reasons_told import (
    decision_of_round,
    reasons_of_decision,
    words_shared,
)
from services.casework.steps.review_request.request_consideration import ConsiderRequest
from services.casework.steps.review_request.review_request import was_only_requested
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.database.cases import Case
from services.database.history import Entry, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.review_requests import RequestDecision
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Outcome, Stage
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class OutcomeTold:
    """How the case was decided; without an outcome, that the Panel was not notified.

    Where the notification was withdrawn, ``decided_on`` is the day on which that was recorded.
    A request for a local review has the partners' decision on it in ``on_request``. The reasons
    are those that the partners shared with agencies, if they did. ``of_lead`` is what it is read
    from where another partnership leads the review.
    """

    outcome: Outcome | None
    decided_on: date | None
    learning: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    on_request: RequestDecision | None = None
    was_withdrawn: bool = False
    of_lead: tuple[Entry, ...] = ()


def outcome_told(work: UnitOfWork, case: Case) -> OutcomeTold | None:
    """Return how the case was decided, once it is: signed by all, and sent to the Panel.

    Of a duplicate it is the outcome and the reasons of the case that carries the incident, and
    nothing else of it. Where another partnership leads, it is what that one shows (DEC-14).
    """
    case = carrying_case(work, case) or case
    by_lead = decided_by_lead(work, case)
    if by_lead is not None:
        return OutcomeTold(
            by_lead.outcome, by_lead.decided_on, reasons=by_lead.reasons, of_lead=by_lead.said
        )
    if was_only_requested(work, case):
        return _of_request(work, case)
    if case.stage is Stage.NOT_NOTIFIED or (case.stage is Stage.CLOSED and not case.outcome):
        return _not_notified(work, case)
    is_decided = is_final(case) and case.outcome is not None
    if not is_decided or not all_agree(work, case, SignOffMatter.RAPID_REVIEW):
        return None
    decision = decision_of_round(work, case)
    own = [] if decision is None else decision.agency_learning
    agency_id = work.actor.agency_id
    learning = tuple(one.learning for one in own if one.agency == agency_id)
    return OutcomeTold(
        case.outcome, case.decided_on, learning, reasons_of_decision(work, case, decision)
    )


def told_closed_on(work: UnitOfWork, case: Case) -> date | None:
    """Return the day on which the case that carries the incident was closed, if it is."""
    case = carrying_case(work, case) or case
    return london_date(case.closed_at) if case.closed_at is not None else None


def _of_request(work: UnitOfWork, case: Case) -> OutcomeTold | None:
    """Return what the partners decided on a request that was not referred, once all signed it."""
    said = latest_command(work, case, EntryType.REQUEST_CONSIDERED, ConsiderRequest)
    if said is None or not all_agree(work, case, SignOffMatter.REVIEW_REQUEST):
        return None
    reasons = words_shared(said)
    return OutcomeTold(case.outcome, case.decided_on, reasons=reasons, on_request=said.decision)


def _not_notified(work: UnitOfWork, case: Case) -> OutcomeTold | None:
    decided = latest_command(work, case, EntryType.NOTIFY_DECIDED, DecideToNotify)
    made = last_fact(work.session, case.id, EntryType.NOTIFY_DECIDED)
    withdrawn = last_fact(work.session, case.id, EntryType.NOTIFICATION_WITHDRAWN)
    if made is not None and withdrawn is not None and withdrawn.number > made.number:
        return OutcomeTold(None, london_date(withdrawn.at), was_withdrawn=True)
    if decided is None or decided.notify or made is None:
        return None
    return OutcomeTold(None, london_date(made.at))
