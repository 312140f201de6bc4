"""What an engine of ours does at the start of each transaction, and with a link that is dead."""

import time

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from services.database.engine import TRUSTED_FOR, connect, working_for
from services.domain.identifiers import PartnershipId
from tests.servers import CONTEXT_KEY

PID = text("select pg_backend_pid()")
END_ALL = text(
    "select pg_terminate_backend(pid) from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid()"
)


@pytest.fixture(scope="module")
def database(platform_postgres):
    return platform_postgres.make_migrated()


@pytest.fixture
def admin(database):
    url = make_url(database.admin_url).set(drivername="postgresql+psycopg")
    return create_engine(url, poolclass=NullPool)


@pytest.fixture
def ours(database):
    engine = connect(database.app_url, CONTEXT_KEY.secret)
    yield engine
    engine.dispose()


def pid(engine: Engine) -> int:
    with engine.connect() as link:
        return int(link.execute(PID).scalar_one())


def end_all(admin: Engine) -> None:
    with admin.connect() as link:
        link.execute(END_ALL)
    time.sleep(0.1)


def test_a_transaction_has_its_limits_and_they_end_with_it(ours):
    limits = text("select current_setting('statement_timeout'), current_setting('timezone')")
    with ours.connect() as link:
        assert tuple(link.execute(limits).one()) == ("30s", "UTC")
    with ours.connect() as link:
        link.connection.driver_connection.execute("rollback")
        assert link.connection.driver_connection.execute("show statement_timeout").fetchone() == (
            "0",
        )


def test_the_context_is_in_no_text_that_other_sessions_see(admin, ours):
    texts = text("select query from pg_stat_activity where pid = :pid")
    someone = PartnershipId("00000000-0000-0000-0000-000000000001")
    with working_for(ours, someone).connect() as link:
        own = link.connection.driver_connection.info.backend_pid
        link.begin()
        with admin.connect() as other:
            said = other.execute(texts, {"pid": own}).scalar_one()
        assert "set_config('app.ctx'" in said, "the beginning is what was said last"
        assert str(someone) not in said
        known = link.execute(text("select current_setting('app.ctx')")).scalar_one()
        assert str(someone) in known


def test_what_is_not_committed_is_undone(ours):
    ask = text("select count(*) from ticks where name = 'undone'")
    add = text("insert into ticks (name, made_at, leader) values ('undone', now(), '')")
    with ours.connect() as link:
        link.execute(add)
    with ours.connect() as link:
        assert link.execute(ask).scalar_one() == 0
    with ours.begin() as link:
        link.execute(add)
    with ours.connect() as link:
        assert link.execute(ask).scalar_one() == 1


def test_many_transactions_for_one_are_never_prepared(ours):
    someone = working_for(ours, PartnershipId("00000000-0000-0000-0000-000000000001"))
    for engine in (ours, someone):
        assert len({pid(engine) for _ in range(30)}) == 1


def test_a_link_that_the_server_ended_is_replaced_before_it_is_used(admin, ours):
    before = pid(ours)
    end_all(admin)
    assert pid(ours) != before


def test_a_link_that_rested_for_long_is_asked_whether_it_lives(admin, ours):
    said = text("select query from pg_stat_activity where pid = :pid")
    last, rested = [], []

    def rest(_link, record):
        record.info["keyline_rested_since"] -= sum(rested)

    event.listen(ours, "checkin", rest)
    for seconds in (0, 2 * TRUSTED_FOR):
        rested.append(seconds)
        before = pid(ours)
        lent = ours.raw_connection()
        with admin.connect() as link:
            last.append(link.execute(said, {"pid": before}).scalar_one())
        lent.close()
    assert last == ["ROLLBACK", ""]


def test_a_link_that_ends_between_two_statements_is_an_operational_error(admin, ours):
    with ours.connect() as link:
        link.execute(PID)
        link.rollback()
        end_all(admin)
        with pytest.raises(OperationalError):
            link.execute(PID)
    assert pid(ours)
