"""What the database's own catalogue says of tenancy: every table, key, policy, grant and role."""

import ast

import pytest
from sqlalchemy import text

from deployments import autogenerate
from services.database.migrations.roles import APP, OWNER, WATCH
from tests.kept import tenant_tables
from tests.servers import APP_PASSWORD

WITHOUT_PARTNERSHIP = {
    "alembic_version": "which migration the database stands at",
    "people": "one person may serve several partnerships and signs in before choosing one",
    "sign_in_attempts": "doors that were tried, by hash, before anybody is known",
    "ticks": "when each regular round was last made, by anybody",
    "web_sessions": "browsers in which somebody is signed in, before a role is chosen",
}
ADDED_TO_ONLY = {"entries", "viewings", "sign_offs", "declarations", "caught_emails"}


@pytest.fixture
def ask(admin_engine):
    """Ask the catalogue, as the administrator."""

    def question(words, **values):
        with admin_engine.connect() as link:
            return link.execute(text(words), values).all()

    return question


def test_tables_outside_the_partnerships_are_these_and_each_has_its_reason(ask, admin_engine):
    tables = {row.tablename for row in ask("select * from pg_tables where schemaname = 'public'")}
    assert tables - set(tenant_tables(admin_engine)) == set(WITHOUT_PARTNERSHIP)


def test_every_partnerships_table_forces_row_level_security_with_a_policy_both_ways(
    ask, admin_engine
):
    protected = ask(
        "select c.relname from pg_class c join pg_policy p on p.polrelid = c.oid"
        " where c.relrowsecurity and c.relforcerowsecurity and p.polname = 'ours'"
        " and p.polcmd = '*' and p.polpermissive"
        " and pg_get_expr(p.polqual, c.oid) like '%tenant_id = %app.tenant%'"
        " and pg_get_expr(p.polqual, c.oid) = pg_get_expr(p.polwithcheck, c.oid)"
    )
    assert sorted(row.relname for row in protected) == tenant_tables(admin_engine)


def test_no_other_policy_lets_the_application_write_or_see_more_than_its_own_memberships(ask):
    others = ask(
        "select c.relname, p.polname, p.polcmd,"
        " array(select rolname::text from pg_roles r where r.oid = any (p.polroles)) as roles"
        " from pg_policy p join pg_class c on c.oid = p.polrelid where p.polname <> 'ours'"
    )
    for row in others:
        assert row.polcmd == "r", row
        assert row.roles == [WATCH] or (row.polname == "mine" and row.relname in {
            "memberships", "partnerships",
        })  # fmt: skip


def test_a_partnership_comes_first_in_every_primary_and_unique_key(ask, admin_engine):
    keys = ask(
        "select c.relname as it, i.relname as key, a.attname as first, x.indisprimary"
        " from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i"
        " on i.oid = x.indexrelid join pg_attribute a on a.attrelid = c.oid"
        " and a.attnum = x.indkey[0] where (x.indisunique or x.indisprimary) and c.relname = any"
        " (:tables) and c.relnamespace = 'public'::regnamespace",
        tables=tenant_tables(admin_engine),
    )
    assert {row.it for row in keys if row.indisprimary} == set(tenant_tables(admin_engine))
    assert [row for row in keys if row.first != "tenant_id"] == []


def test_a_foreign_key_between_partnerships_tables_holds_the_partnership_on_both_sides(
    ask, admin_engine
):
    keys = ask(
        "select c.conname, c.conrelid::regclass::text as it, c.confrelid::regclass::text as to_it,"
        " array(select a.attname::text from unnest(c.conkey) with ordinality k(n, o)"
        " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.o) as ours,"
        " array(select a.attname::text from unnest(c.confkey) with ordinality k(n, o)"
        " join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.o)"
        " as theirs from pg_constraint c where c.contype = 'f'"
    )
    tables = set(tenant_tables(admin_engine))
    inside = [row for row in keys if row.it in tables and row.to_it in tables]
    assert len(inside) > 10
    assert [row for row in inside if (row.ours[0], row.theirs[0]) != ("tenant_id",) * 2] == []


def test_every_row_of_a_case_is_tied_to_a_case_of_its_partnership(ask, admin_engine):
    with_case = ask(
        "select table_name from information_schema.columns where table_schema = 'public'"
        " and column_name = 'case_id'"
    )
    tied = ask(
        "select conrelid::regclass::text as it from pg_constraint where contype = 'f'"
        " and confrelid = 'cases'::regclass"
    )
    assert {row.table_name for row in with_case} == {row.it for row in tied}
    assert {row.it for row in tied} <= set(tenant_tables(admin_engine))


@pytest.mark.parametrize("role", [APP, OWNER, WATCH])
def test_no_role_of_ours_may_pass_over_the_policies(role, ask):
    (row,) = ask("select * from pg_roles where rolname = :role", role=role)
    assert not any((row.rolsuper, row.rolbypassrls, row.rolcreaterole, row.rolcreatedb))
    assert row.rolcanlogin is (role == APP)


def test_the_applications_role_is_a_member_of_nothing_and_owns_nothing(ask):
    member_of = ask(
        "select 1 from pg_auth_members m join pg_roles r on r.oid = m.member"
        " where r.rolname = :app",
        app=APP,
    )
    owns = ask(
        "select c.relname from pg_class c join pg_roles r on r.oid = c.relowner"
        " where r.rolname = :app union all select p.proname from pg_proc p"
        " join pg_roles r on r.oid = p.proowner where r.rolname = :app",
        app=APP,
    )
    assert (member_of, owns) == ([], [])


def test_the_tables_belong_to_a_role_that_nobody_signs_in_with(ask):
    owners = ask("select distinct tableowner from pg_tables where schemaname = 'public'")
    assert [row.tableowner for row in owners] == [OWNER]


def test_what_is_only_added_to_is_granted_no_change(ask, admin_engine):
    grants = ask(
        "select table_name, string_agg(privilege_type, ' ' order by privilege_type) as may"
        " from information_schema.role_table_grants where grantee = :app group by 1",
        app=APP,
    )
    may = {row.table_name: row.may for row in grants}
    for table in tenant_tables(admin_engine):
        expected = "INSERT SELECT" if table in ADDED_TO_ONLY else "INSERT SELECT UPDATE"
        assert may[table] == expected, table
    assert not any("TRUNCATE" in one or "REFERENCES" in one for one in may.values())


def test_everybody_may_do_nothing(ask):
    public = ask(
        "select table_name from information_schema.role_table_grants where grantee = 'PUBLIC'"
        " and table_schema in ('public', 'watch')"
    )
    creates = ask(
        "select 1 from pg_namespace n, aclexplode(n.nspacl) a where n.nspname in ('public',"
        " 'watch') and a.grantee = 0 and a.privilege_type = 'CREATE'"
    )
    assert (public, creates) == ([], [])


def test_the_watching_functions_are_pinned_narrow_and_not_for_everybody(ask):
    functions = ask(
        "select p.proname, p.prosecdef, p.proconfig, r.rolname as owner,"
        " exists (select from aclexplode(p.proacl) a where a.grantee = 0) as is_public"
        " from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " join pg_roles r on r.oid = p.proowner"
        " where n.nspname not in ('pg_catalog', 'information_schema')"
    )
    assert functions
    for one in functions:
        assert one.prosecdef, one
        assert one.owner == WATCH, one
        assert one.proconfig == ["search_path=pg_catalog, public, pg_temp"], one
        assert not one.is_public, one


def test_no_view_shows_the_application_what_the_policies_hide(ask):
    views = ask(
        "select c.relname, has_table_privilege(:app, c.oid, 'select') as seen"
        " from pg_class c where c.relkind in ('v', 'm')"
        " and c.relnamespace in ('public'::regnamespace, 'watch'::regnamespace)",
        app=APP,
    )
    assert [row for row in views if row.seen] == []


def test_the_watchers_columns_are_ids_references_stages_states_and_ages(ask):
    columns = ask(
        "select table_name || '.' || column_name as it from information_schema.column_privileges"
        " where grantee = :watch and privilege_type = 'SELECT' and table_schema = 'public'",
        watch=WATCH,
    )
    allowed = "tenant_id id case_id reference stage flow_run_id flow_attempt done_at parked_at"
    allowed += " not_before is_suspect holder until ended_at delivery claimed_at"
    assert {row.it.partition(".")[2] for row in columns} <= set(allowed.split())


def test_the_models_are_what_the_migrations_make(app_database):
    assert autogenerate.differences(app_database.admin_url) == []


def test_the_first_migration_is_as_the_models_would_write_it_today(
    app_database, platform_postgres, tmp_path
):
    del app_database  # it made the roles: two at once would be in each other's way
    empty = platform_postgres.make_empty()
    made = autogenerate.write_first_on(empty, APP_PASSWORD, tmp_path)
    kept = autogenerate.MIGRATIONS / "versions" / made.name
    written, keeps = (ast.dump(ast.parse(path.read_text())) for path in (made, kept))
    assert written == keeps
