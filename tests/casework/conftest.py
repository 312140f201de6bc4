"""One case at each stage, for the tests that keep nothing of what they try, and joint reviews."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from services.domain.workflow import Stage
from tests.driven import Driven
from tests.joint import Joint
from tests.kept import leaves
from tests.reached import reach
from tests.world import World, make_world


@pytest.fixture(scope="session")
def one_world(app_engine) -> World:
    """A world for many tests, of which each makes a case of its own or keeps nothing."""
    return make_world(app_engine)


@pytest.fixture(scope="session")
def cases(one_world) -> dict[Stage, Driven]:
    """One case at each stage, all in that world; making them takes a while."""
    return {stage: reach(one_world, stage) for stage in Stage}


@pytest.fixture
def left_by(admin_of):
    """What an act on a case leaves behind: `left_by(case, act, words, who=…, when=…)`."""
    return lambda case, *act, **done: leaves(admin_of(case), case, *act, **done)


@pytest.fixture
def admin_of(platform_postgres) -> Callable[[Any], Engine]:
    """The administrator's engine on the database in which a case is, or a desk."""
    return lambda case: platform_postgres.admin_of(case.world.engine)


@pytest.fixture
def joint(ready_by: Callable[..., Joint]) -> Joint:
    """A case that is notified, from which nobody is invited yet to a joint review."""
    return ready_by(Joint)


@pytest.fixture
def invited(ready_by: Callable[..., Joint]) -> Joint:
    """A joint review to which the other side is invited."""
    return ready_by(Joint, Joint.invited)


@pytest.fixture
def joined(ready_by: Callable[..., Joint]) -> Joint:
    """A joint review that the other side has joined."""
    return ready_by(Joint, Joint.joined)
