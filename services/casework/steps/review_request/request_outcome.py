"""What follows when every partner agrees on a request for a local review (NOT-24, NOT-25).

A local review without a notification begins with its terms: there is no rapid review, and nothing
is submitted to the Panel. As an LCSPR its decision, its reviewer and its report are told as those
of any other (GOV-16, LC-24, PUB-26).
"""

from services.casework.act import latest_command
from services.casework.effects import (
    enqueue_email,
    open_todo,
    order_document,
    start_clock,
    tell_commissioning,
)
from services.casework.steps.going_on import go_on
from services.casework.steps.review_request.request_consideration import ConsiderRequest
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.review_requests import RequestDecision
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage, Step, move


def follow_request(work: UnitOfWork, case: Case) -> None:
    """Go on by what was signed, keep the paper of it, and tell who asked."""
    said = latest_command(work, case, EntryType.REQUEST_CONSIDERED, ConsiderRequest)
    if said is None:
        raise RuleBroken("What was put to the partners cannot be read: a mark hides it.")
    place = newest_place(work.session, case.id)
    order_document(work, place, Step.NOTIFY, DocumentKind.REQUEST_DECISION)
    enqueue_email(work, case, EmailTrigger.REQUEST_DECIDED)
    match said.decision:
        case RequestDecision.LOCAL_REVIEW:
            _commission(work, case)
        case RequestDecision.NOTIFICATION:
            open_todo(work, case, Todo.REFER_REQUEST)
        case RequestDecision.NO_REVIEW:
            case.stage = move(case.stage, Stage.NOT_NOTIFIED)
            open_todo(work, case, Todo.CLOSE_OR_REOPEN)


def _commission(work: UnitOfWork, case: Case) -> None:
    """Begin the local review: its time counts from the last signature (K11, LC-13)."""
    case.outcome, case.decided_on = Outcome.LOCAL_REVIEW, work.today
    work.session.add(case)
    start_clock(work, case, ClockId.K11)
    tell_commissioning(work, case, newest_place(work.session, case.id), Step.COMMISSION)
    go_on(work, case, Stage.COMMISSIONING)
