"""The catalogue lint finds nothing in the product's database, and every piece planted there."""

import pytest
from sqlalchemy import text

from deployments.checks.isolation.catalogue import GRANTS, findings, rules

# What is planted under each rule, each in a transaction of its own that is given up.
PLANTED = {
    "a table forces row-level security": "alter table cases no force row level security",
    "a table's partnership is never null": (
        "create table public.loose (tenant_id uuid, case_id uuid)"
    ),
    "a partnership's table has the policy of own rows, both ways, for named roles": (
        "alter policy z_ours on entries with check (true)"
    ),
    "the policy of own rows is named last, so that PostgreSQL asks it first": (
        "create policy zz_shown on cases for select to keyline_app"
        " using (tenant_id = (select sec.tenant()))"
    ),
    "no policy but that of own rows lets a role write a partnership's rows": (
        "create policy shown on cases for update to keyline_app"
        " using (tenant_id = (select sec.tenant()))"
    ),
    "what disposes of a case sees its rows, and deletes those of its partnership alone": (
        "alter policy sec_removes on entries using (true)"
    ),
    "what disposes of a case sees beside its rows what it needs, and deletes guests and their"
    " emails alone": "alter policy sec_removes on people using (true)",
    "who signs people in sees what they prove themselves with": (
        "drop policy at_the_door on code_apps"
    ),
    "the function that appends to the audit chains sees what it needs": (
        "drop policy audit_appends on audit_links"
    ),
    "a policy that opens names its roles": (
        "create policy shown on cases for select using (tenant_id = (select sec.tenant()))"
    ),
    "no policy trusts a bare setting": (
        "create policy shown on cases for select to keyline_app"
        " using (tenant_id::text = current_setting('app.tenant', true))"
    ),
    "a policy asks for the context once a statement, not once a row": (
        "create policy shown on cases for select to keyline_app using (tenant_id = sec.tenant())"
    ),
    "only the roles that look on see without a condition": (
        "create policy shown on cases for select to keyline_app using (true)"
    ),
    "a declared conflict closes every row of a case": "drop policy closed on documents",
    "a police mark hides what a table says of a case": "drop policy police on entries",
    "a draft is its author's alone": "alter policy own on drafts using (true)",
    "the backup sees every row": "drop policy backup_sees on entries",
    "a foreign key between partnerships' tables holds the partnership on both sides": (
        "alter table children add constraint loose foreign key (case_id) references cases (id)"
    ),
    "a row of a case is tied to a case of its partnership": (
        "alter table children drop constraint children_tenant_id_case_id_fkey"
    ),
    "a unique key begins with the partnership": (
        "create unique index loose on cases (reference, id)"
    ),
    "a view that a login may read asks the policies of its reader": (
        "create view watch.loose as select id from cases; grant select on watch.loose"
        " to keyline_app"
    ),
    "a view for operators shows ids, references, stages, states and ages": (
        "create view ops.loose as select name from public.children"
    ),
    "there is no materialized view, which no policy would hold for": (
        "create materialized view public.loose as select 1 as it"
    ),
    "no trigger runs as another role": (
        "create function sec.loose() returns trigger language plpgsql security definer as"
        " 'begin return new; end'; create trigger loose before insert on cases"
        " for each row execute function sec.loose()"
    ),
    "nothing is published or replicated row by row": "create publication loose for table cases",
    "no extension is installed but PL/pgSQL": "create extension pg_trgm",
    "a function that runs as its owner has a fixed search path": (
        "alter function sec.tenant() reset search_path"
    ),
    "a function is not for everybody": "grant execute on function sec.tenant() to public",
    "a function that runs as its owner belongs to a role that no one signs in as": (
        "alter function sec.tenant() owner to postgres"
    ),
    "no function is trusted not to leak": "alter function sec.tenant() leakproof",
    "no function notifies: no policy holds for what it says": (
        "create function sec.loose() returns void language sql as"
        " $$ select pg_notify('case_wake', 'words of a case') $$"
    ),
    "tables belong to a role that no one signs in as": "alter table cases owner to keyline_app",
    "no role of ours passes over the policies or makes roles": "alter role keyline_app bypassrls",
    "a login is a member of its own role alone, and a role of none": (
        "grant keyline_owner to keyline_app"
    ),
    "nobody but its owner reads or writes a context key": (
        "grant select (name) on sec.context_keys to keyline_watch;"
        " grant select on sec.context_keys to keyline_watch"
    ),
    "no sequence is granted but to the backup, which reads it": (
        "grant usage on sequence caught_emails_id_seq to keyline_app"
    ),
    "everybody may do nothing with a table": "grant select on ticks to public",
    "only those that build make things in our schemas": (
        "grant create on schema public to keyline_app"
    ),
    "no login may connect that is not of this database": (
        "do $$ begin execute format('grant connect on database %I to public',"
        " current_database()); end $$"
    ),
    GRANTS: "grant delete on entries to keyline_app",
}


@pytest.fixture
def link(admin_engine):
    """The administrator's link, in a transaction that is given up."""
    with admin_engine.connect() as link:
        yield link
        link.rollback()


def test_nothing_in_the_products_database_breaks_a_rule(link):
    assert [str(one) for one in findings(link)] == []


def test_something_is_planted_under_every_rule():
    assert set(PLANTED) == {*rules(), GRANTS}


@pytest.mark.in_turns
@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_piece_is_found(rule, link):
    link.execute(text(PLANTED[rule]))
    assert rule in {one.rule for one in findings(link)}


@pytest.mark.parametrize(
    "grant",
    [
        "grant select on credentials to keyline_app",
        "grant select (password_hash) on credentials to keyline_worker",
        "grant insert on web_sessions to keyline_app",
        "grant truncate on cases to keyline_worker",
        "grant select on cases to keyline_sign_in",
        "grant update on entries to keyline_app",
        "grant select on entries to keyline_operations",
        "revoke select on cases from keyline_backup",
        "grant select (name) on children to keyline_sign_in",
        "grant execute on function sec.approve_grant to keyline_worker",
        "grant execute on function watch.collection_at to keyline_sign_in",
        "revoke execute on function sec.blocked_cases from keyline_app",
        "grant usage on schema watch to keyline_sign_in",
        "grant create on schema sec to keyline_worker",
    ],
)
def test_a_grant_that_is_not_written_is_found(grant, link):
    link.execute(text(grant))
    assert [one for one in findings(link) if one.rule == GRANTS]
