"""Who appoints for an organisation, by the directory: never who is appointed, nor who enters it."""

from uuid import uuid4

import pytest

from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import RuleBroken
from services.domain.roles import Role
from tests.appointed import (
    ADMINISTRATOR,
    a_post,
    accepted,
    an_appointment,
    confirmed_at,
    entered,
    second_administrator,
)
from tests.post_office import Office
from tests.world import make_world


@pytest.fixture
def world(app_engine):
    return make_world(app_engine)


@pytest.fixture
def office(world):
    return Office(world, when="2026-02-02")


def test_the_holder_of_a_post_neither_appoints_themselves_nor_enters_who_they_appoint(
    world, office
):
    """One person's word is not asked for twice, at whichever address it would be given."""
    post, kind = ContactRole.DIRECTOR, OrganisationKind.LOCAL_AUTHORITY
    second = second_administrator(world)
    director = f"{uuid4()}@post.example"
    a_post(world, post, kind, address=director.replace("post", "Post"))
    own = an_appointment(role=Role.NOTIFIER, address=director)
    with pytest.raises(RuleBroken, match="nobody appoints themselves"):
        entered(world, own)
    mine = world.ours.email(ADMINISTRATOR)
    a_post(world, post, kind, "Another", mine.capitalize())
    with pytest.raises(RuleBroken, match="or it is your own address"):
        entered(world, own)
    entered(world, own, second)
    assert confirmed_at(office, mine.capitalize())
    assert accepted(office, director)
