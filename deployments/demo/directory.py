"""The directory of each demonstration partnership: who holds which post, all of it invented.

It is put on record by the acts that everybody uses, in the name of the business manager, and the
chair confirms the address of a body outside. Each entry has an id of its own, so that doing it
again adds nothing. The notifiers of the roster are left to try out: with one, each notification
asks who of them made it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid5

from sqlalchemy import Engine

from deployments.demo.partnerships import AGENCIES, SINCE, Place
from services.calendars import england
from services.casework.directory.contacts import (
    AddContact,
    AnswerContact,
    add_contact,
    answer_contact,
)
from services.casework.directory.organisations import AddOrganisation, add_organisation
from services.casework.engine.transactions import as_keyline
from services.database.people import memberships_on
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.roles import Actor, Role
from services.domain.working_days import Calendar
from services.identity.actors import actor_for

_SAID: Final = "invented for the demonstration"


@dataclass(frozen=True, slots=True)
class Desk:
    """What an entry is made with: the record, the calendar and the time."""

    engine: Engine
    now: Callable[[], datetime]
    calendar: Calendar
    place: Place

    def writes(self, actor: Actor, what: str) -> AbstractContextManager[UnitOfWork]:
        """Open a transaction in a person's name, which makes this very entry once."""
        once = uuid5(self.place.partnership_id, f"directory {what}")
        return unit_of_work(self.engine, actor, self.now(), self.calendar, once)


@dataclass(frozen=True, slots=True)
class ListedOrganisation:
    """An organisation with the posts that it has, each with the first part of its address."""

    kind: OrganisationKind
    name: str
    posts: tuple[tuple[ContactRole, str, str], ...]


def entries_of(place: Place) -> Iterator[ListedOrganisation]:
    """Yield the partnership's organisations, with a contact and a strategic lead of each agency.

    GP practices are asked through the named lead of the integrated care board.
    """
    role, kind = ContactRole, OrganisationKind
    own = place.authorities or {"council": f"{place.name} Council (example)"}
    for code, name in own.items():
        director = (role.DIRECTOR, "Director of Children's Services", f"director@{code}")
        yield ListedOrganisation(kind.LOCAL_AUTHORITY, name, (director,))
    yield ListedOrganisation(
        kind.PARTNERSHIP,
        f"{place.name} Safeguarding Children Partnership (example)",
        (
            (role.EXECUTIVE, "Executive", "executive@partnership"),
            (role.REVIEW_GROUP, "Review group", "review-group@partnership"),
            (role.UNIT_MANAGER, "Manager of the business unit", "unit@partnership"),
            (role.DATA_PROTECTION_OFFICER, "Data protection officer", "dpo@partnership"),
        ),
    )
    coordinator = (role.CHILD_DEATH_COORDINATOR, "Coordinator", "coordinator@cdop")
    name = f"{place.name} Child Death Overview Panel (example)"
    yield ListedOrganisation(kind.OUTSIDE_BODY, name, (coordinator,))
    lead = (role.PRACTICE_LEAD, "Named GP for safeguarding", "named-gp@board")
    name = f"{place.name} Integrated Care Board (example)"
    yield ListedOrganisation(kind.INTEGRATED_CARE_BOARD, name, (lead,))
    for which in AGENCIES:
        posts = (
            (role.POINT_OF_CONTACT, "Safeguarding team", f"safeguarding@{which}"),
            (role.STRATEGIC_LEAD, "Strategic safeguarding lead", f"strategic-lead@{which}"),
        )
        yield ListedOrganisation(kind.RELEVANT_AGENCY, place.agency(which), posts)


def put_in_directory(engine: Engine, place: Place, now: Callable[[], datetime]) -> None:
    """Add what the directory of the partnership does not hold yet."""
    desk = Desk(engine, now, england(), place)
    with as_keyline(desk, place.partnership_id) as work:
        serving = [one for one, _person in memberships_on(work.session, work.today)]
        people = {one.role: actor_for(one, work.today) for one in serving}
    manager, chair = people[Role.BUSINESS_MANAGER], people[Role.REVIEW_GROUP_CHAIR]
    for entry in entries_of(place):
        with desk.writes(manager, entry.name) as work:
            told = AddOrganisation(kind=entry.kind, name=entry.name, valid_from=SINCE)
            organisation = add_organisation(work, told).id
        for role, holder, mailbox in entry.posts:
            what = f"{entry.name} {role}"
            with desk.writes(manager, what) as work:
                contact = add_contact(work, organisation, _contact(place, role, holder, mailbox)).id
            if entry.kind.takes_two:
                with desk.writes(chair, f"{what} confirmed") as work:
                    answer_contact(work, contact, AnswerContact(is_confirmed=True, grounds=_SAID))


def _contact(place: Place, role: ContactRole, holder: str, mailbox: str) -> AddContact:
    return AddContact(
        role=role,
        holder=holder,
        address=f"{mailbox}.{place.word}.example",
        verified_by=_SAID,
        verified_on=SINCE,
        valid_from=SINCE,
    )
