"""The canary scan, in its short form: everything that people say, and every place it may not reach.

The whole form, on a platform with Prefect and its workers, is `./keyline check isolation`.
"""

from uuid import uuid4

import pytest
from sqlalchemy import text

from deployments.checks.figures import tell
from deployments.migration.comparing import engine_of
from services.observability.traces import traced
from tests.canary import sinks_of_database as in_database
from tests.canary.carrying import found
from tests.canary.columns import differences
from tests.canary.marks import Marks
from tests.canary.planting import Planter
from tests.canary.sinks import missed_leaks, scan
from tests.canary.sinks_of_files import log
from tests.canary.sinks_of_watchers import answers_of, traces
from tests.canary.sinks_outward import Bucket, emails
from tests.canary.stage import Stage, logged_to
from tests.desk import real_store
from tests.servers import app_engine_on, founder_of
from tests.traces_received import received

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def receiver():
    """Return where the traces of this file go."""
    with received() as found:
        yield found


@pytest.fixture(scope="module")
def stage(platform_postgres, object_store, _running_smtp_catcher, receiver, tmp_path_factory):
    """Return a stage on which everything was carried once, and its sinks."""
    catcher, database = _running_smtp_catcher, platform_postgres.make_migrated()
    catcher.forget()
    lines = tmp_path_factory.mktemp("canary") / "keyline.log"
    stage = Stage(database, real_store(object_store), catcher, Planter(Marks()))
    engine = app_engine_on(database.app_url)
    overheard = in_database.Overheard(database.admin_url)
    founder = founder_of(engine)
    with overheard.listening(), logged_to(lines), traced(receiver.url, "canary"):
        stage.carry(found(founder, engine), found(founder, engine))
    engine.dispose()
    bucket = Bucket(object_store.client(), object_store.bucket)
    url, at_mail = database.admin_url, (catcher.host, catcher.port)
    sinks = (
        log(lines),
        emails(lambda: [one.content for one in catcher.envelopes], at_mail, uuid4()),
        bucket.names(),
        bucket.contents(),
        in_database.tables_of_no_partnership(url),
        in_database.views_for_operators(url),
        in_database.columns_without_words(url),
        overheard.activity(),
        overheard.notifications(),
        *stage.answers.sinks(),
        answers_of(database.app_url, url),
        traces(receiver),
    )
    return stage, {sink.name: sink for sink in sinks}


@pytest.fixture(scope="module")
def scanned(stage):
    """Return what each sink held before any leak was planted there."""
    carried, sinks = stage
    return {name: scan(sink, carried.planter.marks) for name, sink in sinks.items()}


def test_every_column_for_words_holds_a_canary_or_is_known_to_hold_no_words(stage):
    carried, _sinks = stage
    with engine_of(carried.database.admin_url).connect() as link:
        assert differences(link, carried.planter.marks.stem) == []


def test_a_column_that_is_new_is_asked_for(stage):
    carried, _sinks = stage
    with engine_of(carried.database.admin_url).connect() as link:
        link.execute(text("alter table children add column nickname text"))
        assert differences(link, carried.planter.marks.stem) == [
            "unplanted column: children.nickname"
        ]
        link.rollback()


def test_no_word_of_a_case_comes_out_anywhere(scanned):
    for one in scanned.values():
        tell(f"canary scan: {one}")
        assert one.items > 0, one.sink
        assert [*one.told()] == []


def test_a_leak_planted_in_each_sink_in_each_encoding_is_found(stage, scanned):
    _carried, sinks = stage
    missed = {name: missed_leaks(sink, scanned[name]) for name, sink in sinks.items()}
    assert missed == {name: [] for name in sinks}
