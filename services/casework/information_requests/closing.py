"""The end of a request: answered here, or ended otherwise, each with its day and its proof."""

from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, Day, LongText, ShortText
from services.casework.information_requests.records import NewStep, begin_step, take_step
from services.casework.past_days import must_be_past
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.errors import RuleBroken
from services.domain.information_requests import (
    InformationHolder,
    RequestOutcome,
)
from services.domain.roles import Permission

_ANSWER: Final = Permission.ANSWER_INFORMATION_REQUESTS
_KEEP: Final = Permission.KEEP_INFORMATION_REQUESTS


class AnswerComplaint(Command):
    """What a complaint was answered, on which day and how."""

    answered_on: Day = Field(title="On which day was it answered?")
    way: ShortText = Field(title="How, and how is it known that it arrived?")
    outcome: LongText = Field(title="What was answered?")


class CloseInformationRequest(Command):
    """How a request ended without an answer of the partnership's own."""

    outcome: RequestOutcome = Field(title="How did it end?")
    ended_on: Day = Field(title="On which day?")
    proof: ShortText = Field(
        title="How do you know, and what was the requester told?",
        description="For example: the date of the letter in which it was refused and the right to "
        "complain was told.",
    )


def answer_complaint(work: UnitOfWork, request_id: UUID, command: AnswerComplaint) -> None:
    """Record the answer to a complaint, which ends it; it was acknowledged before or with it."""
    standing = begin_step(work, request_id, _ANSWER, command)
    if standing is None:
        return
    if not standing.is_complaint:
        raise RuleBroken("Only a complaint is answered here.")
    must_be_past(work, "answered_on", command.answered_on, standing.request.received_on)
    take_step(
        work,
        standing,
        NewStep(event=RequestEvent.ANSWERED, command=command, on_day=command.answered_on),
    )


def close_request(work: UnitOfWork, request_id: UUID, command: CloseInformationRequest) -> None:
    """Close a request; who answers for another says that it was passed to them."""
    standing = begin_step(work, request_id, _KEEP, command)
    if standing is None:
        return
    holder = standing.holder
    by_holder = command.outcome is RequestOutcome.ANSWERED_BY_HOLDER
    if by_holder and holder in {None, InformationHolder.PARTNERSHIP}:
        raise RuleBroken("It was passed to nobody: record first who holds the information.")
    must_be_past(work, "ended_on", command.ended_on, standing.request.received_on)
    take_step(
        work,
        standing,
        NewStep(event=RequestEvent.CLOSED, command=command, on_day=command.ended_on),
    )
