"""The demonstration: three partnerships that are whole, invented, and never in production."""

import pytest

from deployments.demo.partnerships import OPERATIONS, PASSWORD, PLACES, founding_of
from deployments.demo.seed import seed
from deployments.demo.sign_ins import lines
from services.domain.clocks.policy import NATIONAL
from services.domain.errors import RuleBroken, Unavailable
from services.domain.roles import Role, Seat

FOUNDINGS = [founding_of(place) for place in PLACES]


@pytest.mark.parametrize("founding", FOUNDINGS, ids=lambda one: one.code)
def test_every_role_and_each_of_the_three_seats_is_filled(founding):
    roles = {person.role for person in founding.people}
    assert set(Role) - roles <= {Role.SERVICE, Role.OPERATIONS}
    seats = [one.seat for one in founding.people if one.role is Role.SAFEGUARDING_PARTNER]
    assert set(seats) == set(Seat)
    councils = [one.authority for one in founding.people if one.seat is Seat.LOCAL_AUTHORITY]
    assert sorted(councils) == sorted(founding.authorities or [""])
    leads = {one.agency for one in founding.people if one.role is Role.AGENCY_LEAD}
    assert leads == {agency.name for agency in founding.agencies}


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
