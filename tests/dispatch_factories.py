"""Valid commands of the acts on dispatches to national bodies."""

from typing import Any
from uuid import UUID

from services.casework.steps.dispatch_reading import ConfirmDispatch
from services.casework.steps.dispatches import RecordReturn, SendByHand
from tests.factories import words_of


def confirm_dispatch(dispatch: UUID, **but: Any) -> ConfirmDispatch:
    return words_of(ConfirmDispatch, but, dispatch=dispatch)


def send_by_hand(dispatch: UUID, **but: Any) -> SendByHand:
    usual = {"dispatch": dispatch, "sent_on": "2026-02-03", "reference": "REF-1"}
    return words_of(SendByHand, but, **usual)


def record_return(dispatch: UUID, **but: Any) -> RecordReturn:
    return words_of(RecordReturn, but, dispatch=dispatch, returned_on="2026-02-03")
