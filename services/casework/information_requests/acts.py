"""Every act on a request for information, listed once: the pages read this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from services.casework.commands import Command
from services.casework.information_requests.clock_acts import (
    AcknowledgeComplaint,
    AskRequester,
    ExtendInformationRequest,
    RecordRequesterAnswer,
    acknowledge,
    ask_requester,
    extend_request,
    record_requester_answer,
)
from services.casework.information_requests.closing import (
    AnswerComplaint,
    CloseInformationRequest,
    answer_complaint,
    close_request,
)
from services.casework.information_requests.entering import (
    EnterInformationRequest,
    enter_request,
)
from services.casework.information_requests.items import (
    DecideItem,
    EnterItem,
    ReadItemDecision,
    decide_item,
    enter_item,
    read_item,
)
from services.casework.information_requests.reply import (
    AnswerInformationRequest,
    MakeReplyPaper,
    answer_request,
    make_reply_paper,
)
from services.casework.information_requests.routing import (
    RouteInformationRequest,
    route_request,
)
from services.casework.information_requests.standing import ItemStanding, RequestStanding
from services.domain.roles import Actor, Permission

_ANSWER: Final = Permission.ANSWER_INFORMATION_REQUESTS
_KEEP: Final = Permission.KEEP_INFORMATION_REQUESTS


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestAct:
    """One act: its command, its function, which permission it takes, and when it is of use.

    All but the first are about a request, or about one item of it. Who keeps requests may do what
    who answers one may.
    """

    name: str
    command: type[Command]
    perform: Callable[..., Any]
    permission: Permission = _ANSWER
    is_open: Callable[[RequestStanding], bool] = lambda _standing: True
    is_of_item: bool = False


ENTER: Final = InformationRequestAct(
    name="enter", command=EnterInformationRequest, perform=enter_request, permission=_KEEP
)
ROUTE: Final = InformationRequestAct(
    name="route", command=RouteInformationRequest, perform=route_request, permission=_KEEP
)
ASK: Final = InformationRequestAct(
    name="ask",
    command=AskRequester,
    perform=ask_requester,
    is_open=lambda standing: not standing.is_complaint and standing.days.awaited is None,
)
CAME: Final = InformationRequestAct(
    name="came",
    command=RecordRequesterAnswer,
    perform=record_requester_answer,
    is_open=lambda standing: standing.days.awaited is not None,
)
EXTEND: Final = InformationRequestAct(
    name="extend",
    command=ExtendInformationRequest,
    perform=extend_request,
    is_open=lambda standing: not standing.is_complaint and standing.days.extension is None,
)
ACKNOWLEDGE: Final = InformationRequestAct(
    name="acknowledge",
    command=AcknowledgeComplaint,
    perform=acknowledge,
    is_open=lambda standing: standing.is_complaint and standing.acknowledged_on is None,
)
ANSWER_COMPLAINT: Final = InformationRequestAct(
    name="answer-complaint",
    command=AnswerComplaint,
    perform=answer_complaint,
    is_open=lambda standing: standing.is_complaint,
)
CLOSE: Final = InformationRequestAct(
    name="close", command=CloseInformationRequest, perform=close_request, permission=_KEEP
)
ENTER_ITEM: Final = InformationRequestAct(
    name="item",
    command=EnterItem,
    perform=enter_item,
    is_open=lambda standing: not standing.is_complaint,
)
DECIDE_ITEM: Final = InformationRequestAct(
    name="decide", command=DecideItem, perform=decide_item, is_of_item=True
)
READ_ITEM: Final = InformationRequestAct(
    name="read", command=ReadItemDecision, perform=read_item, is_of_item=True
)
MAKE_PAPER: Final = InformationRequestAct(
    name="paper",
    command=MakeReplyPaper,
    perform=make_reply_paper,
    is_open=lambda standing: bool(standing.items) and all(one.is_settled for one in standing.items),
)
ANSWER: Final = InformationRequestAct(
    name="answer",
    command=AnswerInformationRequest,
    perform=answer_request,
    is_open=lambda standing: standing.has_paper,
)
ON_A_REQUEST: Final = (
    ROUTE,
    ASK,
    CAME,
    EXTEND,
    ACKNOWLEDGE,
    ENTER_ITEM,
    MAKE_PAPER,
    ANSWER,
    ANSWER_COMPLAINT,
    CLOSE,
)


def open_acts(actor: Actor, standing: RequestStanding) -> tuple[InformationRequestAct, ...]:
    """Return the acts that the person may do on the request now."""
    if standing.ending is not None:
        return ()
    keeps = actor.may(_KEEP)
    return tuple(
        one
        for one in ON_A_REQUEST
        if (keeps or actor.may(one.permission)) and one.is_open(standing)
    )


def open_item_acts(
    actor: Actor, standing: RequestStanding, item: ItemStanding
) -> tuple[InformationRequestAct, ...]:
    """Return what the person may do about the item now: nobody reads their own decision."""
    if standing.ending is not None or not (actor.may(_KEEP) or actor.may(_ANSWER)):
        return ()
    decided = item.decided
    waits = decided is not None and item.read is None
    is_another = decided is not None and decided.added_by != actor.person_id
    return (DECIDE_ITEM, READ_ITEM) if waits and is_another else (DECIDE_ITEM,)
