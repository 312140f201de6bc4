"""Every route says who may use it; nothing that is only read changes anything."""

from fastapi.routing import APIRoute
from sqlalchemy import text

from services.web.act_pages.registry import CASE_PAGES
from services.web.dependencies import OpenTo, OpenToMachines, OpenToProviders, Requires
from services.web.pages import ROUTERS
from tests.web.conftest import World
from tests.web.referrals import refer

ROUTES = [route for router in ROUTERS for route in router.routes]
OPEN = {
    "/accessibility",
    "/account",
    "/account/app",
    "/account/app/remove",
    "/account/organisations/remove",
    "/account/passkeys",
    "/account/passkeys/ask",
    "/account/passkeys/remove",
    "/account/password",
    "/account/prove",
    "/account/prove/passkey",
    "/account/recovery-codes",
    "/account/sessions/end",
    "/account/stay",
    "/calendars/{token}/keyline.ics",
    "/cases/{case_id}/todo/{code}",
    "/collect/{token}",
    "/forgotten-password",
    "/guidance/{rule}",
    "/healthz",
    "/help",
    "/invitations/{token}",
    "/privacy",
    "/readyz",
    "/reset-password/{token}",
    "/roles",
    "/sign-in",
    "/sign-in/oidc/{provider}",
    "/sign-in/oidc/{provider}/afresh",
    "/sign-in/oidc/{provider}/again",
    "/sign-in/oidc/{provider}/callback",
    "/sign-in/oidc/{provider}/logout",
    "/sign-in/oidc/{provider}/step-up",
    "/sign-in/organisation",
    "/sign-in/organisation/{domain}",
    "/sign-in/passkey",
    "/sign-in/second",
    "/sign-in/set-up",
    "/sign-in/set-up/passkey",
    "/sign-out",
    "/version",
    "/welcome",
}
KEPT_BY_LOOKING = {
    "alerts",
    "audit_heads",
    "audit_links",
    "refusal_runs",
    "sign_in_attempts",
    "viewings",
    "web_sessions",
}
BY_PATH = {page.path: page for page in CASE_PAGES}


def gate(route: APIRoute) -> Requires | OpenTo | OpenToMachines | OpenToProviders | None:
    calls = [need.call for need in route.dependant.dependencies]
    gates = (Requires, OpenTo, OpenToMachines, OpenToProviders)
    return next((call for call in calls if isinstance(call, gates)), None)


def test_there_are_routes_to_check():
    assert len(ROUTES) >= 2 * len(CASE_PAGES) > 60
    assert all(isinstance(route, APIRoute) for route in ROUTES)


def test_every_route_is_served(world: World):
    paths = {route.path for route in ROUTES}
    assert "/cases/{case_id}/documents/{document_id}" in paths
    assert len(world.app.routes) >= len(ROUTERS)


def test_every_route_says_who_may_use_it():
    assert [route.path for route in ROUTES if gate(route) is None] == []


def test_only_these_are_open_without_a_permission_and_each_says_why():
    gates = {route.path: gate(route) for route in ROUTES}
    free = {path: one for path, one in gates.items() if not isinstance(one, Requires)}
    assert set(free) == OPEN
    assert all(one.reason for one in free.values())


def test_the_commit_comes_before_the_answer():
    for route in ROUTES:
        needs = [one for one in route.dependant.dependencies if isinstance(one.call, Requires)]
        assert all(one.scope == "function" for one in needs), route.path


def test_every_act_is_asked_and_sent_under_the_same_permission():
    for route in ROUTES:
        page = BY_PATH.get(route.path.removeprefix("/cases/{case_id}/"))
        if page is not None:
            assert gate(route).permissions == (page.act.permission,), route.path


def test_reading_every_page_changes_nothing(world: World):
    manager = world.person("manager")
    case = refer(manager)
    before = counts(world)
    for route in ROUTES:
        if "GET" in route.methods and "{" not in route.path.replace("{case_id}", ""):
            manager.get(route.path.replace("/cases/{case_id}", case))
    assert counts(world) == before


def counts(world: World) -> dict[str, tuple[object, ...]]:
    """Return how many rows each table holds, and which transactions wrote them."""
    with world.admin.connect() as link:
        tables = link.execute(
            text("select tablename from pg_tables where schemaname = 'public' order by 1")
        ).scalars()
        each = " union all ".join(
            f"select '{table}', count(*), max(xmin::text::bigint) from \"{table}\""  # noqa: S608
            for table in tables
            if table not in KEPT_BY_LOOKING
        )
        return {table: tuple(told) for table, *told in link.execute(text(each))}
