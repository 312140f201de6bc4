"""One case at each stage, for the tests that keep nothing of what they try."""

from functools import partial

import pytest

from services.domain.workflow import Stage
from tests.driven import Driven
from tests.kept import leaves
from tests.reached import reach
from tests.world import World, make_world


@pytest.fixture(scope="session")
def cases(app_engine) -> dict[Stage, Driven]:
    """One case at each stage, all in one world."""
    world = make_world(app_engine)
    return {stage: reach(world, stage) for stage in Stage}


@pytest.fixture(scope="session")
def one_world(cases) -> World:
    """The world of those cases."""
    return cases[Stage.REFERRED].world


@pytest.fixture
def left_by(admin_engine):
    """What an act on a case leaves behind: `left_by(case, act, words, who=…, when=…)`."""
    return partial(leaves, admin_engine)
