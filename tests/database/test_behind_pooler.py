"""Behind a real PgBouncer that lends connections by the transaction: limits, contexts, locks."""

import os
import pwd
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from deployments.checks.programs import PGBOUNCER, program
from deployments.local.home import any_free_port
from services.casework.access.cases import cases_seen
from services.casework.provisioning import provision
from services.database import watch
from services.database.engine import connect, working_for
from services.database.migrations.roles import APP, PROVISIONING, login_of
from services.database.outbox import only_courier
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.reached import reach
from tests.servers import CONTEXT_KEY, PASSWORDS, Database
from tests.world import Side, World

PROGRAM = program(PGBOUNCER)
LENT = 2
SETTINGS = """
[databases]
{database} = host={host} port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = plain
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {lent}
"""
pytestmark = pytest.mark.skipif(not PROGRAM, reason="not run: there is no pgbouncer here")


@pytest.fixture(scope="module")
def database(platform_postgres) -> Database:
    return platform_postgres.make_migrated()


@pytest.fixture(scope="module")
def pooler(database, tmp_path_factory) -> Iterator[int]:
    """Start PgBouncer before the database; return its port."""
    folder, url, own = (
        tmp_path_factory.mktemp("pooler"),
        make_url(database.app_url),
        any_free_port(),
    )
    users = "".join(
        f'"{login_of(role, url.database)}" "{PASSWORDS[role]}"\n' for role in (APP, PROVISIONING)
    )
    (folder / "users").write_text(users)
    settings = SETTINGS.format(
        database=url.database, host=url.host, port=url.port, own=own, folder=folder, lent=LENT
    )
    (folder / "settings.ini").write_text(settings)
    process = _start(folder)
    yield own
    process.terminate()
    process.wait(20)


def _start(folder: Path) -> "subprocess.Popen[bytes]":
    """Start it as an ordinary user, which it insists on."""
    ordinary = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        ordinary = {"user": nobody.pw_uid, "group": nobody.pw_gid}
        for path in (folder, *folder.iterdir()):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        for above in folder.parents[: len(folder.parents) - 2]:
            above.chmod(above.stat().st_mode | 0o011)
    process = subprocess.Popen(  # noqa: S603 -- the program that was asked for
        [str(PROGRAM), str(folder / "settings.ini")], stderr=subprocess.DEVNULL, **ordinary
    )
    time.sleep(0.5)
    assert process.poll() is None
    return process


def _engine(database: Database, port: int, role: str) -> Engine:
    url = make_url(database.app_url)
    login = login_of(role, url.database)
    address = url.set(username=login, password=PASSWORDS[role], port=port)
    return connect(
        address.render_as_string(hide_password=False), CONTEXT_KEY.secret, behind_pooler=True
    )


@pytest.fixture(scope="module")
def world(database, pooler) -> Iterator[World]:
    founder, engine = (_engine(database, pooler, role) for role in (PROVISIONING, APP))
    world = World(engine, Side("POOL1", "ours.example"), Side("POOL2", "theirs.example"))
    for side in (world.ours, world.theirs):
        provision(founder, side.founding())
    founder.dispose()
    yield world
    engine.dispose()


def test_a_case_goes_its_way(world):
    assert reach(world, Stage.CLOSED).row().stage is Stage.CLOSED


def test_many_at_one_time_see_their_own_partnership_and_nothing_else(world):
    reach(world, Stage.RAPID_REVIEW)
    sides = (world.ours, world.theirs)

    def look(number: int) -> bool:
        side = sides[number % 2]
        with world.act(side.actor(Role.BUSINESS_MANAGER)) as work:
            seen = cases_seen(work).open
            links.add(work.session.execute(text("select pg_backend_pid()")).scalar_one())
            whose = {case.tenant_id for case in seen}
            return whose == ({side.partnership_id} if side is world.ours else set())

    links: set[int] = set()
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(look, range(400)))
    assert 1 <= len(links) <= LENT


def test_the_limits_hold_in_every_transaction_and_end_with_it(world, database, pooler):
    asked = text(
        "select current_setting('lock_timeout'), current_setting('statement_timeout'),"
        " current_setting('timezone'), coalesce(current_setting('app.ctx', true), '')"
    )
    for _ in range(2 * LENT):
        with world.engine.connect() as link:
            assert tuple(link.execute(asked).one()) == ("5s", "30s", "UTC", "")
    plain = make_url(database.app_url).set(drivername="postgresql", port=pooler)
    address = plain.render_as_string(hide_password=False)
    with psycopg.connect(address, prepare_threshold=None) as link:
        row = link.execute(str(asked)).fetchone()
    assert row is not None
    assert (row[0], row[1], row[3]) == ("0", "0", "")


def test_a_statement_that_takes_too_long_is_ended(world):
    with working_for(world.engine).connect() as link:
        link.execute(text("set local statement_timeout = '100ms'"))
        with pytest.raises(DBAPIError, match="statement timeout"):
            link.execute(text("select pg_sleep(5)"))


def test_the_couriers_turn_is_kept_on_one_connection(world):
    ours = world.ours.partnership_id
    with only_courier(world.engine, ours) as first, only_courier(world.engine, ours) as second:
        assert (first, second) == (True, False)
    with only_courier(world.engine, ours) as afterwards:
        assert afterwards


def test_what_is_asked_across_partnerships_is_answered(world):
    assert set(watch.partnerships(world.engine)) == {
        world.ours.partnership_id,
        world.theirs.partnership_id,
    }
