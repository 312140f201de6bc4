"""Two people answer one appointment at the same moment: one stands, and one membership is made."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from services.casework.people.door import AddressBrought, accept
from services.casework.provisioning import PersonToFound, person_id_of
from services.database.appointments import answers
from services.domain.errors import AlreadyDone, CaseworkError
from services.domain.roles import Role
from tests.appointed import (
    ADMINISTRATOR,
    PASSWORD,
    an_appointment,
    answered,
    entered,
    roles_of,
    second_administrator,
    token_sent_to,
)
from tests.post_office import Office
from tests.servers import app_engine_on
from tests.world import found_on, make_world


@pytest.fixture
def world(app_engine):
    return make_world(app_engine)


@pytest.fixture
def second(world):
    return second_administrator(world)


@pytest.fixture
def office(world):
    return Office(world, when="2026-02-02")


def at_once(database, world, *acts):
    """Let each act run in a thread and on an engine of its own, all from the same moment."""
    start = Barrier(len(acts))

    def run(act):
        engine = app_engine_on(database.app_url)
        start.wait()
        try:
            act(replace(world, engine=engine))
        except CaseworkError as refused:
            return refused
        finally:
            engine.dispose()
        return None

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(run, acts))


@pytest.mark.parametrize("yes_first", [True, False])
def test_of_two_answers_at_once_one_stands(world, second, app_database, yes_first):
    third = a_third(world)
    command = an_appointment()
    appointment = entered(world, command)
    acts = [
        lambda one: answered(one, appointment, second, is_confirmed=yes_first),
        lambda one: answered(one, appointment, third, is_confirmed=not yes_first),
    ]
    found = at_once(app_database, world, *acts)
    (refused,) = [one for one in found if one is not None]
    assert isinstance(refused, AlreadyDone)
    with world.act(ADMINISTRATOR) as work:
        (answer,) = answers(work.session, appointment)
        assert answer.answered_by == (second, third)[found.index(None)].person_id


def test_of_two_acceptances_at_once_one_makes_the_membership(world, second, office, app_database):
    address = world.ours.email(Role.NOTIFIER)
    person = world.ours.actor(Role.NOTIFIER).person_id
    answered(world, entered(world, an_appointment(address=address)), second)
    brought = AddressBrought(token_sent_to(office, address), person)
    found = at_once(
        app_database,
        world,
        *[lambda one: accept(Office(one, when="2026-02-02"), brought) or refuse()] * 2,
    )
    assert sum(one is None for one in found) == 1
    assert roles_of(world, address).count(Role.REVIEW_GROUP_MEMBER) == 1


def refuse():
    raise AlreadyDone("The address opens nothing any more.")


def a_third(world):
    """Have a third administrator on record."""
    email = f"third.{world.ours.email(ADMINISTRATOR)}"
    third = PersonToFound(email=email, name="Third", role=ADMINISTRATOR, password=PASSWORD)
    found_on(world.engine, replace(world.ours.founding(), people=(third,)))
    return replace(world.ours.actor(ADMINISTRATOR), person_id=person_id_of(email))
