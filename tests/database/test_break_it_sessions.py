"""The break-it list, for what lives longer than a question: sessions, links, cursors, locks."""

import multiprocessing
import os
import signal
import time
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.orm import object_session
from sqlmodel import SQLModel, select

from services.database.cases import Case
from services.database.engine import working_for
from services.database.outbox import only_courier
from services.database.signed_context import NONE_CHOSEN
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.reached import reach
from tests.servers import CONTEXT_KEY, app_engine_on
from tests.world import make_world

CASES = text("select count(*) from cases")
SET = text("select set_config('app.ctx', :said, true)")


@pytest.fixture(scope="module")
def case(app_engine) -> Driven:
    return reach(make_world(app_engine), Stage.COMMISSIONING)


@pytest.fixture
def narrow(app_database):
    """An engine that has one link and no more, so that everybody gets the same one."""
    engine = app_engine_on(app_database.app_url)
    engine.pool._max_overflow = 0
    engine.pool._pool.maxsize = 1
    yield engine
    engine.dispose()


def seen(engine, side=None) -> int:
    signed = engine if side is None else working_for(engine, side.partnership_id)
    with signed.connect() as link:
        return link.execute(CASES).scalar_one()


def test_19_the_courier_of_one_partnership_stands_in_nobody_elses_way(case, app_engine):
    ours, theirs = case.world.ours.partnership_id, case.world.theirs.partnership_id
    with (
        only_courier(app_engine, ours) as first,
        only_courier(app_engine, ours) as second,
        only_courier(app_engine, theirs) as other,
    ):
        assert (first, second, other) == (True, False, True)
    with only_courier(app_engine, ours) as afterwards:
        assert afterwards


def test_23_a_statement_prepared_for_one_partnership_answers_another_for_itself(case, narrow):
    for _ in range(10):  # the fifth time it is prepared on the server, until a rollback
        with working_for(narrow, case.world.ours.partnership_id).begin() as link:
            assert link.execute(CASES).scalar_one() == 1
    with working_for(narrow, case.world.theirs.partnership_id).connect() as link:
        assert link.execute(text("select count(*) from pg_prepared_statements")).scalar_one() > 0
        assert link.execute(CASES).scalar_one() == 0


@pytest.mark.parametrize(
    "trouble",
    ["select 1 / 0", "select pg_sleep(9)", "select pg_terminate_backend(pg_backend_pid())"],
)
def test_24_a_link_that_met_trouble_sees_nothing_of_the_last_partnership(trouble, case, narrow):
    with (
        suppress(DBAPIError, InvalidRequestError),
        working_for(narrow, case.world.ours.partnership_id).connect() as link,
    ):
        assert link.execute(CASES).scalar_one() == 1
        link.execute(text("set local statement_timeout = '50ms'"))
        link.execute(text(trouble))
    assert seen(narrow) == 0
    assert seen(narrow, case.world.theirs) == 0
    assert seen(narrow, case.world.ours) == 1


def test_24_the_links_of_a_killed_process_see_nothing_and_hold_nothing(case, app_database):
    began = multiprocessing.get_context("fork").Event()
    child = os.fork()
    if child == 0:
        engine = app_engine_on(app_database.app_url)
        with working_for(engine, case.world.ours.partnership_id).begin() as link:
            link.execute(text("select * from cases for update"))
            began.set()
            time.sleep(60)
        os._exit(1)
    assert began.wait(20)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with case.world.act(Role.BUSINESS_MANAGER) as work:  # within the lock's own time limit
        work.session.execute(text("select * from cases for update"))


def test_25_a_context_set_in_a_savepoint_is_undone_with_it(case, app_engine):
    ours, theirs = case.world.ours.partnership_id, case.world.theirs.partnership_id
    with working_for(app_engine, theirs).connect() as link:
        with link.begin_nested() as savepoint:
            link.execute(SET, {"said": CONTEXT_KEY.sign(ours, NONE_CHOSEN)})
            assert link.execute(CASES).scalar_one() == 1
            savepoint.rollback()
        assert link.execute(CASES).scalar_one() == 0
        assert link.execute(text("select sec.tenant()")).scalar_one() == theirs


def test_26_a_cursor_ends_with_its_transaction(case, app_engine):
    with working_for(app_engine, case.world.ours.partnership_id).connect() as link:
        link.execute(text("declare held cursor for select * from entries"))
        assert link.execute(text("fetch 1 from held")).all()
        link.rollback()
        with pytest.raises(DBAPIError, match='cursor "held" does not exist'):
            link.execute(text("fetch 1 from held"))


def test_27_a_session_has_one_partnership_for_its_whole_life(case):
    """What one session has loaded is another's only by asking again, under its own context."""
    key = (case.world.ours.partnership_id, case.case_id)
    with case.world.act(Role.BUSINESS_MANAGER) as ours:
        assert ours.session.get(Case, key) is not None
        with case.world.act(case.world.theirs.actor(Role.BUSINESS_MANAGER)) as theirs:
            assert theirs.session.get(Case, key) is None
            assert theirs.session is not ours.session


def test_28_nothing_loads_by_itself():
    mappers = SQLModel._sa_registry.mappers
    assert len(mappers) > 20
    assert [one for one in mappers if one.relationships] == []


def test_29_a_row_of_a_closed_session_is_not_read_again(case):
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        row = work.session.exec(select(Case)).one()
    assert object_session(row) is None
    with (
        pytest.raises(InvalidRequestError),
        case.world.act(case.world.theirs.actor(Role.BUSINESS_MANAGER)) as other,
    ):
        other.session.refresh(row)
