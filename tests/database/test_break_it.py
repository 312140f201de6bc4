"""The break-it list: attempts to get at another partnership, each by its number in the design."""

import ast
import json
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from services.casework.access.audit import export, export_case
from services.casework.steps import family_reading
from services.database.cases import get_case
from services.database.caught_emails import CaughtEmail, was_caught
from services.database.due_work import DueWork
from services.database.engine import working_for
from services.database.history import form_used
from services.database.remembered import remembered
from services.domain.message_ids import message_id_for
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.pages import ROUTERS
from tests import factories as say
from tests.driven import Driven
from tests.kept import tenant_tables
from tests.pointers import is_there
from tests.reached import reach
from tests.world import make_world

HERE = Path(__file__).parent
PUSHED = "text/event-stream"
SERVICES = HERE.parents[1] / "services"
ELSEWHERE = json.loads((HERE / "attempts_elsewhere.json").read_text())["attempts"]


@pytest.fixture(scope="module")
def case(app_engine) -> Driven:
    return reach(make_world(app_engine), Stage.COMMISSIONING)


@contextmanager
def as_(engine, side):
    with working_for(engine, side.partnership_id).connect() as link, link.begin():
        yield link


def refusal(engine, side, statement: str, **values) -> str:
    """Return what the database says to the statement, without the ids that it was given."""
    with pytest.raises(DBAPIError) as refused, as_(engine, side) as link:
        link.execute(text(statement), values)
    said = f"{type(refused.value.orig).__name__}: {refused.value.orig.diag.message_primary}"
    for value in values.values():
        said = said.replace(str(value), "<id>")
    return said


def test_07_a_copy_is_under_the_policies_too(case, app_engine):
    with as_(app_engine, case.world.theirs) as link:
        raw = link.connection.driver_connection
        with raw.cursor().copy("copy (select * from cases) to stdout") as copied:
            assert list(copied) == []
        with raw.cursor().copy("copy children to stdout") as copied:
            assert list(copied) == []


def test_08_no_view_shows_a_row_to_the_application(case, app_engine, admin_engine):
    with admin_engine.connect() as link:
        views = link.execute(
            text("select schemaname || '.' || viewname from pg_views where schemaname not in"
                 " ('pg_catalog', 'information_schema')")
        ).scalars().all()  # fmt: skip
    ours = {"sec.review_rows", "watch.carriage", "watch.joining", "ops.cases", "ops.emails"}
    ours |= {"watch.pressing_clocks", "watch.doubtful_emails"}
    assert set(views) == ours
    for view in views:
        assert "denied" in refusal(app_engine, case.world.theirs, f"select * from {view}")  # noqa: S608 -- from the catalogue


def test_12_a_key_tells_no_difference_between_a_foreign_row_and_none(case, app_engine):
    add = (
        "insert into children (tenant_id, id, case_id, version, place, name, particulars)"
        " values (:tenant, :id, :case, 1, 1, 'x', '{}')"
    )
    theirs = case.world.theirs
    said = [
        refusal(app_engine, theirs, add, tenant=theirs.partnership_id, id=uuid4(), case=case_id)
        for case_id in (case.case_id, uuid4())
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize("otherwise", ["", " on conflict do nothing"])
def test_13_and_14_no_unique_key_tells_that_a_foreign_row_is_there(otherwise, case, app_engine):
    """The reference of our case is free in every other partnership."""
    theirs, copy = case.world.theirs, "select to_jsonb(c) from cases c"
    with as_(app_engine, case.world.ours) as link:
        row = link.execute(text(copy)).scalar_one()
    row |= {"tenant_id": str(theirs.partnership_id), "id": str(uuid4())}
    made = "insert into cases select * from jsonb_populate_record(null::cases, cast(:row as jsonb))"
    with as_(app_engine, theirs) as link:
        assert link.execute(text(made + otherwise), {"row": json.dumps(row)}).rowcount == 1
        link.rollback()


def test_15_a_condition_is_never_asked_of_a_foreign_row(case, app_engine):
    """A division by nothing would tell of each row that it was looked at."""
    with as_(app_engine, case.world.theirs) as link:
        question = text("select count(*) from cases where 1 / (length(reference) * 0) = 1")
        assert link.execute(question).scalar_one() == 0
    made = "create function pg_temp.f(text) returns bool language sql as 'select true'"
    assert "denied" in refusal(app_engine, case.world.theirs, made)


def test_16_the_statistics_show_no_foreign_value(case, app_engine, admin_engine):
    with admin_engine.connect() as link:
        link.execute(text("analyze"))
        link.commit()
    with as_(app_engine, case.world.theirs) as link:
        shown = link.execute(text("select * from pg_stats where schemaname = 'public'")).all()
        protected = {*tenant_tables(admin_engine), "people"}
        assert [row for row in shown if row.tablename in protected] == []
        with pytest.raises(DBAPIError, match="denied"):
            link.execute(text("select * from pg_statistic"))


def test_18_a_value_is_never_in_the_text_that_other_sessions_see(case, app_engine, admin_engine):
    secret = f"Nameless Example {uuid4().hex}"
    with as_(app_engine, case.world.ours) as link:
        link.execute(text("select count(*) from children where name = :name"), {"name": secret})
        with admin_engine.connect() as other:
            seen = other.execute(text("select query from pg_stat_activity")).scalars().all()
        assert any("children where name" in query for query in seen if query)
        assert not any(secret in query for query in seen if query)


def test_20_a_wake_says_an_id_and_nothing_else():
    """Notifications are under no policy: whoever signs in hears them."""
    said = [
        ast.unparse(node)
        for path in sorted(SERVICES.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and "pg_notify" in str(node.value)
    ]
    assert sorted(said) == [
        "\"select pg_notify('case_rested', :case)\"",
        "\"select pg_notify('case_wake', :case)\"",
        "\"select pg_notify('run_scheduled', '')\"",
    ]


def test_22_a_function_that_runs_as_its_owner_looks_in_no_schema_of_the_caller(case, app_engine):
    with as_(app_engine, case.world.theirs) as link:
        link.execute(text("set local search_path = pg_temp, public, pg_catalog"))
        assert link.execute(text("select sec.tenant()")).scalar_one() == (
            case.world.theirs.partnership_id
        )
    for schema in ("public", "sec", "watch"):
        made = f"create function {schema}.sha256(bytea) returns bytea language sql as 'select $1'"
        assert "denied" in refusal(app_engine, case.world.theirs, made)


def test_30_a_change_of_everything_changes_nobody_elses(case, app_engine):
    with as_(app_engine, case.world.theirs) as link:
        assert link.execute(text("update cases set reference = 'all of them'")).rowcount == 0
        assert link.execute(text("update assignments set closed_at = now()")).rowcount == 0


def test_32_an_export_tells_of_the_partnership_that_asks_and_of_no_other(case):
    """The whole chain, and that of one case by a row that was handed over."""
    ours, theirs = case.world.ours, case.world.theirs
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        row = get_case(work.session, case.case_id)
        work.session.expunge(row)
    for side in (ours, theirs):
        with case.world.act(side.actor(Role.BUSINESS_MANAGER)) as work:
            whole, of_case = [*export(work, ())], [*export_case(work, row)]
        is_ours = side is ours
        assert (str(case.case_id) in "".join(whole)) is is_ours
        assert (len(of_case) > 1) is is_ours, "all but the line of where the chain ends"


def test_38_work_of_anothers_case_is_not_there_under_our_name(case):
    question = select(DueWork).where(DueWork.case_id == case.case_id)
    with case.world.act(case.world.theirs.actor(Role.BUSINESS_MANAGER)) as work:
        assert work.session.exec(question).all() == []
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        assert work.session.exec(question).all()


def test_39_what_is_remembered_of_a_partnership_is_its_unit_of_works_alone(case):
    """What outlives a unit of work is remembered without one: no cached function is given any."""
    with case.world.act(Role.BUSINESS_MANAGER) as ours:
        assert remembered(ours.session, "key", lambda: "ours") == "ours"
        with case.world.act(case.world.theirs.actor(Role.BUSINESS_MANAGER)) as theirs:
            assert remembered(theirs.session, "key", lambda: "theirs") == "theirs"
    kept = [
        node
        for path in SERVICES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and any("cache" in ast.unparse(one) for one in node.decorator_list)
    ]
    assert len(kept) > 5
    for node in kept:
        said = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        assert not said & {"work", "session", "Session", "UnitOfWork", "Engine"}, node.name


def test_41_the_key_of_a_form_belongs_to_the_partnership_that_used_it(case):
    once, chair = uuid4(), Role.REVIEW_GROUP_CHAIR
    grant = say.grant_family_reading(case.world.ours.actor(Role.INDEPENDENT_SCRUTINEER).person_id)
    case.do(family_reading.grant_family_reading, grant, chair, "2026-12-01", once=once)
    with case.world.act(chair) as work:
        assert form_used(work.session, once)
    with case.world.act(case.world.theirs.actor(chair)) as work:
        assert form_used(work.session, once) is None


def test_42_nothing_is_pushed_to_browsers():
    routes = [route for router in ROUTERS for route in router.routes]
    assert routes
    assert all(isinstance(route, APIRoute) for route in routes)
    assert not [one for one in (SERVICES / "web").rglob("*.py") if PUSHED in one.read_text()]


def test_43_a_receipt_is_looked_for_in_the_partnership_that_it_names(case, app_engine):
    ours, theirs = case.world.ours.partnership_id, case.world.theirs.partnership_id
    words = dict.fromkeys(("sender", "recipient", "subject", "body"), "example")
    for named in (ours, theirs):
        caught = CaughtEmail(
            tenant_id=ours, message_id=message_id_for(named, "receipt"), raw=b"", **words
        )
        with case.world.act(Role.BUSINESS_MANAGER) as work:
            work.session.add(caught)
    assert was_caught(app_engine, message_id_for(ours, "receipt"))
    assert not was_caught(app_engine, message_id_for(theirs, "receipt"))


def test_every_attempt_of_the_list_is_made_here_or_by_a_test_that_is_there():
    made = {
        int(number)
        for path in HERE.glob("test_break_it*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        for number in node.name.split("_")
        if number.isdigit()
    }
    assert made | {int(one) for one in ELSEWHERE} == set(range(1, 46))
    assert made & {int(one) for one in ELSEWHERE} == set()
    named = [pointer for pointers in ELSEWHERE.values() for pointer in pointers]
    assert [one for one in named if not is_there(one)] == []
    assert all(ELSEWHERE.values())


def test_a_pointer_to_a_test_that_is_not_there_is_found():
    there = "tests/database/test_break_it.py"
    assert is_there(f"{there}::test_42_nothing_is_pushed_to_browsers")
    assert not is_there(f"{there}::test_46_of_a_longer_list")
    assert not is_there(there)
    assert not is_there("tests/database/test_gone.py::test_42_nothing_is_pushed_to_browsers")
