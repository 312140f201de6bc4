"""Entering a request that came, by whichever way: each is as good as another."""

from contextlib import suppress
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.access.cases import cases_seen
from services.casework.commands import Command, Day, LongText, ShortText
from services.casework.information_requests.records import form_of, keep, was_sent
from services.casework.past_days import must_be_past
from services.database.cases import get_case
from services.database.information_requests import InformationRequest
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.errors import AnswerRefused, NotFound
from services.domain.identifiers import CaseId
from services.domain.information_requests import (
    InformationRequestKind,
    RequestSource,
)
from services.domain.roles import Permission
from services.domain.working_days import Calendar


class EnterInformationRequest(Command):
    """What somebody asks for, how and when it came, and which case it concerns if one is known."""

    kind: InformationRequestKind = Field(title="What is it?")
    source: RequestSource = Field(
        title="How did it come?", description="A request need not be in writing to be one."
    )
    received_on: Day = Field(
        title="On which day was it received?",
        description="The day on which it came to anybody of the partnership, not to you.",
    )
    requester: ShortText = Field(
        title="Who asks?",
        description="It stands on the page of the request alone, and in no email.",
    )
    contact: ShortText = Field(title="How are they answered?", description="An address or number.")
    wanted: LongText = Field(title="What do they ask for, or complain of?", description="As said.")
    case: ShortText | None = Field(
        default=None,
        title="Which case does it concern?",
        description="Its reference. While it is open nothing of that case is disposed of; without "
        "one, nothing of any case.",
    )


def enter_request(work: UnitOfWork, command: EnterInformationRequest) -> InformationRequest:
    """Put a request on record under its own reference; its clock runs from the day of receipt.

    The case is locked first, as by every act and by a disposal: it waits for one under way.
    Raises AnswerRefused for a day that has not come, and a case that is not open to the person.
    """
    work.actor.must(Permission.KEEP_INFORMATION_REQUESTS)
    case_id = _case_of(work, command.case)
    partnership = lock_partnership(work.session)
    if was_sent(work, command):
        key = (work.actor.partnership_id, work.once)
        return work.session.get_one(InformationRequest, key)
    _must_be_countable(work.calendar, command)
    must_be_past(work, "received_on", command.received_on)
    request = InformationRequest(
        tenant_id=work.actor.partnership_id,
        id=work.once or uuid4(),
        reference=partnership.next_request_reference(work.today.year),
        kind=command.kind,
        source=command.source,
        received_on=command.received_on,
        case_id=case_id,
        requester=command.requester,
        contact=command.contact,
        wanted=command.wanted,
        added_by=work.actor.person_id,
        added_at=work.now,
    )
    work.session.add(partnership)
    keep(work, request, form_of(command), RequestEvent.RECEIVED)
    return request


def _must_be_countable(calendar: Calendar, command: EnterInformationRequest) -> None:
    if calendar.first is not None and command.received_on < calendar.first:
        raise AnswerRefused(
            "received_on", "Enter a later day: a limit is not counted from so long ago."
        )


def _case_of(work: UnitOfWork, reference: str | None) -> UUID | None:
    """Return the case of that reference, locked; one not open to the person is no answer."""
    if reference is None:
        return None
    known = {case.reference: CaseId(case.id) for case in cases_seen(work).open}
    if (case_id := known.get(reference.upper())) is not None:
        # It may have been disposed of while we waited for its lock.
        with suppress(NotFound):
            return get_case(work.session, case_id, for_change=True).id
    raise AnswerRefused("case", "No case with this reference is open to you.")
