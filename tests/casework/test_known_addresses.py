"""A dispatch by hand goes to an address that two people have set, or to one of the installation."""

from contextlib import suppress

import pytest

from services.casework.steps.dispatches.dispatch_choice import must_be_known
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import AnswerRefused
from services.domain.mailboxes import NOT_PRODUCTION, PRODUCTION
from services.domain.roles import Role
from tests.directory import confirmed, contacted, placed

ELSEWHERE = "new.desk@body.example"


def known(world, address: str) -> bool:
    with world.act(Role.BUSINESS_MANAGER) as work, suppress(AnswerRefused):
        must_be_known(work, address)
        return True
    return False


@pytest.fixture
def desk(world):
    """An address of a national body that one person has entered."""
    body = placed(world, name="A Body", kind=OrganisationKind.NATIONAL_BODY)
    return contacted(world, body, role=ContactRole.WHERE_TO_SEND, address=ELSEWHERE)


def test_an_address_is_known_once_a_second_person_confirmed_it(world, desk):
    assert not known(world, ELSEWHERE)
    confirmed(world, desk)
    assert known(world, f" {ELSEWHERE.upper()} ")


def test_the_installations_own_addresses_are_known(world):
    assert known(world, PRODUCTION.panel)
    assert known(world, NOT_PRODUCTION.panel)


def test_an_address_of_our_own_which_one_person_sets_is_not_enough(world):
    contacted(world, placed(world), address=ELSEWHERE)
    assert not known(world, ELSEWHERE)


def test_a_real_partnership_sends_to_no_address_of_the_demonstration(world):
    with world.act(Role.BUSINESS_MANAGER) as work:
        work.partnership.is_demonstration = False
        work.session.add(work.partnership)
    assert known(world, PRODUCTION.panel)
    assert not known(world, NOT_PRODUCTION.panel)
