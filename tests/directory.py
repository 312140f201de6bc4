"""Commands of the directory, and a directory with a row in each of its tables."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.casework.directory.contacts import (
    AddContact,
    AnswerContact,
    ChangeContact,
    add_contact,
    answer_contact,
)
from services.casework.directory.delegates import RecordDelegation, record_delegation
from services.casework.directory.duty import PutOnDuty, put_on_duty
from services.casework.directory.entries import EndEntry
from services.casework.directory.organisations import (
    AddOrganisation,
    add_organisation,
    end_organisation,
)
from services.casework.policies import adopt_policy
from services.database.people import memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.roles import Role, Seat
from tests.own_templates import with_own_templates
from tests.policy_factories import adopt_policy as adoption
from tests.policy_factories import refused_policy
from tests.world import World, at

SINCE = date(2026, 1, 5)
WHEN = "2026-02-02"
SAID = "rang the switchboard"


def an_organisation(**said: Any) -> AddOrganisation:
    told = {"kind": OrganisationKind.LOCAL_AUTHORITY, "name": "A Council", "valid_from": SINCE}
    return AddOrganisation(**(told | said))


def a_contact(**said: Any) -> AddContact:
    return AddContact(**(_CONTACT | {"role": ContactRole.DIRECTOR, "valid_from": SINCE} | said))


def a_change(**said: Any) -> ChangeContact:
    return ChangeContact(**(_CONTACT | {"valid_from": None, "reasons": "Another person."} | said))


def an_answer(*, is_confirmed: bool = True) -> AnswerContact:
    return AnswerContact(is_confirmed=is_confirmed, grounds="asked them")


_CONTACT = {
    "holder": "A Director",
    "address": "director@council.example",
    "verified_by": SAID,
    "verified_on": SINCE,
}


def a_delegation(**said: Any) -> RecordDelegation:
    told = {"decides": "All reviews", "accountable_to": "the chief officer", "valid_from": SINCE}
    return RecordDelegation(**(told | said))


def a_turn(from_at: datetime) -> PutOnDuty:
    return PutOnDuty(place=1, from_at=from_at, until_at=from_at + timedelta(days=1))


def placed(world: World, when: str = WHEN, **said: Any) -> UUID:
    """Add an organisation by our manager; return the id of its entry."""
    with world.act(Role.BUSINESS_MANAGER, when) as work:
        return add_organisation(work, an_organisation(**said)).id


def contacted(world: World, place: UUID, when: str = WHEN, **said: Any) -> UUID:
    """Add a contact of the organisation by our manager; return the id of its entry."""
    with world.act(Role.BUSINESS_MANAGER, when) as work:
        return add_contact(work, place, a_contact(**said)).id


def confirmed(world: World, contact: UUID, when: str = WHEN) -> None:
    """Let our chair confirm the contact's address."""
    with world.act(Role.REVIEW_GROUP_CHAIR, when) as work:
        answer_contact(work, contact, an_answer())


def with_a_directory(world: World, when: str = WHEN) -> None:
    """Leave an organisation that ended, a confirmed contact, an adopted policy, what was refused.

    That is another policy, and a template of papers.
    """
    ended = placed(world, when, name="A Trust")
    with world.act(Role.BUSINESS_MANAGER, when) as work:
        end_organisation(work, ended, EndEntry(last_day=SINCE, reasons="It was merged."))
    body = placed(world, when, name="A Body", kind=OrganisationKind.NATIONAL_BODY)
    contact = contacted(world, body, when, role=ContactRole.WHERE_TO_SEND)
    confirmed(world, contact, when)
    council = placed(world, when, name="A Council")
    team = contacted(world, council, when, role=ContactRole.OUT_OF_HOURS_TEAM)
    with world.act(Role.BUSINESS_MANAGER, when) as work:
        put_on_duty(work, team, a_turn(at(when)))
        record_delegation(work, police_seat(work), a_delegation())
    with world.act(Role.AGENCY_LEAD, when) as work:
        adopt_policy(work, adoption())
    refused_policy(world, when)
    with_own_templates(world, when)


def police_seat(work: UnitOfWork) -> UUID:
    """Return the id under which the partner of the police seat stands in the directory."""
    held = memberships_on(work.session, work.today)
    return next(one.id for one, _person in held if one.seat is Seat.POLICE)
