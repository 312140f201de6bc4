"""What moves the clock of a request: what the requester is asked for, what came, an extension."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, Day, ShortText
from services.casework.information_requests.records import NewStep, begin_step, take_step
from services.casework.information_requests.standing import (
    CAME,
    RequestStanding,
    due_of,
    policy_here,
)
from services.casework.past_days import must_be_past
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.clocks.request_clocks import AskedOfRequester
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.information_requests import InformationRequestKind
from services.domain.plain_dates import day_month_year
from services.domain.roles import Permission

_ANSWER: Final = Permission.ANSWER_INFORMATION_REQUESTS
_ASKED: Final = {
    AskedOfRequester.IDENTITY: RequestEvent.IDENTITY_ASKED,
    AskedOfRequester.CLARIFICATION: RequestEvent.CLARIFICATION_ASKED,
}
_STOPPED_BY: Final = {
    InformationRequestKind.SUBJECT_ACCESS: frozenset(AskedOfRequester),
    InformationRequestKind.FREEDOM_OF_INFORMATION: frozenset({AskedOfRequester.CLARIFICATION}),
    InformationRequestKind.COMPLAINT: frozenset(),
}
Further = Annotated[int, Field(ge=1, le=99)]


class AskRequester(Command):
    """That the requester was asked for something without which the request cannot go on."""

    asked: AskedOfRequester = Field(
        title="What were they asked for?",
        description="The clock of a subject access request stops for either, that of freedom of "
        "information for what exactly is asked for.",
    )
    asked_on: Day = Field(title="On which day?")
    because: ShortText = Field(title="Why is it needed?")


class RecordRequesterAnswer(Command):
    """That what the requester was asked for came."""

    came_on: Day = Field(title="On which day did it come?")
    seen: ShortText = Field(
        title="What was seen or said?", description="Not the number of any document."
    )


class ExtendInformationRequest(Command):
    """That the requester was told that it takes longer, and why."""

    length: Further = Field(
        title="By how much?",
        description="Further months of a subject access request, further working days of freedom "
        "of information: as many as your policy has at most.",
    )
    told_on: Day = Field(title="On which day was the requester told?")
    reasons: ShortText = Field(title="Why, as the requester was told?")


class AcknowledgeComplaint(Command):
    """That the receipt of a complaint was acknowledged."""

    told_on: Day = Field(title="On which day was it acknowledged?")
    way: ShortText = Field(title="How?")


def ask_requester(work: UnitOfWork, request_id: UUID, command: AskRequester) -> None:
    """Record that something was asked for; the clock stops from that day until it comes."""
    standing = begin_step(work, request_id, _ANSWER, command)
    if standing is None:
        return
    if command.asked not in _STOPPED_BY[standing.request.kind]:
        raise AnswerRefused("asked", "It does not stop the clock of a request of this kind.")
    if any(one.asked is command.asked and one.until is None for one in standing.days.waits):
        raise AlreadyDone("It was asked for already, and has not come.")
    must_be_past(work, "asked_on", command.asked_on, _latest(standing))
    take_step(
        work,
        standing,
        NewStep(event=_ASKED[command.asked], command=command, on_day=command.asked_on),
    )


def record_requester_answer(
    work: UnitOfWork, request_id: UUID, command: RecordRequesterAnswer
) -> None:
    """Record that what was asked for came, on a day after it was asked: the clock goes on."""
    standing = begin_step(work, request_id, _ANSWER, command)
    if standing is None:
        return
    awaited = standing.days.awaited
    if awaited is None:
        raise RuleBroken("Nothing is awaited from the requester.")
    must_be_past(work, "came_on", command.came_on, awaited.since)
    take_step(
        work,
        standing,
        NewStep(event=CAME[awaited.asked], command=command, on_day=command.came_on),
    )


def extend_request(work: UnitOfWork, request_id: UUID, command: ExtendInformationRequest) -> None:
    """Record an extension of which the requester was told in time, once, and while it counts."""
    standing = begin_step(work, request_id, _ANSWER, command)
    if standing is None:
        return
    if standing.days.extension is not None:
        raise AlreadyDone("It was extended already: that is done once.")
    due = due_of(work, standing)
    if due.due is None:
        raise RuleBroken("The clock is stopped: there is nothing to extend until it goes on.")
    most = _most(standing.request.kind, policy_here(work))
    if command.length > most:
        raise AnswerRefused("length", f"It may be extended by {most} at most.")
    must_be_past(work, "told_on", command.told_on, standing.request.received_on)
    if due.extend_until is not None and command.told_on > due.extend_until:
        until = day_month_year(due.extend_until)
        raise AnswerRefused(
            "told_on", f"It had to be told by {until}: the last day stays as it is."
        )
    take_step(
        work,
        standing,
        NewStep(event=RequestEvent.EXTENDED, command=command, on_day=command.told_on),
    )


def acknowledge(work: UnitOfWork, request_id: UUID, command: AcknowledgeComplaint) -> None:
    """Record that a complaint was acknowledged (DPA 2018 s.164A)."""
    standing = begin_step(work, request_id, _ANSWER, command)
    if standing is None:
        return
    if not standing.is_complaint:
        raise RuleBroken("Only a complaint has a day by which it is acknowledged.")
    if standing.acknowledged_on is not None:
        raise AlreadyDone("It was acknowledged already; the first record stands.")
    must_be_past(work, "told_on", command.told_on, standing.request.received_on)
    take_step(
        work,
        standing,
        NewStep(event=RequestEvent.ACKNOWLEDGED, command=command, on_day=command.told_on),
    )


def _latest(standing: RequestStanding) -> date:
    """Return the day from which something can be asked: receipt, or the last answer that came."""
    came = (one.until for one in standing.days.waits if one.until is not None)
    return max((standing.request.received_on, *came))


def _most(kind: InformationRequestKind, policy: RequestPolicy) -> int:
    if kind is InformationRequestKind.COMPLAINT:
        raise RuleBroken("The time for a complaint is not extended: the policy sets it.")
    is_access = kind is InformationRequestKind.SUBJECT_ACCESS
    return policy.further_months if is_access else policy.further_days
