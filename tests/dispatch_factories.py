"""Valid commands of the acts on dispatches to national bodies."""

from typing import Any
from uuid import UUID

from services.casework.steps.dispatches.breach_decision import DecideOnBreach
from services.casework.steps.dispatches.collections import (
    GiveCollectionCode,
    RevokeCollection,
    SendForCollection,
)
from services.casework.steps.dispatches.dispatch_reading import ConfirmDispatch
from services.casework.steps.dispatches.dispatches import RecordReturn, SendByHand
from services.casework.steps.dispatches.letter_correction import CorrectLetter
from services.casework.steps.dispatches.wrong_recipient import ReportWrongRecipient
from services.casework.steps.publication.availability import ConfirmAvailable
from services.casework.steps.rapid_review.submission_by_collection import SubmitByCollection
from services.domain.breaches import BreachRisk, Destroyed
from services.domain.mailboxes import NOT_PRODUCTION
from tests.factories import words_of


def correct_letter(dispatch: UUID, **but: Any) -> CorrectLetter:
    usual = {"dispatch": dispatch, "opening": "Dear colleagues,\n\nWe write to you."}
    return words_of(CorrectLetter, but, **usual)


def confirm_dispatch(dispatch: UUID, **but: Any) -> ConfirmDispatch:
    return words_of(ConfirmDispatch, but, dispatch=dispatch)


def send_by_hand(dispatch: UUID, **but: Any) -> SendByHand:
    usual = {"dispatch": dispatch, "sent_on": "2026-02-03", "reference": "REF-1"}
    usual["address"] = NOT_PRODUCTION.panel
    return words_of(SendByHand, but, **usual)


def record_return(dispatch: UUID, **but: Any) -> RecordReturn:
    return words_of(RecordReturn, but, dispatch=dispatch, returned_on="2026-02-03")


def send_by_collection(dispatch: UUID, **but: Any) -> SendForCollection:
    return words_of(SendForCollection, but, dispatch=dispatch)


def give_collection_code(dispatch: UUID, **but: Any) -> GiveCollectionCode:
    return words_of(GiveCollectionCode, but, dispatch=dispatch)


def revoke_collection(dispatch: UUID, **but: Any) -> RevokeCollection:
    return words_of(RevokeCollection, but, dispatch=dispatch)


def submit_by_collection(**but: Any) -> SubmitByCollection:
    return words_of(SubmitByCollection, but)


def report_wrong_recipient(dispatch: UUID, **but: Any) -> ReportWrongRecipient:
    usual = {
        "dispatch": dispatch,
        "address": "somebody@elsewhere.example",
        "aware_at": "2026-06-24",
        "writes_to_them": True,
    }
    return words_of(ReportWrongRecipient, but, **usual)


def decide_on_breach(breach: UUID, **but: Any) -> DecideOnBreach:
    usual = {
        "breach": breach,
        "destroyed": Destroyed.CONFIRMED,
        "risk": BreachRisk.UNLIKELY,
        "people_told": False,
    }
    return words_of(DecideOnBreach, but, **usual)


def confirm_available(**but: Any) -> ConfirmAvailable:
    return words_of(ConfirmAvailable, but, looked_on="2026-07-06")
