"""Cases that stand ready at a stage: carried there once in a process, and copied for each test.

A copy is a database of its own, made from the one in which the case was carried to its stage: that
takes a fraction of what the acts take. Its world is the case's, and nothing else lies there.
"""

from collections.abc import Callable, Hashable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import Engine

from services.domain.workflow import Stage
from tests.driven import Driven
from tests.reached import STAGE_BEFORE, carry_on, reach
from tests.servers import PlatformPostgres, app_engine_on
from tests.world import World, make_world

Further = Callable[[Driven], object]


class ReadyCases:
    """What this process has carried to a stage, each in a database of its own, and the copies."""

    def __init__(self, postgres: PlatformPostgres) -> None:
        self._postgres = postgres
        self._ready: dict[Hashable, Any] = {}
        self._lent: list[World] = []

    def at(self, stage: Stage, further: Further | None = None) -> Driven:
        """Lend a case at the stage, or carried further from there by a function."""
        case: Driven = self._lend(self._at(stage, further))
        return case

    def by(self, begin: Callable[[World], Any]) -> Any:
        """Lend what a function makes of a world: a case, or a joint review of two."""
        return self._lend(self._copy(begin, lambda: begin(self._new_world())))

    def world(self) -> World:
        """Lend two partnerships without a case."""
        world: World = self._copy(World, self._new_world)
        self._lent.append(world)
        return world

    def drop_lent(self) -> None:
        """Drop the copies that were lent, each with its database."""
        for world in self._lent:
            world.engine.dispose()
            self._postgres.drop(str(world.engine.url.database))
        self._lent.clear()

    def _lend(self, copy: Any) -> Any:
        self._lent.append(copy.world)
        return copy

    def _at(self, stage: Stage, further: Further | None = None) -> Driven:
        case: Driven = self._copy((stage, further), lambda: self._carried(stage, further))
        return case

    def _carried(self, stage: Stage, further: Further | None) -> Driven:
        if further:
            case = self._at(stage)
            further(case)
            return case
        if stage in STAGE_BEFORE:
            return carry_on(self._at(STAGE_BEFORE[stage]), stage)
        return reach(self._new_world(), stage)

    def _copy(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Copy what was made: all of it, with an engine on the copied database."""
        if key not in self._ready:
            self._ready[key] = make()
            # Nothing is copied while somebody is connected to it.
            _engine_of(self._ready[key]).dispose()
        ready = self._ready[key]
        engine = _engine_of(ready)
        database = self._postgres.copy_of(str(engine.url.database))
        return deepcopy(ready, {id(engine): app_engine_on(database.app_url)})

    def _new_world(self) -> World:
        return make_world(app_engine_on(self._postgres.make_migrated().app_url))


def _engine_of(made: Any) -> Engine:
    world: World = made if isinstance(made, World) else made.world
    return world.engine


@pytest.fixture(scope="session")
def carried_once(platform_postgres: PlatformPostgres) -> ReadyCases:
    """What this process has carried to a stage."""
    return ReadyCases(platform_postgres)


@pytest.fixture
def ready_cases(carried_once: ReadyCases) -> Iterator[ReadyCases]:
    """Copies for this test alone, each alone in its world; they are dropped after it."""
    yield carried_once
    carried_once.drop_lent()


@pytest.fixture
def case_at(ready_cases: ReadyCases) -> Callable[..., Driven]:
    """Return a case at a stage, or carried further from there by a function of the test's.

    `case_at(Stage.EMBEDDING)`: the acts are done once for all tests that ask for the same.
    """
    return ready_cases.at


@pytest.fixture
def ready_by(ready_cases: ReadyCases) -> Callable[..., Any]:
    """Return what a function makes of a world, made once: `ready_by(signed_for_p7)`."""
    return ready_cases.by
