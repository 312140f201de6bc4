"""A paper whose making was cut short is made again as the same one: same key, one row."""

import hashlib
import os
import signal
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from deployments.local.object_store import EmbeddedObjectStore
from services.casework.document_builders.registry import WORKS
from services.casework.engine.work_runner import Holder, acquire, run_step
from services.database.engine import connect
from services.domain.documents import Paper, RenderedDocument
from services.domain.errors import StoreUnavailable
from services.domain.roles import Role
from services.domain.steps import Step
from services.storage import Stored
from tests.desk import Desk, real_store
from tests.driven import Driven
from tests.world import World


class Cut(Exception):
    """The process was cut short."""


@dataclass
class CutShort:
    """A store that keeps the bytes, and after whose n-th put something happens."""

    store: Any
    after: int
    what: Any
    puts: list[str] = field(default_factory=list)

    def put(self, key: str, content: bytes, **told: Any) -> Stored:
        stored = self.store.put(key, content, **told)
        self.puts.append(key)
        if len(self.puts) == self.after:
            self.what()
        return stored

    def open(self, *named: Any) -> Any:
        return self.store.open(*named)


def cut() -> None:
    raise Cut


def go_away() -> None:
    raise StoreUnavailable("File storage did not answer.")


@pytest.fixture
def asked(world) -> Driven:
    """A case on which two letters and two forms, each in its forms, are ordered: six files."""
    return Driven(world).decide().notify().scope()


FILES = 6


@pytest.mark.parametrize("what", [cut, go_away])
@pytest.mark.parametrize("after", [1, 2, FILES])
def test_after_any_put_whose_row_was_lost_the_same_key_is_written_and_one_row_kept(
    what, after, asked
):
    desk = Desk(asked.world)
    lease = acquire(desk, asked.case_id, Holder("a test"))
    whole = desk.store
    desk.store = CutShort(whole, after, what)
    run_step(desk, lease, Step.SCOPE, WORKS)
    desk.store = whole
    _let_time_pass(asked)
    run_step(desk, lease, Step.SCOPE, WORKS)
    rows = [row for row in desk.rows(asked.case_id) if row.kind.startswith("scoping ")]
    assert len(rows) == FILES + 2, "the letters and forms, and the two returns"
    assert {row.version for row in rows} == {1}
    assert len({row.key for row in rows}) == FILES + 2
    assert set(whole.versions) == {row.key for row in rows}, "nothing is stored without a row"
    for row in rows:
        desk.bytes_of(row)


def _let_time_pass(case: Driven) -> None:
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        work.session.execute(
            text("update due_work set not_before = clock_timestamp() where case_id = :case"),
            {"case": case.case_id},
        )


class Plainly:
    """Papers as bare text: the fonts' own threads would not outlive a fork."""

    def pdf(self, paper: Paper) -> RenderedDocument:
        content = repr(paper).encode()
        digest = hashlib.sha256(content).hexdigest()
        return RenderedDocument(
            content=content,
            media_type="text/plain",
            filename=f"{paper.kind.word}.txt",
            sha256=digest,
            template="",
        )

    word = pdf


def test_killed_after_puts_to_the_real_store_it_ends_as_if_it_had_never_been(
    asked, app_database, object_store
):
    puts = 1
    while _dies_after(app_database.app_url, asked, object_store, puts):
        puts += 2
        assert puts < 4 * FILES
    desk = Desk(asked.world, real_store(object_store), Plainly())
    desk.carry(asked.case_id)
    rows = [row for row in desk.rows(asked.case_id) if row.kind.startswith("scoping ")]
    assert puts > 3, "it was killed more than once on its way"
    assert len(rows) == len({row.key for row in rows}) == FILES + 2
    for row in rows:
        assert desk.store.head(row.key).version_id == row.version_id, "the newest is the one"
        assert hashlib.sha256(b"".join(desk.store.open(row.key))).hexdigest() == row.sha256


def _dies_after(url: str, case: Driven, place: EmbeddedObjectStore, puts: int) -> bool:
    """Carry the letters in another process that is killed right after a put; tell whether."""
    pid = os.fork()
    if pid == 0:
        try:
            world = World(connect(url), case.world.ours, case.world.theirs)
            die = CutShort(real_store(place), puts, lambda: os.kill(os.getpid(), signal.SIGKILL))
            desk = Desk(world, die, Plainly())
            lease = acquire(desk, case.case_id, Holder("a test"), timedelta(0))
            if lease is not None:
                run_step(desk, lease, Step.SCOPE, WORKS)
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)
