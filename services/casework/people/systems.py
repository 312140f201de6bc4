"""A system is let in as a person is: an administrator enters it, a second one confirms it.

What it is let do stands in the appointment, which the second person reads, and after that in its
membership: its scopes where a delegate has what they may decide, and the address to which people
come back from their sign-in where a delegate has to whom they answer.
"""

from typing import Annotated
from uuid import uuid4

from pydantic import Field

from services.casework.commands import AgencyChoice, Command, Day, NeededWhen, ShortText, named
from services.casework.people.emails import ask_second_person
from services.casework.people.records import (
    begin_administering,
    entered_by,
    form_about,
    keep,
    was_sent,
)
from services.database.appointments import Appointment
from services.database.partnerships import agencies
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import PeopleEvent
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.systems import NO_MAILBOX, Scope, is_return_address, scopes_written

_FOR_RETURNS = NeededWhen("needed to answer for an agency")
_FOR_PERSONS = NeededWhen("needed to act in the name of people")


class EnterSystem(Command):
    """That a system is to speak to Keyline: which, for whom, what it is let do, and why."""

    name: ShortText = Field(
        title="What is the system called, and whose is it?",
        description="For example: Case management system of Hill Hospital. The history calls it "
        "so.",
    )
    scopes: tuple[Scope, ...] = Field(
        title="What is it let do?",
        min_length=1,
        description="It is shown no words of a case: it declares no interests. What decides, signs "
        "or opens a record is done by named people alone.",
    )
    agency: Annotated[AgencyChoice | None, _FOR_RETURNS] = Field(
        default=None,
        title="Which agency is it of?",
        description="It then reaches that agency's cases only. Leave it empty for a system of the "
        "partnership itself.",
    )
    return_address: Annotated[ShortText | None, _FOR_PERSONS] = Field(
        default=None,
        title="To which address do people come back after they have agreed to it?",
        description="It begins with https:// and is compared letter by letter.",
    )
    from_on: Day = Field(title="From which day?")
    to_on: Day | None = Field(
        default=None, title="Until which day?", description="Leave it empty if no end is known."
    )
    reasons: ShortText = Field(title="What is it for, and on whose word is it let in?")


def enter_system(work: UnitOfWork, command: EnterSystem) -> None:
    """Enter that a system is let in; another administrator is asked, and nothing is open yet."""
    begin_administering(work)
    form = form_about(command)
    if was_sent(work, form):
        return
    _must_fit(work, command)
    appointment_id = work.once or uuid4()
    appointment = Appointment(
        **entered_by(work),
        id=appointment_id,
        address=f"{appointment_id}{NO_MAILBOX}",
        name=command.name,
        role=Role.SYSTEM,
        agency_id=command.agency,
        decides=scopes_written(command.scopes),
        accountable_to=command.return_address or "",
        from_on=command.from_on,
        to_on=command.to_on,
        reasons=command.reasons,
    )
    keep(work, appointment, form, PeopleEvent.APPOINTED)
    ask_second_person(work, appointment)


def _must_fit(work: UnitOfWork, command: EnterSystem) -> None:
    """Refuse a scope without what it needs, and an address to which no code may go."""
    if command.to_on is not None and command.to_on < command.from_on:
        raise AnswerRefused("to_on", "It ends before it begins: enter a later day.")
    if Scope.RETURNS in command.scopes and command.agency is None:
        raise AnswerRefused("agency", "Choose the agency for which it answers.")
    if command.agency is not None:
        refusal = AnswerRefused("agency", "Choose one of the agencies shown.")
        named(agencies(work.session), command.agency, refusal)
    acts_for_persons = Scope.PERSONS in command.scopes
    if acts_for_persons and command.return_address is None:
        raise AnswerRefused("return_address", "Enter where people come back to.")
    if command.return_address is not None and not acts_for_persons:
        raise AnswerRefused("return_address", "It acts in nobody's name: leave this empty.")
    if command.return_address is not None and not is_return_address(command.return_address):
        raise AnswerRefused("return_address", "Enter a whole address that begins with https://.")
