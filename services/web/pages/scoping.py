"""Pages of scoping: the forms sent, chased, returned by each agency, or excused."""

from fastapi import APIRouter

from services.casework.steps import scoping
from services.database.agency_requests import Answered, Asked, requests
from services.database.cases import Case
from services.database.partnerships import agencies
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.web.act_pages import ActPage, act_page
from services.web.forms.fields import Choice, Options

router = APIRouter(prefix="/cases/{case_id}")

_OPEN = frozenset(scoping.OPEN_FROM)


def _unanswered(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies whose return is still to come."""
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    owing = {one.agency_id for one in asked if one.answered is Answered.ASKED}
    chosen = (one for one in agencies(work.session) if one.id in owing)
    return {"agency": tuple(Choice(str(one.id), one.name) for one in chosen)}


def _not_asked(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies that have not been asked yet."""
    asked = {one.agency_id for one in requests(work.session, case.id, Asked.SCOPING_RETURN)}
    chosen = (one for one in agencies(work.session) if one.id not in asked)
    return {"agencies": tuple(Choice(str(one.id), one.name) for one in chosen)}


act_page(
    router,
    ActPage(
        path=Todo.REQUEST_RETURNS,
        title="Send the scoping forms",
        button="Send the forms",
        done="The scoping forms are on their way. Each agency has five working days.",
        act=scoping.request_returns,
        words=scoping.RequestReturns,
        permission=Permission.RUN_SCOPING,
        entry_type=(EntryType.RETURNS_REQUESTED,),
        stages=_OPEN,
        clock=ClockId.K5,
        narrow=_not_asked,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.SUBMIT_RETURN,
        title="Return the scoping form",
        button="Send the return",
        done="Your agency's return is received.",
        act=scoping.submit_return,
        words=scoping.SubmitReturn,
        permission=Permission.ANSWER_AGENCY_REQUEST,
        entry_type=(EntryType.RETURN_SUBMITTED,),
        stages=frozenset(),
        clock=ClockId.K6,
    ),
)
act_page(
    router,
    ActPage(
        path="scoping/chase",
        title="Remind an agency of its scoping form",
        button="Send a reminder",
        done="The reminder is on its way.",
        act=scoping.chase,
        words=scoping.Chase,
        permission=Permission.RUN_SCOPING,
        entry_type=(EntryType.AGENCY_CHASED,),
        stages=_OPEN,
        narrow=_unanswered,
    ),
)
act_page(
    router,
    ActPage(
        path="scoping/excuse",
        title="Record why an agency will not return the form",
        button="Record the reason",
        done="The reason is recorded.",
        act=scoping.excuse_return,
        words=scoping.ExcuseReturn,
        permission=Permission.RUN_SCOPING,
        entry_type=(EntryType.RETURN_EXCUSED,),
        stages=_OPEN,
        narrow=_unanswered,
    ),
)
