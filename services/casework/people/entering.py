"""Entering that somebody is to hold a role: an administrator says so, and no one alone."""

from datetime import date
from typing import Annotated
from uuid import uuid4

from pydantic import Field

from services.casework.commands import (
    AgencyChoice,
    Command,
    Day,
    NeededWhen,
    ShortText,
    Without,
    named,
)
from services.casework.people.appointing_posts import Post, who_appoints
from services.casework.people.emails import ask_second_person
from services.casework.people.records import (
    begin_administering,
    entered_by,
    form_about,
    keep,
    was_sent,
)
from services.database.appointments import Appointment, is_own_address
from services.database.partnerships import agencies
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import NEVER_APPOINTED
from services.domain.audit import PeopleEvent
from services.domain.errors import AnswerRefused
from services.domain.roles import Role, Seat
from services.mail import one_address

RoleGiven = Annotated[Role, Without(NEVER_APPOINTED)]
_PARTNER = NeededWhen("needed of a safeguarding partner")


class AppointPerson(Command):
    """That somebody is to hold a role: who, which, from when until when, and why."""

    address: ShortText = Field(
        title="Work email address",
        description="The invitation goes there once a second person has confirmed it.",
    )
    name: ShortText = Field(title="Full name")
    role: RoleGiven = Field(title="Which role?")
    seat: Annotated[Seat | None, _PARTNER] = Field(
        default=None, title="Which partner do they decide for?"
    )
    authority: ShortText | None = Field(
        default=None,
        title="Which local authority?",
        description="Its code, where the partnership has several.",
    )
    agency: Annotated[AgencyChoice | None, NeededWhen("needed of an agency lead")] = Field(
        default=None, title="Which agency do they lead for?"
    )
    decides: Annotated[ShortText | None, _PARTNER] = Field(
        default=None,
        title="What may they decide, and by which scheme of delegation?",
        description="It goes into the register of delegates (GOV-12).",
    )
    accountable_to: Annotated[ShortText | None, _PARTNER] = Field(
        default=None,
        title="To whom are they accountable for it?",
        description="The post, and who holds it.",
    )
    from_on: Day = Field(title="From which day?")
    to_on: Day | None = Field(
        default=None, title="Until which day?", description="Leave it empty if no end is known."
    )
    reasons: ShortText = Field(title="Why are they appointed, and on whose word?")


def appoint_person(work: UnitOfWork, command: AppointPerson) -> None:
    """Enter an appointment; whoever is the second person is asked, and the person holds nothing."""
    begin_administering(work)
    form = form_about(command)
    if was_sent(work, form):
        return
    post = _post(work, command)
    _must_be_dated(command.from_on, command.to_on)
    address = address_of_another(work, command.address)
    appointment = Appointment(
        **entered_by(work),
        id=work.once or uuid4(),
        address=address,
        name=command.name,
        role=post.role,
        seat=post.seat,
        authority=post.authority,
        agency_id=post.agency_id,
        decides=command.decides or "",
        accountable_to=command.accountable_to or "",
        from_on=command.from_on,
        to_on=command.to_on,
        contact_id=who_appoints(work, post, address),
        reasons=command.reasons,
    )
    keep(work, appointment, form, PeopleEvent.APPOINTED)
    ask_second_person(work, appointment)


def address_of_another(work: UnitOfWork, said: str) -> str:
    """Return the address as accounts are named by it; nobody appoints themselves."""
    address = one_address(said, "address").lower()
    if is_own_address(work.session, address):
        raise AnswerRefused("address", "It is your own address: nobody appoints themselves.")
    return address


def _must_be_dated(from_on: date, to_on: date | None) -> None:
    if to_on is not None and to_on < from_on:
        raise AnswerRefused("to_on", "It ends before it begins: enter a later day.")


def _post(work: UnitOfWork, command: AppointPerson) -> Post:
    """Return what is to be held; refuse an answer that the role has no use for, or lacks."""
    if command.role in NEVER_APPOINTED:
        raise AnswerRefused("role", "This role is given by no appointment.")
    is_partner, is_lead = (
        command.role is one for one in (Role.SAFEGUARDING_PARTNER, Role.AGENCY_LEAD)
    )
    told = {
        "seat": (command.seat, is_partner),
        "decides": (command.decides, is_partner),
        "accountable_to": (command.accountable_to, is_partner),
        "agency": (command.agency, is_lead),
    }
    for field, (answer, is_needed) in told.items():
        if is_needed and answer is None:
            raise AnswerRefused(field, "The role needs an answer here.")
        if not is_needed and answer is not None:
            raise AnswerRefused(field, "The role that you chose has none: leave it empty.")
    if command.agency is not None:
        refusal = AnswerRefused("agency", "Choose one of the agencies shown.")
        named(agencies(work.session), command.agency, refusal)
    return Post(
        role=command.role,
        seat=command.seat,
        authority=_authority(work, command),
        agency_id=command.agency,
    )


def _authority(work: UnitOfWork, command: AppointPerson) -> str:
    """Return the code of the local authority, where the partnership has several."""
    several = work.partnership.authorities if command.seat is Seat.LOCAL_AUTHORITY else {}
    said = command.authority or ""
    if said not in (several or {""}):
        known = ", ".join(sorted(several)) or "none: leave it empty"
        raise AnswerRefused("authority", f"The codes that can be entered here: {known}.")
    return said
