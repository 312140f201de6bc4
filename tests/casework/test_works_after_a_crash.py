"""A document whose making was cut short is made again: one row, and the sweep takes the rest."""

import hashlib
import os
import signal
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from deployments.local.object_store import EmbeddedObjectStore
from services.casework.engine.case_leases import Holder, acquire
from services.casework.engine.orphan_sweep import sweep_partnership
from services.casework.engine.work_runner import run_step
from services.casework.handlers import HANDLERS
from services.domain.documents import DocumentKind, Paper, RenderedDocument
from services.domain.errors import StoreUnavailable
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from services.storage import ObjectName, Stored, prefix_for
from tests.desk import Desk, real_store
from tests.driven import Driven
from tests.servers import app_engine_on, bucket_of
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

    def put(self, name: ObjectName, content: bytes, **told: Any) -> Stored:
        stored = self.store.put(name, content, **told)
        self.puts.append(name.key)
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
def asked(case_at) -> Driven:
    """A case on which two letters and two forms, each in its forms, are ordered: six files."""
    return case_at(Stage.RAPID_REVIEW)


@pytest.fixture
def place(object_store) -> EmbeddedObjectStore:
    """A bucket of this test alone: each copy of a lent case is of the same partnership."""
    return bucket_of(object_store, uuid4().hex[:8])


FILES = 6


@pytest.mark.parametrize("what", [cut, go_away])
@pytest.mark.parametrize("after", [1, 2, FILES])
def test_after_any_put_whose_row_was_lost_each_file_has_one_row_and_the_sweep_takes_the_rest(
    what, after, asked
):
    desk = Desk(asked.world)
    lease = acquire(desk, asked.case_id, Holder("a test"))
    whole = desk.store
    desk.store = CutShort(whole, after, what)
    run_step(desk, lease, Step.SCOPE, HANDLERS)
    desk.store = whole
    _let_time_pass(asked)
    run_step(desk, lease, Step.SCOPE, HANDLERS)
    rows = [row for row in desk.rows(asked.case_id) if row.kind.startswith("scoping_")]
    assert len(rows) == FILES + 2, "the letters and forms, and the two returns"
    assert {row.version for row in rows} == {1}
    named = {row.key for row in rows}
    assert len(named) == FILES + 2
    orphans = set(whole.versions) - named
    assert orphans, "what was stored before the cut is named by no row"
    assert sweep_partnership(desk, asked.world.ours.partnership_id) == len(orphans)
    assert set(whole.versions) == named
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
            filename=f"{paper.kind}.txt",
            sha256=digest,
            template="",
        )

    word = pdf


def test_killed_after_any_put_to_the_real_store_it_ends_as_if_it_had_never_been(asked, place):
    puts = 1
    while _dies(asked, place, puts=puts):
        puts += 2
        assert puts < 4 * FILES
    desk = Desk(asked.world, real_store(place), Plainly())
    desk.carry(asked.case_id)
    assert puts > 3, "it was killed more than once on its way"
    rows = [row for row in desk.rows(asked.case_id) if row.kind.startswith("scoping_")]
    assert len(rows) == FILES + 2
    _the_sweep_leaves_what_is_named(desk, asked)


def test_killed_at_any_statement_of_a_document_it_has_one_row_and_no_double(
    case_at, place, is_whole
):
    """In the short form at every third statement."""
    case = case_at(Stage.REFERRED)
    desk = Desk(case.world, real_store(place), Plainly())
    statements = 1
    while _dies(case, place, statements=statements):
        statements += 1 if is_whole else 3
        assert len(desk.rows(case.case_id)) <= 1
    assert statements > 12, "it was killed before it read, between store and link, and after"
    (row,) = desk.rows(case.case_id)
    assert row.kind == DocumentKind.REFERRAL
    assert len(_stored(desk, case)) > 1, "some of it was killed between store and link"
    _the_sweep_leaves_what_is_named(desk, case)


def _the_sweep_leaves_what_is_named(desk: Desk, case: Driven) -> None:
    rows = desk.rows(case.case_id)
    named = {(row.key, row.version_id) for row in rows}
    assert len(named) == len(rows)
    stored = _stored(desk, case)
    assert stored > named, "something was stored that no row names"
    assert sweep_partnership(desk, case.world.ours.partnership_id) == len(stored - named)
    assert _stored(desk, case) == named
    for row in rows:
        assert desk.bytes_of(row)


def _stored(desk: Desk, case: Driven) -> set[tuple[str, str]]:
    listed = desk.store.list_versions(prefix_for(case.world.ours.partnership_id))
    return {(each.key, each.version_id) for each in listed}


def _dies(case: Driven, place: EmbeddedObjectStore, *, puts: int = 0, statements: int = 0) -> bool:
    """Do the case's work in a process that is killed after a put or a statement; tell whether."""
    url = case.world.engine.url.render_as_string(hide_password=False)
    pid = os.fork()
    if pid == 0:
        try:
            world = World(app_engine_on(url), case.world.ours, case.world.theirs)
            store = CutShort(real_store(place), puts, _die)
            desk = Desk(world, store, Plainly())
            lease = acquire(desk, case.case_id, Holder("a test"), timedelta(0))
            if lease is not None:
                _count_down(desk, statements)
                for step in (Step.NOTIFY, Step.SCOPE):
                    run_step(desk, lease, step, HANDLERS)
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _count_down(desk: Desk, statements: int) -> None:
    """Die after that many statements and commits; never if it is none."""
    left = statements

    def count(*_args: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            _die()

    event.listen(desk.engine, "after_cursor_execute", count)
    event.listen(desk.engine, "commit", count)
