"""People without an account: what their emails bring, and how they come in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from services.casework.collecting.guest_door import (
    LetIn,
    SayWhoComes,
    ask_for_code,
    let_in,
    place_of_guest,
)
from services.casework.engine.email_delivery import deliver
from services.casework.steps import declaration, guests
from services.casework.steps.scoping import scoping
from services.database.watch import GuestPlace
from services.domain.roles import Actor, Role
from services.mail.memory import MemoryMailer
from tests import factories
from tests.collecting import brought
from tests.driven import Driven
from tests.guest_factories import say_invite_guest
from tests.post_office import Office
from tests.servers import QUICK_PASSWORDS
from tests.world import SURGERY, World

DESK = "surgery.desk@"
ASKED = "2025-12-16"
_ADDRESS = re.compile(r"/collect/([A-Za-z0-9_-]{43})\b")
_CODE = re.compile(r"Your code is ([0-9]{4}) ([0-9]{4})\.")


def address_for(mailer: MemoryMailer, mailbox: str = DESK) -> str:
    """Return the one-time address that the newest email to the mailbox carries."""
    return _found(mailer, mailbox, _ADDRESS)[-1][0]


def code_for(mailer: MemoryMailer, mailbox: str = DESK) -> str:
    """Return the code that the newest email with one brought to the mailbox."""
    return "".join(_found(mailer, mailbox, _CODE)[-1])


def codes_sent(mailer: MemoryMailer, mailbox: str = DESK) -> int:
    """Return how many codes went to the mailbox."""
    return len(_found(mailer, mailbox, _CODE))


def _found(mailer: MemoryMailer, mailbox: str, what: re.Pattern[str]) -> list[tuple[str, ...]]:
    sent = [one for one in mailer.emails if one.recipient.startswith(mailbox)]
    found = (what.search(one.body_text) for one in sent)
    return [one.groups() for one in found if one is not None]


def ask_surgery(case: Driven, when: str) -> None:
    """Ask the agency none of whose people has an account for its return."""
    asked = factories.request_returns(case.agency(SURGERY))
    case.do(scoping.request_returns, asked, Role.BUSINESS_MANAGER, when)


def invite_guest(case: Driven, when: str, **but: Any) -> None:
    command = say_invite_guest(case.agency(SURGERY), **but)
    case.do(guests.invite_guest, command, Role.BUSINESS_MANAGER, when)


def say_who_comes(**but: Any) -> SayWhoComes:
    said = {"name": "Sam Field", "post": "Practice manager", "telephone": "01632 960002"}
    return SayWhoComes(**{**said, **but})


@dataclass
class AtTheDoor:
    """Somebody who holds an address, and reads the mailbox to which it went."""

    office: Any
    mailbox: str = DESK

    def deliver(self) -> None:
        while deliver(self.office):
            pass

    def place(self) -> GuestPlace:
        place = place_of_guest(self.office, brought(self.token, ""))
        assert place is not None
        return place

    def ask(self, token: str = "") -> None:
        place = place_of_guest(self.office, brought(token or self.token, ""))
        if place is not None:
            ask_for_code(self.office, place)
        self.deliver()

    @property
    def token(self) -> str:
        return address_for(self.office.mailer, self.mailbox)

    @property
    def code(self) -> str:
        return code_for(self.office.mailer, self.mailbox)

    def enter(self, said: SayWhoComes | None = None, *, code: str = "") -> LetIn | None:
        held = brought(self.token, code or self.code)
        place = place_of_guest(self.office, held)
        assert place is not None
        return let_in(self.office, place, held, QUICK_PASSWORDS, said or say_who_comes())


def guest_actor(case: Driven, guest: LetIn) -> Actor:
    """Return the guest as they act."""
    return Actor(
        person_id=guest.person_id,
        partnership_id=case.world.ours.partnership_id,
        role=Role.GUEST,
        agency_id=case.agency(SURGERY),
    )


@dataclass
class Asked:
    """The agency without accounts, asked on a case, and its mailbox to which an address came."""

    case: Driven
    door: AtTheDoor

    @property
    def world(self) -> World:
        return self.case.world


def asked_by_email(world: World) -> Asked:
    """Ask the agency for its return, and deliver the email."""
    case = Driven(world).decide().notify()
    ask_surgery(case, f"{ASKED} 09:00")
    door = AtTheDoor(Office(world, when=f"{ASKED} 12:00"))
    door.deliver()
    return Asked(case, door)


@pytest.fixture
def asked(ready_by: Callable[..., Asked]) -> Asked:
    return ready_by(asked_by_email)


@pytest.fixture
def case(asked: Asked) -> Driven:
    return asked.case


@pytest.fixture
def door(asked: Asked) -> AtTheDoor:
    return asked.door


def entered(case: Driven, door: AtTheDoor):
    """Return the guest who came in with a code, and has declared."""
    door.ask()
    guest = door.enter()
    assert guest is not None
    actor = guest_actor(case, guest)
    case.do(declaration.declare, factories.declare(), actor, f"{ASKED} 12:30")
    return actor
