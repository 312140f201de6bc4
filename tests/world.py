"""Two freshly founded partnerships on a real database, and their people ready to act."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, create_engine

from services.bootstrap import wall_clock
from services.calendars import england
from services.casework.provisioning import (
    AgencyToFound,
    Founding,
    PersonToFound,
    agency_id_of,
    partnership_id_of,
    person_id_of,
    provision,
)
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.identifiers import AgencyId, PartnershipId, PersonId
from services.domain.parties import Party, parties_of
from services.domain.roles import Actor, Role, Seat
from services.domain.working_days import LONDON
from services.storage.memory import MemoryStore
from tests.papers_when_read import PapersWhenRead
from tests.servers import QUICK_PASSWORDS, Database, PlatformPostgres, app_engine_on, founder_of

HOSPITAL = "Hill Hospital (example)"
SCHOOL = "Vale School (example)"
PROBATION = "Moor Probation (example)"
AGENCIES = (HOSPITAL, SCHOOL, PROBATION)
SURGERY = "Dale Surgery (example)"  # nobody there has an account
SECOND_REVIEWER = "second.reviewer"
AUTHORITIES = {
    "east": "East Riverside Council (example)",
    "west": "West Riverside Council (example)",
}
SHORT_NAMES = {
    HOSPITAL: "hospital",
    SCHOOL: "school",
    PROBATION: "probation",
    SURGERY: "surgery",
}
_ONE_OF_A_ROLE = tuple(
    role
    for role in Role
    if role
    not in {
        Role.SAFEGUARDING_PARTNER,
        Role.AGENCY_LEAD,
        Role.GUEST,
        Role.PRACTITIONER,
        Role.SYSTEM,
        Role.PLATFORM_ADMINISTRATOR,
        Role.SERVICE,
    }
)


def at(when: str) -> datetime:
    """Return the moment that a clock in England shows: `2025-12-12 10:00`, or a day at ten."""
    return datetime.fromisoformat(when if ":" in when else f"{when} 10:00").replace(tzinfo=LONDON)


@dataclass(frozen=True)
class Side:
    """One of the two partnerships: its code, its people's addresses, its agencies.

    ``authorities`` are the codes of its local authorities where it has several.
    """

    code: str
    domain: str
    authorities: tuple[str, ...] = ()

    @property
    def partnership_id(self) -> PartnershipId:
        """Return the partnership's id."""
        return partnership_id_of(self.code)

    def agency(self, name: str = HOSPITAL) -> AgencyId:
        """Return the id of one of its agencies."""
        return agency_id_of(self.code, name)

    @property
    def parties(self) -> tuple[Party, ...]:
        """Return the parties that decide for it."""
        return parties_of(self.partnership_id, self.authorities)

    def email(self, role: Role, seat: Seat | None = None, agency: str | None = None) -> str:
        """Return the address of its person in that role, seat or agency."""
        name = seat or (SHORT_NAMES[agency] if agency else role)
        return f"{name.replace('_', '.')}@{self.domain}"

    def party_email(self, party: Party) -> str:
        """Return the address of the person who acts for the party."""
        own = self.email(Role.SAFEGUARDING_PARTNER, party.seat)
        return f"{party.authority}.{own}" if party.authority else own

    def actor(self, role: Role, seat: Seat | None = None, agency: str | None = None) -> Actor:
        """Return its person in that role; partners and agency leads have a default."""
        if role is Role.SAFEGUARDING_PARTNER:
            return self.partner(seat or Seat.LOCAL_AUTHORITY)
        if role is Role.AGENCY_LEAD:
            agency = agency or HOSPITAL
        return Actor(
            person_id=person_id_of(self.email(role, seat, agency)),
            partnership_id=self.partnership_id,
            role=role,
            seat=seat,
            agency_id=self.agency(agency) if agency else None,
        )

    def partner(self, who: Seat | Party) -> Actor:
        """Return the person who acts for the party, or for the first party of the seat."""
        party = next(one for one in self.parties if who in (one, one.seat))
        return Actor(
            person_id=person_id_of(self.party_email(party)),
            partnership_id=self.partnership_id,
            role=Role.SAFEGUARDING_PARTNER,
            seat=party.seat,
            authority=party.authority,
        )

    def people(self) -> set[PersonId]:
        """Return everybody who works on cases, but for the lead reviewers."""
        apart = {
            Role.LEAD_REVIEWER,
            Role.OPERATIONS,
            Role.PARTNERSHIP_ADMINISTRATOR,
            Role.DATA_PROTECTION_CONTACT,
        }
        actors = [self.actor(role) for role in _ONE_OF_A_ROLE if role not in apart]
        actors += [self.partner(party) for party in self.parties]
        actors += [self.actor(Role.AGENCY_LEAD, agency=name) for name in AGENCIES]
        return {actor.person_id for actor in actors}

    def second_reviewer(self) -> Actor:
        """Return a second lead reviewer, who is nobody's default."""
        person = person_id_of(f"{SECOND_REVIEWER}@{self.domain}")
        return replace(self.actor(Role.LEAD_REVIEWER), person_id=person)

    def founding(self, policy: PartnershipPolicy = NATIONAL) -> Founding:
        """Say of what it is founded."""
        people = [self._person(role) for role in _ONE_OF_A_ROLE]
        people += [self.partner_to_found(party) for party in self.parties]
        people += [self._person(Role.AGENCY_LEAD, agency=name) for name in AGENCIES]
        second = replace(people[0], email=f"{SECOND_REVIEWER}@{self.domain}")
        return Founding(
            code=self.code,
            name=f"{self.code} Safeguarding Partnership (example)",
            policy=policy,
            agencies=tuple(
                AgencyToFound(name, "example", f"{SHORT_NAMES[name]}.desk@{self.domain}")
                for name in (*AGENCIES, SURGERY)
            ),
            people=(*people, replace(second, role=Role.LEAD_REVIEWER)),
            since=date(2020, 1, 1),
            is_demonstration=True,
            authorities={code: AUTHORITIES[code] for code in self.authorities},
        )

    def _person(self, role: Role, *, agency: str | None = None) -> PersonToFound:
        email = self.email(role, None, agency)
        return PersonToFound(
            email=email,
            name=f"Example {email.partition('@')[0]}",
            role=role,
            password="a-made-up-password",  # noqa: S106 -- of a made-up person
            agency=agency,
        )

    def partner_to_found(self, party: Party) -> PersonToFound:
        """Say who fills the seat of the party, and what they may decide."""
        person = self._person(Role.SAFEGUARDING_PARTNER)
        email = self.party_email(party)
        return replace(
            person,
            email=email,
            name=f"Example {email.partition('@')[0]}",
            seat=party.seat,
            authority=party.authority,
            decides="Every decision on reviews, by the scheme of delegation",
            accountable_to="the chief executive",
        )


@dataclass(frozen=True)
class World:
    """Two partnerships that know nothing of each other; people act in `ours` unless told.

    Where both practise, their clocks are moved by `practice_offset`, so that what the database
    compares with its own clock holds on the days of the test. What is made of their documents lies
    in `store`; papers are set when they are read, unless `documents` are the product's own.
    """

    engine: Engine
    ours: Side
    theirs: Side
    practice_offset: timedelta = timedelta()
    store: MemoryStore = field(default_factory=MemoryStore, compare=False)
    documents: Any = field(default_factory=PapersWhenRead, compare=False)

    @contextmanager
    def act(
        self,
        who: Role | Actor,
        when: str | datetime = "2026-02-02",
        *,
        seat: Seat | None = None,
        agency: str | None = None,
        once: UUID | None = None,
    ) -> Iterator[UnitOfWork]:
        """Open a unit of work for our person in that role, or for any actor, at that moment."""
        actor = who if isinstance(who, Actor) else self.ours.actor(who, seat, agency)
        now = when if isinstance(when, datetime) else at(when)
        with unit_of_work(self.engine, actor, now - self.practice_offset, england(), once) as work:
            yield work


def practising(world: World, when: str) -> World:
    """Return the world with both partnerships' practice clocks at that moment now."""
    offset = at(when) - wall_clock()
    for side in (world.ours, world.theirs):
        with world.act(side.actor(Role.BUSINESS_MANAGER), when) as work:
            work.partnership.practice_offset = offset.total_seconds()
            work.session.add(work.partnership)
    return replace(world, practice_offset=offset)


def make_world(
    engine: Engine, policy: PartnershipPolicy = NATIONAL, authorities: tuple[str, ...] = ()
) -> World:
    """Found two partnerships that no other test knows; their people sign in elsewhere too.

    With `authorities`, our partnership has several local authorities.
    """
    world = World(
        engine,
        Side(uuid4().hex[:6].upper(), "ours.example", authorities),
        Side(uuid4().hex[:6].upper(), "theirs.example"),
    )
    found_on(engine, *(side.founding(policy) for side in (world.ours, world.theirs)))
    return world


def found_on(engine: Engine, *foundings: Founding) -> None:
    """Put partnerships on the record of an engine, or more people of theirs."""
    for founding in foundings:
        provision(founder_of(engine), founding, QUICK_PASSWORDS)


@pytest.fixture(scope="session")
def app_database(platform_postgres: PlatformPostgres) -> Database:
    """One migrated database for all the tests of acts."""
    return platform_postgres.make_migrated()


@pytest.fixture(scope="session")
def app_engine(app_database) -> Iterator[Engine]:
    """The product's own engine on it, as the role that cannot see past a partnership."""
    engine = app_engine_on(app_database.app_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def admin_engine(app_database) -> Iterator[Engine]:
    """The administrator's engine on it, which sees everything: for looking on only."""
    engine = create_engine(app_database.admin_url, pool_size=2)
    yield engine
    engine.dispose()


@pytest.fixture
def world(app_engine) -> World:
    """Two partnerships founded for this test alone, so nothing needs to be cleaned up."""
    return make_world(app_engine)


def someone_else(actor: Actor) -> Actor:
    """Return an actor in the same place who is another person."""
    return replace(actor, person_id=PersonId(uuid4()))
