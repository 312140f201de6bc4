"""What follows when documents are sent to be collected, are collected, or are not in time.

They count from the day on which they were sent, and only once they were collected: until then the
duty is open (P7).
"""

from typing import Final
from uuid import uuid4

from services.casework.effects.clocks import policy_of
from services.casework.effects.dispatches import (
    ask_to_send,
    close_dispatch_todos,
    enqueue_collection,
)
from services.casework.steps.dispatches.dispatched import changed
from services.database.cases import Case
from services.database.collections import Collection
from services.database.dispatches import Dispatch, on_occasion
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState, Proof, counted, move_dispatch
from services.domain.errors import AlreadyDone, RuleBroken
from services.domain.ways import Way

_SAME: Final = {"tenant_id", "case_id", "notice", "part", "recipient", "documents", "due"}


def must_be_collectable(work: UnitOfWork, case: Case, waiting: Dispatch) -> None:
    """Refuse to send by collection what may not go this way here, or went already."""
    document_class = waiting.notice.rule.document_class
    if Way.COLLECTION not in policy_of(case).ways_of(document_class, waiting.recipient):
        raise RuleBroken("The partnership's policy does not have this sent by collection.")
    must_not_be_under_way(work, case, waiting)


def must_not_be_under_way(work: UnitOfWork, case: Case, waiting: Dispatch) -> None:
    """Refuse to send again what the recipient was sent, or may still collect."""
    beside = on_occasion(work.session, case.id, *waiting.occasion)
    if counted(one.as_sent for one in beside)[waiting.recipient] is not None:
        raise AlreadyDone("This recipient was sent it already.")
    if any(one.recipient is waiting.recipient and one.state.is_under_way for one in beside):
        raise AlreadyDone(
            "This recipient may still collect it. Take the address back before you send it again."
        )


def send_for_collection(work: UnitOfWork, case: Case, waiting: Dispatch) -> Dispatch:
    """Have a one-time address sent; what failed stays as it is, and this is another dispatch."""
    dispatch = waiting
    if waiting.state.has_failed:
        state = DispatchState.TO_SEND
        dispatch = Dispatch(
            **waiting.model_dump(include=_SAME),
            id=uuid4(),
            way=Way.COLLECTION,
            ordered_at=work.now,
            state=state,
        )
    dispatch.way = Way.COLLECTION
    dispatch.sent_by = dispatch.confirmed_by = work.actor.person_id
    work.session.add(dispatch)
    work.session.flush()
    work.session.add(
        Collection(tenant_id=case.tenant_id, case_id=case.id, dispatch_id=dispatch.id, openings=[])
    )
    close_dispatch_todos(work, case, dispatch)
    enqueue_collection(work, case, dispatch)
    return dispatch


def collected(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Count what its recipient has opened, from the day on which it was sent."""
    dispatch.state = move_dispatch(dispatch.state, DispatchState.COLLECTED)
    dispatch.proof = Proof.COLLECTED
    close_dispatch_todos(work, case, dispatch)
    changed(work, case, dispatch)


def expired(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Take what was not collected in time for not sent, and ask for another way."""
    _end(work, case, dispatch, DispatchState.EXPIRED)


def taken_back(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Close the address before it was used, and ask for another way."""
    _end(work, case, dispatch, DispatchState.REVOKED)


def _end(work: UnitOfWork, case: Case, dispatch: Dispatch, state: DispatchState) -> None:
    dispatch.state = move_dispatch(dispatch.state, state)
    dispatch.ended_on = work.today
    close_dispatch_todos(work, case, dispatch)
    ask_to_send(work, case, dispatch)
    changed(work, case, dispatch)
