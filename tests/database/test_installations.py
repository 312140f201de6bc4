"""Several installations on one database server: none changes, reads or locks out another (F2)."""

import os
import subprocess
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from deployments import release
from deployments.local.postgres import binaries
from services.database.engine import connect, working_for
from services.database.migrations.grants import OF_PARTNERSHIP
from services.database.migrations.roles import APP, BACKUP, WITH_LOGIN, login_of
from services.database.signed_context import NONE_CHOSEN, ContextKey
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.kept import tenant_tables
from tests.reached import reach
from tests.servers import CONTEXT_KEY, PASSWORDS, SECRETS, Database, app_engine_on
from tests.world import make_world

OTHERS = release.DatabaseSecrets(
    dict.fromkeys(WITH_LOGIN, "of-the-second"),
    ContextKey("the key of the second installation on this server"),
)
CASES = text("select count(*) from cases")


def url_of(admin_url: str, role: str, password: str) -> str:
    url = make_url(admin_url)
    login = login_of(role, str(url.database))
    return url.set(username=login, password=password).render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def first(platform_postgres) -> Database:
    return platform_postgres.make_migrated()


@pytest.fixture(scope="module")
def case(first) -> Driven:
    engine = app_engine_on(first.app_url)
    case = reach(make_world(engine), Stage.COMMISSIONING)
    engine.dispose()
    return case


@pytest.fixture(scope="module")
def second(platform_postgres) -> str:
    """Make an installation of its own beside the first; return its administrator's address."""
    admin_url = platform_postgres.make_empty()
    release.migrate(admin_url, OTHERS)
    return admin_url


def test_the_first_installation_still_signs_in_and_reads(first, second, case):
    del second
    engine = app_engine_on(first.app_url)
    with working_for(engine, case.world.ours.partnership_id).connect() as link:
        assert link.execute(CASES).scalar_one() == 1
    engine.dispose()


def test_the_second_ones_login_may_not_even_connect_to_the_first(first, second):
    login = make_url(url_of(second, APP, "of-the-second"))
    engine = create_engine(
        login.set(database=make_url(first.admin_url).database), poolclass=NullPool
    )
    with pytest.raises(OperationalError, match="permission denied for database"):
        engine.connect()


def test_the_second_ones_key_opens_nothing_of_the_first(first, case):
    engine = connect(first.app_url, OTHERS.context_key.secret)
    with working_for(engine, case.world.ours.partnership_id).connect() as link:
        assert link.execute(CASES).scalar_one() == 0
    engine.dispose()


def test_releasing_the_second_again_changes_nothing_of_the_first(first, second, case):
    release.migrate(second, replace(OTHERS, passwords=dict.fromkeys(WITH_LOGIN, "changed")))
    test_the_first_installation_still_signs_in_and_reads(first, second, case)


def test_a_long_name_of_a_database_still_makes_a_name_of_its_own():
    one, other = login_of(APP, "k" * 63), login_of(APP, "k" * 62 + "l")
    assert one != other
    assert max(map(len, (one, other))) <= 63


def run(program: str, *words: str) -> "subprocess.CompletedProcess[str]":
    path = binaries() / program
    if not path.exists():
        pytest.skip(f"not run: there is no {program} here")
    return subprocess.run(  # noqa: S603 -- a program of PostgreSQL's
        [path, *words],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )


def plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def backup(first, case, tmp_path_factory) -> str:
    """Back the first installation up as the role that bypasses nothing; return the file."""
    del case
    path = str(tmp_path_factory.mktemp("backup") / "keyline.dump")
    login = plain(url_of(first.admin_url, BACKUP, PASSWORDS[BACKUP]))
    words = ("--enable-row-security", "--exclude-table=sec.context_keys", f"--file={path}")
    done = run("pg_dump", f"--dbname={login}", "--format=custom", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return path


@pytest.fixture(scope="module")
def restored(backup, platform_postgres) -> str:
    """Restore the backup as an installation of its own; return its administrator's address."""
    admin_url = platform_postgres.make_empty()
    done = run("pg_restore", f"--dbname={plain(admin_url)}", backup)
    assert (done.returncode, done.stderr) == (0, "")
    release.migrate(admin_url, OTHERS)
    return admin_url


def test_a_backup_is_restored_as_an_installation_of_its_own(restored, first, case):
    kept, there = (create_engine(url, poolclass=NullPool) for url in (first.admin_url, restored))
    for table in (*tenant_tables(kept), "people", "credentials"):
        count = text(f"select count(*) from {table}")  # noqa: S608 -- names from the catalogue
        with kept.connect() as one, there.connect() as other:
            assert one.execute(count).scalar_one() == other.execute(count).scalar_one(), table
    for key, seen in ((OTHERS.context_key, 1), (CONTEXT_KEY, 0)):
        with seen_in(restored, case.world.ours.partnership_id, key) as link:
            assert link.execute(CASES).scalar_one() == seen


def test_in_a_restored_backup_each_partnership_sees_its_own_rows_alone(restored, case):
    """Attempt 44 of the break-it list: what was ours is read under nobody else's name there."""
    tables = [table for table, granted in OF_PARTNERSHIP.items() if "r" in granted.get(APP, "")]
    for side in (case.world.ours, case.world.theirs):
        with seen_in(restored, side.partnership_id, OTHERS.context_key) as link:
            owners = {
                owner
                for table in tables
                for owner in link.execute(text(f"select distinct tenant_id from {table}")).scalars()  # noqa: S608 -- names from the catalogue
            }
        assert owners == {side.partnership_id}


@contextmanager
def seen_in(admin_url: str, partnership_id, key: ContextKey):
    """Speak as the application's login of that installation, for the partnership."""
    engine = connect(url_of(admin_url, APP, OTHERS.passwords[APP]), key.secret)
    with working_for(engine, partnership_id, NONE_CHOSEN).connect() as link:
        yield link
    engine.dispose()


def test_the_backups_login_reads_every_row_and_writes_none(first, case):
    del case
    login = url_of(first.admin_url, BACKUP, PASSWORDS[BACKUP])
    administrator = create_engine(first.admin_url, poolclass=NullPool)
    with create_engine(login, poolclass=NullPool).connect() as link:
        for table in tenant_tables(administrator):
            count = text(f"select count(*) from {table}")  # noqa: S608 -- names from the catalogue
            with administrator.connect() as other:
                assert link.execute(count).scalar_one() == other.execute(count).scalar_one()
        with pytest.raises(Exception, match="permission denied"):
            link.execute(text("update cases set reference = 'taken'"))


def test_a_first_release_needs_no_more_than_the_three_that_run():
    told = {
        "KEYLINE_APP_PASSWORD": "a",
        "KEYLINE_WORKER_PASSWORD": "w",
        "KEYLINE_SIGN_IN_PASSWORD": "s",
        "KEYLINE_CONTEXT_KEY": CONTEXT_KEY.secret,
    }
    assert release.DatabaseSecrets.of(told).context_key == SECRETS.context_key
    for name in told:
        with pytest.raises(Exception, match=name):
            release.DatabaseSecrets.of(told | {name: ""})
