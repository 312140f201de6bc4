"""Passing a request to whoever holds the information; they are told its reference and no more."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, Day, ShortText
from services.casework.information_requests.records import NewStep, begin_step, take_step
from services.casework.information_requests.standing import RequestStanding, due_of, policy_here
from services.casework.past_days import must_be_past
from services.database.directory_entries import contact_entries, ever_named
from services.database.outbox import DeliveryStatus, OutboxEmail, add_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.directory import ContactRole
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.information_requests import InformationHolder
from services.domain.labels import label
from services.domain.message_ids import message_id_for
from services.domain.roles import Permission

_KEEP: Final = Permission.KEEP_INFORMATION_REQUESTS
NOT_ITSELF: Final = (
    "By its policy the partnership is not itself the public authority or controller: choose the "
    "partner that holds the information."
)


class RouteInformationRequest(Command):
    """Who holds the information, how that is known, and on which day it was passed to them."""

    holder: InformationHolder = Field(
        title="Who holds the information?",
        description="They answer the request; its clock runs from the day of its receipt.",
    )
    authority: ShortText | None = Field(
        default=None,
        title="Which local authority?",
        description="Its code, where the partnership has several.",
    )
    passed_on: Day = Field(title="On which day was it passed to them?")
    grounds: ShortText = Field(title="How is it known that they hold it?")


def route_request(work: UnitOfWork, request_id: UUID, command: RouteInformationRequest) -> None:
    """Record who holds the information, and write to their data protection officer.

    Raises AnswerRefused for the partnership itself where its policy does not say that it answers,
    and RuleBroken where the directory knows no address of the holder.
    """
    standing = begin_step(work, request_id, _KEEP, command)
    if standing is None:
        return
    is_itself = command.holder is InformationHolder.PARTNERSHIP
    if is_itself and not policy_here(work).is_controller:
        raise AnswerRefused("holder", NOT_ITSELF)
    authority = _authority(work, command)
    must_be_past(work, "passed_on", command.passed_on, standing.request.received_on)
    told = [] if is_itself else _addresses(work, command.holder, authority)
    step = take_step(
        work,
        standing,
        NewStep(event=RequestEvent.ROUTED, command=command, on_day=command.passed_on),
    )
    due = due_of(work, standing).due
    add_emails(work.session, [_email(work, standing, step.id, one, due) for one in told])


def _authority(work: UnitOfWork, command: RouteInformationRequest) -> str:
    several = work.partnership.authorities
    if command.holder is not InformationHolder.LOCAL_AUTHORITY:
        several = {}
    said = command.authority or ""
    if said not in (several or {""}):
        known = ", ".join(sorted(several)) or "none: leave it empty"
        raise AnswerRefused("authority", f"The codes that can be entered here: {known}.")
    return said


def _addresses(work: UnitOfWork, holder: InformationHolder, authority: str) -> list[str]:
    """Return where the holder's data protection officer is written to, by the directory today."""
    names: Mapping[str, str] = work.partnership.authorities
    wanted = ever_named(work.session, names[authority]) if authority else None
    found = {
        one.contact.address
        for one in contact_entries(work.session, ContactRole.DATA_PROTECTION_OFFICER)
        if one.holds(work.today)
        and one.kind is holder.organisation
        and (wanted is None or one.contact.organisation_id in wanted)
        and not one.contact.address.startswith("https://")
    }
    if not found:
        raise RuleBroken(
            f"The directory has no data protection officer of {label(holder)} with an email "
            "address. Have the contact entered first."
        )
    return sorted(found)


def _email(
    work: UnitOfWork, standing: RequestStanding, step_id: UUID, address: str, due: date | None
) -> OutboxEmail:
    """Return the email to the holder: the reference of the request and its last day, no more."""
    event = EmailTrigger.INFORMATION_REQUEST_PASSED
    key = f"{work.actor.partnership_id}:{event}:{step_id}:{address}"
    return OutboxEmail(
        tenant_id=work.actor.partnership_id,
        key=key,
        event=event,
        recipient=event.sending.recipients[0],
        address=address,
        content={
            "matter": None,
            "due": due.isoformat() if due else None,
            "todo": None,
            "reference": standing.request.reference,
        },
        message_id=message_id_for(work.actor.partnership_id, key),
        delivery=DeliveryStatus.PENDING,
        posted_at=work.now,
    )
