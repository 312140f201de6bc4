"""How a partnership comes to be, on the real database under the application's own role."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from services.casework.provisioning import (
    AgencyToFound,
    Founding,
    PersonToFound,
    agency_id_of,
    partnership_id_of,
    person_id_of,
    provision,
)
from services.database.engine import working_for
from services.database.migrations.roles import SIGN_IN
from services.database.partnerships import agencies
from services.database.people import Credential, members
from services.database.sessions import at_the_door, roles_held
from services.database.unit_of_work import unit_of_work
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import policy_from_json
from services.domain.errors import RuleBroken
from services.domain.parties import Party
from services.domain.roles import Actor, Role, Seat
from services.domain.working_days import Calendar
from services.identity.passwords import STRONG
from tests.servers import app_engine_on, founder_of, sibling

SIGNING_IN = "a-made-up-password"
NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
SINCE = date(2020, 1, 1)


def person(email: str, role: Role, seat: Seat | None = None, agency: str | None = None):
    return PersonToFound(
        email=email, name=email.title(), role=role, password=SIGNING_IN, seat=seat, agency=agency
    )


def founding(code: str, *people: PersonToFound) -> Founding:
    return Founding(
        code=code,
        name=f"{code} Safeguarding Partnership (example)",
        policy=PartnershipPolicy(name=code, retention_years=30),
        agencies=(AgencyToFound("Hill Hospital (example)", "health", "hill@hospital.invalid"),),
        people=people,
        since=SINCE,
        is_demonstration=True,
    )


NORTH = founding(
    "NRT",
    person("Manager@north.example", Role.BUSINESS_MANAGER),
    person("both@police.example", Role.SAFEGUARDING_PARTNER, Seat.POLICE),
    person("lead@hill.example", Role.AGENCY_LEAD, agency="Hill Hospital (example)"),
)
SOUTH = founding("STH", person("both@police.example", Role.SAFEGUARDING_PARTNER, Seat.POLICE))


@pytest.fixture(scope="module")
def engine(platform_postgres) -> Iterator[Engine]:
    engine = app_engine_on(platform_postgres.make_migrated().app_url)
    for one in (NORTH, SOUTH):
        provision(founder_of(engine), one)
    yield engine
    engine.dispose()


def work_in(engine, code):
    actor = Actor(
        person_id=person_id_of("manager@north.example"),
        partnership_id=partnership_id_of(code),
        role=Role.BUSINESS_MANAGER,
    )
    return unit_of_work(engine, actor, NOW, Calendar({}))


def test_a_founded_partnership_has_its_row_its_policy_and_its_agencies(engine):
    with work_in(engine, "NRT") as work:
        assert (work.partnership.code, work.partnership.name) == ("NRT", NORTH.name)
        assert work.partnership.is_demonstration
        assert policy_from_json(work.partnership.policy) == NORTH.policy
        found_agencies = [(one.id, one.name) for one in agencies(work.session)]
    assert found_agencies == [
        (agency_id_of("NRT", "Hill Hospital (example)"), "Hill Hospital (example)")
    ]


def test_people_are_found_in_their_roles_seats_and_agencies(engine):
    hill = agency_id_of("NRT", "Hill Hospital (example)")
    with work_in(engine, "NRT") as work:
        manager = members(work.session, Role.BUSINESS_MANAGER, on=work.today)
        seat = Party(partnership_id_of("NRT"), Seat.POLICE)
        police = members(work.session, Role.SAFEGUARDING_PARTNER, on=work.today, party=seat)
        lead = members(work.session, Role.AGENCY_LEAD, on=work.today, agency=hill)
        assert [one.email for one in manager] == ["manager@north.example"]
        assert [one.email for one in police] == ["both@police.example"]
        assert [one.email for one in lead] == ["lead@hill.example"]


def test_a_person_may_serve_two_partnerships_and_is_one_person(engine):
    both = person_id_of("both@police.example")
    door = sibling(engine, SIGN_IN)
    with at_the_door(door, both) as session:
        held = roles_held(session, both, NOW.date())
        assert [partnership.code for _membership, partnership in held] == ["NRT", "STH"]


def test_the_password_is_kept_only_as_its_hash(engine):
    door = sibling(engine, SIGN_IN)
    with Session(door) as session:
        kept = session.exec(select(Credential.password_hash)).all()
    assert SIGNING_IN not in "".join(kept)
    assert all(STRONG.is_right(SIGNING_IN, one) for one in kept)
    assert all("$argon2id$v=19$m=32768,t=3,p=1$" in one for one in kept), "a guess costs as much"
    assert SIGNING_IN not in repr(NORTH)


def test_founding_again_changes_nothing(engine):
    before = everything(engine)
    assert provision(founder_of(engine), NORTH) == partnership_id_of("NRT")
    assert everything(engine) == before


def partner(authority: str, seat: Seat = Seat.LOCAL_AUTHORITY) -> PersonToFound:
    one = person(f"{authority or seat}@council.example", Role.SAFEGUARDING_PARTNER, seat)
    return replace(one, authority=authority)


def test_a_partnership_of_two_authorities_has_people_for_each(engine):
    councils = {"east": "East Council (example)", "west": "West Council (example)"}
    people = (partner("east"), partner("west"), partner("", Seat.POLICE))
    provision(founder_of(engine), replace(founding("TWO"), authorities=councils, people=people))
    with work_in(engine, "TWO") as work:
        parties = work.partnership.parties
        found = {
            party.code: [
                one.email
                for one in members(
                    work.session, Role.SAFEGUARDING_PARTNER, on=work.today, party=party
                )
            ]
            for party in parties
        }
    assert found == {
        "local_authority:east": ["east@council.example"],
        "local_authority:west": ["west@council.example"],
        "integrated_care_board": [],
        "police": ["police@council.example"],
    }


@pytest.mark.parametrize(
    ("authorities", "people"),
    [
        ({"east": "East Council (example)"}, ()),
        ({"east": "East (example)", "west": "West (example)"}, (partner(""),)),
        ({"east": "East (example)", "west": "West (example)"}, (partner("north"),)),
        ({"east": "East (example)", "west": "West (example)"}, (partner("east", Seat.POLICE),)),
        ({}, (partner("east"),)),
    ],
)
def test_a_seat_that_is_not_one_of_the_partnerships_is_refused(authorities, people):
    with pytest.raises(RuleBroken, match="local authorities"):
        replace(founding("TWO"), authorities=authorities, people=people)


def test_a_partnership_cannot_see_what_another_was_founded_with(engine):
    with work_in(engine, "STH") as work:
        assert [one.id for one in agencies(work.session)] == [
            agency_id_of("STH", "Hill Hospital (example)")
        ]
        assert not members(work.session, Role.BUSINESS_MANAGER, on=work.today)


def everything(engine) -> list[object]:
    rows: list[object] = []
    with working_for(engine, partnership_id_of("NRT")).begin() as link:
        for table in ("partnerships", "agencies", "memberships", "people"):
            rows += link.execute(text(f"select * from {table} order by 1, 2")).all()  # noqa: S608
    return rows
