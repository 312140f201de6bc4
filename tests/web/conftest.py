"""The whole application in process, on a real database with the demonstration's partnerships."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from deployments.demo.partnerships import PLACES, PLATFORM_ADMINISTRATOR, SINCE, founding_of
from services.bootstrap import Neighbours
from services.calendars import england
from services.casework.administration.first_administrator import make_first_administrator
from services.database.migrations.roles import SIGN_IN
from services.documents.making import KeylineDocuments
from services.domain.mailboxes import mailboxes_for
from services.mail.memory import MemoryMailer
from services.storage.memory import MemoryStore
from services.web.app import create_app
from services.web.app_state import Site
from tests.servers import (
    QUICK_PASSWORDS,
    PlatformPostgres,
    app_engine_on,
    founder_of,
    sibling,
)
from tests.web.visitors import HOST, Visitor
from tests.world import found_on

START = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """The application and what stands around it; its time is moved by hand."""

    app: FastAPI
    engine: Engine
    door: Engine
    admin: Engine
    store: MemoryStore
    now: datetime = START

    def visitor(self) -> Visitor:
        return Visitor(self.app)

    def person(self, who: str, place: int = 0) -> Visitor:
        """Return a person of a partnership, signed in and acting there."""
        visitor = self.visitor()
        answer = visitor.sign_in(PLACES[place].email(who))
        assert answer.status == 303, answer.text
        return visitor

    def days_later(self, days: int) -> None:
        self.now = START + timedelta(days=days)


@pytest.fixture(scope="session")
def founded(platform_postgres: PlatformPostgres) -> str:
    """The database in which the partnerships were founded once; nobody is connected to it."""
    engine = app_engine_on(platform_postgres.make_migrated().app_url)
    found_on(engine, *map(founding_of, PLACES))
    founder = founder_of(engine)
    make_first_administrator(founder, PLATFORM_ADMINISTRATOR, SINCE, QUICK_PASSWORDS)
    engine.dispose()
    return str(engine.url.database)


@pytest.fixture(scope="session")
def copied(platform_postgres: PlatformPostgres, founded: str) -> Iterator[Engine]:
    """The engine on a copy of it, which remembers from file to file what it has compiled."""
    engine = app_engine_on(platform_postgres.copy_of(founded).app_url)
    yield engine
    engine.dispose()


def put_back(server: PlatformPostgres, engine: Engine, database: str) -> None:
    """Let the engine find a new copy of that database instead of what it had."""
    engine.dispose()
    server.drop(str(engine.url.database))
    server.copy_again(database, str(engine.url.database))


@pytest.fixture(scope="module")
def world(platform_postgres: PlatformPostgres, founded: str, copied: Engine) -> Iterator[World]:
    """The application on a copy for this file alone, without the cases of other files."""
    door, admin = sibling(copied, SIGN_IN), platform_postgres.admin_of(copied)
    made = World(FastAPI(), copied, door, admin, MemoryStore())
    made.app = create_app(site_of(made, lambda: made.now))
    yield made
    put_back(platform_postgres, copied, founded)


def site_of(world: World, now: Callable[[], datetime], base_url: str = HOST) -> Site:
    """Return an installation in memory around the world's database."""
    around = Neighbours(
        engine=world.engine,
        store=world.store,
        mailer=MemoryMailer(),
        mailboxes=mailboxes_for("demonstration"),
        sender="no-reply@keyline.invalid",
        base_url=base_url,
        documents=KeylineDocuments(),
        calendar=england(),
        now=now,
    )
    return Site(
        neighbours=around,
        sign_in_engine=world.door,
        secret="s" * 32,
        is_demonstration=True,
        provisioning=founder_of(world.engine),
        passwords=QUICK_PASSWORDS,
    )


@pytest.fixture(autouse=True)
def _at_the_start(request: pytest.FixtureRequest) -> None:
    if "world" in request.fixturenames:
        request.getfixturevalue("world").now = START
