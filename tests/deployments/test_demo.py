"""The demonstration: three partnerships that are whole, invented, and never in production."""

import pytest

from deployments.demo.directory import entries_of, put_in_directory
from deployments.demo.partnerships import (
    OPERATIONS,
    PASSWORD,
    PLACES,
    WITHOUT_ACCOUNT,
    founding_of,
)
from deployments.demo.seed import seed
from deployments.demo.sign_ins import lines
from services.calendars import england
from services.casework.directory.unheld import unheld_posts
from services.casework.effects.addressees import address_of_agency
from services.casework.provisioning import person_id_of
from services.database.directory_entries import contacts_on
from services.database.partnerships import agencies
from services.database.unit_of_work import unit_of_work
from services.domain.clocks.policy import NATIONAL
from services.domain.errors import RuleBroken, Unavailable
from services.domain.identifiers import AgencyId
from services.domain.roles import Actor, Role, Seat
from tests.servers import app_engine_on
from tests.world import at, found_on

FOUNDINGS = [founding_of(place) for place in PLACES]


@pytest.mark.parametrize("founding", FOUNDINGS, ids=lambda one: one.code)
def test_every_role_and_each_of_the_three_seats_is_filled(founding):
    roles = {person.role for person in founding.people}
    elsewhere = {
        Role.GUEST,
        Role.PRACTITIONER,
        Role.SERVICE,
        Role.OPERATIONS,
        Role.PLATFORM_ADMINISTRATOR,
        Role.SYSTEM,
    }
    assert set(Role) - roles <= elsewhere
    seats = [one.seat for one in founding.people if one.role is Role.SAFEGUARDING_PARTNER]
    assert set(seats) == set(Seat)
    councils = [one.authority for one in founding.people if one.seat is Seat.LOCAL_AUTHORITY]
    assert sorted(councils) == sorted(founding.authorities or [""])
    leads = {one.agency for one in founding.people if one.role is Role.AGENCY_LEAD}
    without = {one for one in {agency.name for agency in founding.agencies} if "Surgery" in one}
    assert leads == {agency.name for agency in founding.agencies} - without
    assert len(without) == len(WITHOUT_ACCOUNT)


@pytest.mark.parametrize("founding", FOUNDINGS, ids=lambda one: one.code)
def test_nobody_there_can_ever_be_written_to_and_all_is_marked_as_an_example(founding):
    addresses = [one.email for one in founding.people] + [one.address for one in founding.agencies]
    assert all(address.endswith(".example") for address in addresses)
    assert founding.is_demonstration
    assert all(
        "(example)" in name for name in (founding.name, *(a.name for a in founding.agencies))
    )


def test_the_three_policies_differ_from_the_national_one_and_from_each_other():
    policies = [founding.policy for founding in FOUNDINGS]
    assert NATIONAL not in policies
    assert all(policies.count(policy) == 1 for policy in policies)


def test_one_partnership_has_two_local_authorities_with_a_person_for_each():
    assert [len(founding.authorities) for founding in FOUNDINGS] == [0, 0, 2]
    assert all("(example)" in name for name in FOUNDINGS[2].authorities.values())


def test_one_person_serves_two_partnerships():
    police = [
        one for one in FOUNDINGS if "police@constabulary.example" in {p.email for p in one.people}
    ]
    assert [founding.code for founding in police] == ["NMR", "SLT"]


def test_the_directory_is_put_on_record_once_with_every_post_that_is_written_to(
    platform_postgres,
):
    """Done again it adds nothing; no address there is anybody's."""
    engine, place = app_engine_on(platform_postgres.make_migrated().app_url), PLACES[0]
    found_on(engine, founding_of(place))
    for _again in range(2):
        put_in_directory(engine, place, lambda: at("2026-02-02"))
    manager = Actor(
        person_id=person_id_of(place.email("manager")),
        partnership_id=place.partnership_id,
        role=Role.BUSINESS_MANAGER,
    )
    with unit_of_work(engine, manager, at("2026-02-02"), england()) as work:
        assert unheld_posts(work, work.today) == []
        found = contacts_on(work.session, work.today)
        assert len(found) == sum(len(one.posts) for one in entries_of(place))
        assert all(one.address.endswith(".northmoor.example") for one in found)
        agency = agencies(work.session)[0]
        assert address_of_agency(work, AgencyId(agency.id)) == agency.address
    engine.dispose()


@pytest.mark.parametrize("environment", ["production", "", None])
def test_nothing_is_seeded_where_it_is_not_a_demonstration(environment):
    told = {"KEYLINE_PROVISIONING_DATABASE_URL": "postgresql://nowhere"}
    if environment is not None:
        told["KEYLINE_ENVIRONMENT"] = environment
    with pytest.raises(RuleBroken, match="password that everybody knows"):
        seed(told)


def test_a_seed_needs_a_database():
    with pytest.raises(Unavailable, match="KEYLINE_PROVISIONING_DATABASE_URL"):
        seed({"KEYLINE_ENVIRONMENT": "demonstration"})


def test_the_sign_ins_name_the_password_and_every_partnerships_manager():
    told = "\n".join(lines())
    assert PASSWORD in told
    assert OPERATIONS in told
    assert all(place.email("manager") in told for place in PLACES)
