"""What migrations give: what they gave when they were released, and now what the models say."""

import io
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from deployments import release
from deployments.checks.isolation.catalogue import findings
from deployments.migration.comparing import differences, engine_of
from deployments.migration.writing import last_number, write_next_on
from services.database import ticks
from services.database.engine import named
from services.database.migrations.declared import DECLARED, declare
from services.domain.errors import Unavailable
from tests.servers import SECRETS, app_engine_on

# The statements of the migrations up to the last of each release, written without a database, as
# `statements` wrote them under its tag. Another digest means that a migration that installations
# have made already would make something else for the next one.
RELEASED = {"0003": "e9f7873ec4b559118b210e8a33d7f0f22b5cebc56768860f2e87e5e68cea0f09"}
HELD = {
    "policies": "select polname, polrelid::regclass::text, polroles::text, polcmd, polpermissive,"
    " pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) from pg_policy",
    "functions": "select oid::regprocedure::text, prosrc, proacl::text, prosecdef, proconfig::text"
    " from pg_proc where pronamespace::regnamespace::text in ('sec', 'watch', 'ops', 'audit')",
    "relations": "select oid::regclass::text, relacl::text, relowner::regrole::text from pg_class"
    " where relnamespace::regnamespace::text in ('public', 'sec', 'watch', 'ops', 'audit')",
    "columns": "select attrelid::regclass::text, attname, attacl::text from pg_attribute"
    " where attacl is not null",
    "views": "select schemaname, viewname, definition from pg_views where schemaname in"
    " ('sec', 'watch', 'ops')",
    "triggers": "select tgname, tgrelid::regclass::text from pg_trigger where not tgisinternal",
}


@pytest.fixture
def own(platform_postgres):
    """A migrated database of the test's own: its administrator's address."""
    return platform_postgres.make_migrated().admin_url


def statements(up_to: str) -> str:
    """Return what the migrations say to a database, up to this one."""
    said = io.StringIO()
    configuration = Config(output_buffer=said, stdout=io.StringIO())
    configuration.set_main_option("script_location", str(release.MIGRATIONS))
    command.upgrade(configuration, up_to, sql=True)
    return said.getvalue()


def held(link) -> dict[str, list[str]]:
    return {name: sorted(map(str, link.execute(text(q)))) for name, q in HELD.items()}


@pytest.mark.parametrize("newest", RELEASED)
def test_a_released_migration_says_for_ever_what_it_said(newest):
    assert sha256(statements(newest).encode()).hexdigest() == RELEASED[newest]


def test_what_waits_behind_a_migration_waits_three_seconds_at_most():
    before, _, _ = statements("0001").partition("CREATE TABLE audit_anchors")
    assert "set lock_timeout = '3s'" in before


def test_the_models_are_what_the_migrations_make(own):
    assert differences(own) == []


def test_nothing_is_written_where_nothing_differs(own, tmp_path):
    assert write_next_on(own, "Nothing", tmp_path) is None
    assert [*tmp_path.iterdir()] == []


def test_what_is_written_makes_what_a_database_lacks(own, tmp_path):
    """A table of a case, one of the whole platform, a column, a check and grants are taken away."""
    with engine_of(own).begin() as link:
        for statement in (
            "drop table reading_grants, holiday_answers",
            "alter table partnerships drop column cases_opened",
            "alter table cases drop constraint cases_stage_is_a_code",
            "revoke update on dispatches from keyline_worker",
            "grant delete on entries to keyline_app",
        ):
            link.execute(text(statement))
    made = write_next_on(own, "What is new", tmp_path)
    assert made.name == f"{last_number() + 1:04}_what_is_new.py"
    words = made.read_text()
    assert "# Say by `show` who sees which rows: nobody does yet." in words
    assert "sqlmodel" not in words
    with engine_of(own).begin() as link:
        link.execute(text("set role keyline_owner"))
        carry_out(made, link)
        # A new table of a case is named in disposal.sql, which is then run again.
        link.execute(text("comment on table alembic_version is '{}'"))
        declare(link)
    assert differences(own) == []
    with engine_of(own).connect() as link:
        found = [str(one) for one in findings(link)]
    assert found == []


def carry_out(path, link) -> None:
    """Run the upgrade of a migration on this link."""
    spec = spec_from_file_location("made", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    with Operations.context(MigrationContext.configure(link)):
        module.upgrade()


def test_functions_that_are_declared_again_change_nothing(own):
    with engine_of(own).begin() as link:
        before = held(link)
        assert declare(link) == []
        link.execute(text("comment on table alembic_version is null"))
        assert declare(link) == [*DECLARED]
        assert held(link) == before
        assert findings(link) == []


def test_a_function_that_the_database_has_otherwise_is_put_right_by_a_release(own):
    with engine_of(own).begin() as link:
        before = held(link)
        link.execute(text("drop function sec.settle_interest"))
        link.execute(text("comment on table alembic_version is '{}'"))
    release.migrate(own, SECRETS)
    with engine_of(own).connect() as link:
        assert held(link) == before


def test_a_release_does_not_wait_behind_a_table_in_use_and_leaves_nothing_half_done(own):
    engine = create_engine(engine_of(own).url, poolclass=NullPool)
    with engine.begin() as link:
        link.execute(text("drop function sec.settle_interest"))
        link.execute(text("comment on table alembic_version is '{}'"))
    with engine.begin() as busy:
        busy.execute(text("lock table declarations in access share mode"))
        with pytest.raises(Unavailable, match=r"was in use.*Nothing was changed"):
            release.migrate(own, SECRETS, tries=1)
    with engine.connect() as link:
        assert link.execute(text("select to_regproc('sec.settle_interest')")).scalar() is None
    release.migrate(own, SECRETS)
    with engine.connect() as link:
        assert link.execute(text("select to_regproc('sec.settle_interest')")).scalar()


def test_who_leads_a_round_is_the_same_in_both_columns_whichever_code_writes(own):
    """`leader` is renamed to `led_by`: release 1 writes the one, this code the other."""
    of_old = (
        "insert into ticks (name, made_at, leader) values ('a round', now(), '{}')"
        " on conflict (name) do update set made_at = now(), leader = '{}'"
    )
    said = text("select leader, led_by from ticks where name = 'a round'")
    with engine_of(own).begin() as link:
        for statement in (of_old.format("old", "old"), of_old.format("older", "older")):
            link.execute(text(statement))
            (leader, led_by) = link.execute(said).one()
            assert leader == led_by
        link.execute(text(of_old.replace("leader", "led_by").format("new", "new")))
        assert link.execute(said).one() == ("new", "new")
        link.execute(text(of_old.format("", "")))
        assert link.execute(said).one() == ("", "")


A_LEADER = text(
    "select exists (select from information_schema.columns"
    " where table_name = 'ticks' and column_name = 'leader')"
)


@pytest.fixture
def application(platform_postgres):
    """A migrated database: its administrator's address and the application's."""
    made = platform_postgres.make_migrated()
    return made.admin_url, made.app_url


@pytest.mark.parametrize("name", ["", "psql", "keyline", "keyline 0009", "keyline soon"])
def test_a_contract_step_is_refused_while_code_that_may_read_it_is_connected(application, name):
    admin_url, app_url = application
    url = make_url(app_url).set(drivername="postgresql+psycopg")
    old = create_engine(url, connect_args={"application_name": name}, poolclass=NullPool)
    with old.connect(), pytest.raises(Unavailable, match=r"1 of keyline_app_of_.*Nothing was"):
        release.contract(admin_url)
    with engine_of(admin_url).connect() as link:
        assert link.execute(A_LEADER).scalar()


def test_a_contract_step_is_made_beside_this_code_and_once(application):
    admin_url, app_url = application
    engine = app_engine_on(app_url)
    # As the worker listens: past SQLAlchemy, which reads addresses otherwise than libpq.
    with engine.connect(), psycopg.connect(named(app_url.replace("+psycopg", ""))):
        assert release.contract(admin_url) == ["ticks.leader"]
        assert release.contract(admin_url) == []
        assert ticks.lead(engine, "a round", "me", 60.0)
        assert not ticks.lead(engine, "a round", "another", 60.0)
    engine.dispose()
    with engine_of(admin_url).connect() as link:
        assert not link.execute(A_LEADER).scalar()
        assert findings(link) == []
    assert differences(admin_url) == []
    release.migrate(admin_url, SECRETS)


def test_nobody_waits_long_behind_a_contract_step(application):
    admin_url, _ = application
    with engine_of(admin_url).begin() as busy:
        busy.execute(text("lock table ticks in access share mode"))
        with pytest.raises(Unavailable, match=r"was in use.*Nothing was changed"):
            release.contract(admin_url, tries=1)
        assert busy.execute(A_LEADER).scalar()
