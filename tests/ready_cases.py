"""Cases that stand ready at a stage: carried there once in a process, and copied for each test.

A copy is a database of its own, made from the one in which the case was carried to its stage: that
takes a fraction of what the acts take. Its world is the case's, and nothing else lies there.
"""

from collections.abc import Callable, Hashable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from services.domain.workflow import Stage
from tests.driven import Driven
from tests.reached import STAGE_BEFORE, carry_on, reach
from tests.servers import PlatformPostgres, app_engine_on
from tests.world import World, make_world

Further = Callable[[Driven], object]


@dataclass(frozen=True)
class Ready:
    """What was made, and the database in which all of it lies; nobody is connected to it."""

    made: Any
    database: str


class ReadyCases:
    """What this process has carried to a stage, each in a database of its own, and the copies.

    A database that is given back is dropped, and the next copy has its name, its logins and its
    engine, which remembers the statements that it has compiled. So has the next copy after
    something was made: what stands ready is set aside under another name.
    """

    def __init__(self, postgres: PlatformPostgres) -> None:
        self._postgres = postgres
        self._ready: dict[Hashable, Ready] = {}
        self._lent: list[Engine] = []
        self._given_back: list[Engine] = []

    def at(self, stage: Stage, further: Further | None = None) -> Driven:
        """Lend a case at the stage, or carried further from there by a function."""
        case: Driven = self._lend(self._at(stage, further))
        return case

    def by(self, begin: Callable[[World], Any], *further: Callable[[Any], object]) -> Any:
        """Lend what a function makes of a world, carried further by one function after another."""
        return self._lend(self._by(begin, *further))

    def world(self) -> World:
        """Lend two partnerships without a case."""
        world: World = self._lend(self._once(World, self._new_world))
        return world

    def take_back(self) -> None:
        """Drop the copies that were lent, each with its database."""
        for engine in self._lent:
            engine.dispose()
            self._postgres.drop(str(engine.url.database))
        self._given_back += self._lent
        self._lent.clear()

    def _lend(self, ready: Ready) -> Any:
        copy = self._copy(ready)
        self._lent.append(_engine_of(copy))
        return copy

    def _at(self, stage: Stage, further: Further | None = None) -> Ready:
        return self._once((stage, further), lambda: self._carried(stage, further))

    def _carried(self, stage: Stage, further: Further | None) -> Driven:
        if further:
            case: Driven = self._copy(self._at(stage))
            further(case)
            return case
        if stage in STAGE_BEFORE:
            return carry_on(self._copy(self._at(STAGE_BEFORE[stage])), stage)
        return reach(self._new_world(), stage)

    def _by(self, begin: Callable[[World], Any], *further: Callable[[Any], object]) -> Ready:
        return self._once((begin, *further), lambda: self._made(begin, *further))

    def _made(self, begin: Callable[[World], Any], *further: Callable[[Any], object]) -> Any:
        if not further:
            return begin(self._new_world())
        made = self._copy(self._by(begin, *further[:-1]))
        further[-1](made)
        return made

    def _once(self, key: Hashable, make: Callable[[], Any]) -> Ready:
        """Return what was made under the key, or make it now."""
        if key not in self._ready:
            made = make()
            engine = _engine_of(made)
            engine.dispose()
            database = self._postgres.set_aside(str(engine.url.database))
            self._ready[key] = Ready(made, database)
            self._given_back.append(engine)
        return self._ready[key]

    def _copy(self, ready: Ready) -> Any:
        """Copy what was made: all of it, with an engine on a copy of its database."""
        engine = self._engine_on_copy_of(ready.database)
        return deepcopy(ready.made, {id(_engine_of(ready.made)): engine})

    def _engine_on_copy_of(self, database: str) -> Engine:
        if not self._given_back:
            return app_engine_on(self._postgres.copy_of(database).app_url)
        engine = self._given_back.pop()
        self._postgres.copy_again(database, str(engine.url.database))
        return engine

    def _new_world(self) -> World:
        return make_world(self._engine_on_copy_of(self._postgres.migrated))


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
    carried_once.take_back()


@pytest.fixture
def case_at(ready_cases: ReadyCases) -> Callable[..., Driven]:
    """Return a case at a stage, or carried further from there by a function of the test's.

    `case_at(Stage.EMBEDDING)`: the acts are done once for all tests that ask for the same.
    """
    return ready_cases.at


@pytest.fixture
def ready_by(ready_cases: ReadyCases) -> Callable[..., Any]:
    """Return what a function makes of a world, made once: `ready_by(signed_for_p7)`.

    `ready_by(Joint, Joint.joined)` lends it carried further, from a copy of what was made first.
    """
    return ready_cases.by
