"""People who are appointed in tests: entered, confirmed, invited and accepting, as it is done."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select

from services.casework.directory.contacts import add_contact
from services.casework.directory.organisations import add_organisation
from services.casework.engine.email_delivery import deliver
from services.casework.people.answering import AnswerAppointment, answer_appointment
from services.casework.people.door import AddressBrought, accept_as_new
from services.casework.people.door import confirm as confirm_at
from services.casework.people.door_commands import ConfirmAppointment, OpenAccount
from services.casework.people.entering import AppointPerson, appoint_person
from services.casework.provisioning import PersonToFound, person_id_of
from services.database.people import Membership, with_addresses
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.roles import Actor, Role
from tests.directory import a_contact, an_organisation
from tests.post_office import Office
from tests.servers import QUICK_PASSWORDS
from tests.world import World, found_on

ADMINISTRATOR = Role.PARTNERSHIP_ADMINISTRATOR
FROM = date(2026, 2, 2)
PASSWORD = "a-long-made-up-password"  # noqa: S105 - of a made-up person
_LINK = re.compile(r"/invitations/([A-Za-z0-9_-]{43})")


def an_appointment(**said: Any) -> AppointPerson:
    """Say that somebody is to hold a role; without more, a review group member."""
    told = {
        "address": f"{uuid4()}@new.example",
        "name": "New Comer",
        "role": Role.REVIEW_GROUP_MEMBER,
        "from_on": FROM,
        "reasons": "Asked by the chair.",
    }
    return AppointPerson(**(told | said))


def second_administrator(world: World) -> Actor:
    """Have a second administrator of ours on record, and return them."""
    email = f"second.{world.ours.email(ADMINISTRATOR)}"
    second = PersonToFound(email=email, name="Second Clerk", role=ADMINISTRATOR, password=PASSWORD)
    found_on(world.engine, replace(world.ours.founding(), people=(second,)))
    mine = world.ours.actor(ADMINISTRATOR)
    return replace(mine, person_id=person_id_of(email))


def entered(world: World, command: AppointPerson, who: Actor | Role = ADMINISTRATOR) -> UUID:
    """Enter an appointment and return its id."""
    once = uuid4()
    with world.act(who, once=once) as work:
        appoint_person(work, command)
    return once


def answered(world: World, appointment: UUID, who: Actor, *, is_confirmed: bool = True) -> None:
    """Answer as the second administrator."""
    with world.act(who, once=uuid4()) as work:
        said = AnswerAppointment(is_confirmed=is_confirmed, grounds="The chair said so.")
        answer_appointment(work, appointment, said)


def token_sent_to(office: Office, address: str) -> str:
    """Send what waits, and return what the newest one-time address to there ends with."""
    deliver(office)
    mine = [one for one in office.mailer.emails if one.recipient == address]
    found = [match[1] for one in mine if (match := _LINK.search(one.body_text))]
    return found[-1]


def accepted(office: Office, address: str, name: str = "New Comer") -> bool:
    """Open an account at the address that was sent, and accept."""
    token = token_sent_to(office, address)
    command = OpenAccount(name=name, password=PASSWORD)
    return accept_as_new(office, AddressBrought(token), command, QUICK_PASSWORDS)


def confirmed_at(office: Office, address: str, *, is_confirmed: bool = True) -> bool:
    """Confirm as the holder of a post, at the address that was sent there."""
    said = ConfirmAppointment(is_confirmed=is_confirmed, said_by="A Director", grounds="Part 3")
    return confirm_at(office, AddressBrought(token_sent_to(office, address)), said)


def a_post(
    world: World,
    role: ContactRole,
    kind: OrganisationKind,
    name: str = "An Organisation",
    address: str = "",
) -> str:
    """Have the holder of a post in the directory, and return where they are written to."""
    address = address or f"{uuid4()}@post.example"
    with world.act(Role.BUSINESS_MANAGER, "2026-01-10") as work:
        entry = add_organisation(work, an_organisation(kind=kind, name=name))
        contact = a_contact(role=role, address=address)
        add_contact(work, entry.id, contact)
    return address


def roles_of(world: World, address: str) -> list[Role]:
    """Return which roles the person of that address has in ours, whenever."""
    with world.act(ADMINISTRATOR) as work:
        people = {one.id for one in with_addresses(work.session, [address])}
        held = work.session.exec(select(Membership)).all()
        return [one.role for one in held if one.person_id in people]
