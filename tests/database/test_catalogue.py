"""What the catalogue says of tables, roles and grants beside the lint: names and reasons."""

import pytest
from sqlalchemy import make_url, text

from services.database.migrations.roles import (
    APP,
    BACKUP,
    OWNER,
    PROVISIONING,
    SEC,
    SIGN_IN,
    WATCH,
    login_of,
)
from tests.kept import tenant_tables

WITHOUT_PARTNERSHIP = {
    "account_notices": "emails to owners of accounts, of no partnership, until they have left",
    "alembic_version": "which migration the database stands at",
    "api_tokens": "tokens of systems and people, by hash, as they are read before a role is known",
    "begun_sign_ins": "browsers whose person has not shown a second factor yet",
    "calendar_feeds": "addresses of calendars, by hash, as they are read before a role is known",
    "code_apps": "secrets of apps for codes, encrypted, as people sign in before choosing",
    "credentials": "what people sign in with, before they choose a partnership",
    "holiday_answers": "what a second operator said of a change of the bank holidays",
    "holiday_proposals": "changes of the bank holidays, the same for every partnership",
    "identities": "who somebody is at their organisation, before they choose a partnership",
    "identity_providers": "organisations that sign people in, before they choose a partnership",
    "passkey_challenges": "what browsers were asked to sign, for five minutes",
    "passkeys": "public keys by which people sign in, before they choose a partnership",
    "password_resets": "one-time addresses to choose a password, by hash",
    "people": "one person may serve several partnerships and signs in before choosing one",
    "restorations": "that the database was put back from a backup, of the whole platform",
    "recovery_codes": "hashes of codes on paper, as people sign in before choosing",
    "sign_in_attempts": "doors that were tried, by hash, before anybody is known",
    "system_secrets": "hashes of what systems show, before a partnership is known",
    "ticks": "when each regular round was last made, by anybody",
    "web_sessions": "browsers in which somebody is signed in, before a role is chosen",
}
ADDED_TO_ONLY = {
    "appointment_answers",
    "appointments",
    "lost_factors",
    "information_request_papers",
    "information_request_steps",
    "information_requests",
    "inspection_files",
    "inspection_steps",
    "learning_records",
    "membership_reviews",
    "contact_confirmations",
    "contacts",
    "delegations",
    "directory_endings",
    "duty_turns",
    "paper_template_answers",
    "policy_adoptions",
    "policy_answers",
    "policy_versions",
    "organisations",
    "holiday_answers",
    "holiday_proposals",
    "audit_anchors",
    "audit_checks",
    "entries",
    "viewings",
    "sign_offs",
    "declarations",
    "caught_emails",
    "case_grants",
    "joint_invitations",
    "joint_replies",
    "filed_words",
    "disposal_papers",
    "disposals",
    "gone_runs",
    "retention_answers",
    "retention_proposals",
}


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


def test_no_role_of_ours_may_pass_over_the_policies_and_only_logins_sign_in(ask):
    rows = ask("select * from pg_roles where starts_with(rolname, 'keyline_')")
    assert {APP, OWNER, SEC, WATCH} < {row.rolname for row in rows}
    for row in rows:
        assert not any((row.rolsuper, row.rolbypassrls, row.rolcreaterole, row.rolcreatedb)), row
        assert row.rolcanlogin is ("_of_" in row.rolname), row


def test_the_applications_login_has_its_one_role_and_owns_nothing(ask, app_database):
    login = login_of(APP, make_url(app_database.app_url).database)
    member_of = ask(
        "select m.member::regrole::text as it, m.roleid::regrole::text as of"
        " from pg_auth_members m where m.member::regrole::text in (:app, :login)",
        app=APP,
        login=login,
    )
    owns = ask(
        "select c.relname from pg_class c join pg_roles r on r.oid = c.relowner"
        " where r.rolname in (:app, :login) union all select p.proname from pg_proc p"
        " join pg_roles r on r.oid = p.proowner where r.rolname in (:app, :login)",
        app=APP,
        login=login,
    )
    assert ([tuple(row) for row in member_of], owns) == ([(login, APP)], [])


def test_what_is_only_added_to_is_granted_no_change_to_any_role(ask):
    grants = ask(
        "select table_name, grantee, privilege_type from information_schema.role_table_grants"
        " where starts_with(grantee, 'keyline_') and grantee <> :owner"
        " and table_schema = 'public'",
        owner=OWNER,
    )
    assert {row.table_name for row in grants} > ADDED_TO_ONLY
    # What two people dispose of is deleted by a function of SEC's, which nobody signs in as.
    disposes = {(SEC, "DELETE")}
    for row in grants:
        is_change = row.privilege_type not in {"SELECT", "INSERT"}
        done = (row.grantee, row.privilege_type)
        assert row.table_name not in ADDED_TO_ONLY or not is_change or done in disposes, row


def test_password_hashes_and_sessions_are_the_sign_in_roles_alone(ask):
    grants = ask(
        "select table_name, grantee, string_agg(privilege_type, ' ' order by privilege_type) as may"
        " from information_schema.role_table_grants where table_name in ('credentials',"
        " 'web_sessions') and grantee <> :owner group by 1, 2 order by 1, 2",
        owner=OWNER,
    )
    assert [tuple(row) for row in grants] == [
        ("credentials", BACKUP, "SELECT"),
        ("credentials", PROVISIONING, "INSERT"),
        ("credentials", SEC, "INSERT"),
        ("credentials", SIGN_IN, "SELECT UPDATE"),
        ("web_sessions", BACKUP, "SELECT"),
        ("web_sessions", SEC, "DELETE"),
        ("web_sessions", SIGN_IN, "DELETE INSERT SELECT UPDATE"),
    ]


def test_the_watchers_columns_are_ids_references_stages_states_and_ages(ask):
    columns = ask(
        "select table_name || '.' || column_name as it from information_schema.column_privileges"
        " where grantee = :watch and privilege_type = 'SELECT' and table_schema = 'public'",
        watch=WATCH,
    )
    allowed = "tenant_id id case_id reference stage flow_run_id flow_attempt done_at parked_at"
    allowed += (
        " not_before is_suspect holder until ended_at delivery claimed_at continued_run shared_run"
    )
    allowed += " joint_review_id is_lead from_at until_at work_paused_at"
    allowed += " seq submitted_seq anchored_at dispatch_id address_sha256"
    allowed += " counted_calendar counted_at opened_at replayed_at"
    # What is measured: days, roles and seats; the content of an email is ids and codes.
    allowed += " code practice_offset force due met_on ended_on ordered_at posted_at content"
    allowed += " role seat authority agency_id closed_at from_on to_on seen_at checked_at finding"
    allowed += " version_num standing next_at"
    # What machine work is ordered by is ids and codes (test_orders_without_words).
    allowed += " step last_error payload at act subject"
    assert {row.it.partition(".")[2] for row in columns} <= set(allowed.split())
