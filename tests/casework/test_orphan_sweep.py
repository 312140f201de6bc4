"""The sweep removes exactly the stored objects that no document names and that are old enough."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.casework.access.documents import object_name
from services.casework.effects import DocumentOrder
from services.casework.engine.case_leases import Holder, acquire
from services.casework.engine.orphan_sweep import SAFE_AGE, sweep_orphans, sweep_partnership
from services.casework.engine.work_runner import run_step
from services.casework.handlers import HANDLERS
from services.domain.errors import StoreUnavailable
from services.domain.identifiers import PartnershipId
from services.domain.workflow import Step
from services.storage import new_name
from services.storage.memory import MemoryStore
from tests.desk import Desk, real_store
from tests.driven import Driven

CONTENT, DIGEST = b"x", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


@pytest.fixture
def case(world) -> Driven:
    """A case on which one document is ordered: its referral."""
    return Driven(world)


@pytest.fixture
def desk(world) -> Desk:
    desk = Desk(world)
    desk.store = MemoryStore(desk.now)
    return desk


def put(store: Any, partnership_id: PartnershipId) -> str:
    """Store an object that no row names; return its key."""
    name = new_name(partnership_id)
    store.put(name, CONTENT, sha256=DIGEST)
    return name.key


def let_it_grow_old(desk: Desk) -> None:
    desk.when = str((desk.now() + SAFE_AGE + timedelta(minutes=1)).replace(tzinfo=None))


def test_an_orphan_goes_when_it_is_old_and_not_a_minute_earlier(desk, world):
    key = put(desk.store, world.ours.partnership_id)
    begun = desk.now()
    desk.when = str((begun + SAFE_AGE).replace(tzinfo=None))
    assert sweep_partnership(desk, world.ours.partnership_id) == 0
    assert key in desk.store.versions
    desk.when = str((begun + SAFE_AGE + timedelta(seconds=1)).replace(tzinfo=None))
    assert sweep_partnership(desk, world.ours.partnership_id) == 1
    assert desk.store.versions == {}


def test_each_partnership_is_swept_by_its_own_rows_and_nothing_else_is_touched(desk, case, world):
    desk.carry(case.case_id)
    (row,) = desk.rows(case.case_id)
    orphans = [put(desk.store, side.partnership_id) for side in (world.ours, world.theirs)]
    stranger = put(desk.store, PartnershipId(uuid4()))
    desk.store.bucket.put("backup/1", CONTENT, metadata={})
    let_it_grow_old(desk)
    assert sweep_partnership(desk, world.theirs.partnership_id) == 1
    assert set(desk.store.versions) == {row.key, orphans[0], stranger, "backup/1"}
    sweep_orphans(desk)
    assert set(desk.store.versions) == {row.key, stranger, "backup/1"}
    desk.bytes_of(row)


def test_what_is_stored_and_about_to_be_linked_is_left_alone(desk, case, world):
    swept = []

    def is_swept_before_the_link(context, order):
        link = HANDLERS[DocumentOrder](context, order)
        swept.append(sweep_partnership(desk, world.ours.partnership_id))
        return link

    lease = acquire(desk, case.case_id, Holder("a test"))
    run_step(desk, lease, Step.NOTIFY, {DocumentOrder: is_swept_before_the_link})
    (row,) = desk.rows(case.case_id)
    assert swept == [0]
    desk.bytes_of(row)


@dataclass
class ListedBefore:
    """A store whose list is complete before something happens; then the sweep goes on."""

    store: MemoryStore
    what: Any
    removed: list[str] = field(default_factory=list)

    def list_versions(self, prefix: str) -> Any:
        yield from [*self.store.list_versions(prefix)]
        self.what()

    def delete(self, key: str, _version_id: str) -> None:
        self.removed.append(key)


def test_what_is_linked_while_the_store_is_listed_is_left_alone(desk, case, world):
    """Even if it were as old as that: the rows are read after the list."""
    lists = []

    def is_listed_before_the_link(context, order):
        link = HANDLERS[DocumentOrder](context, order)
        lists.extend(desk.store.list_versions(""))

        def link_it():
            with context.transaction() as work:
                link(work)

        later = Desk(world, ListedBefore(desk.store, link_it))
        later.when = desk.when
        let_it_grow_old(later)
        assert sweep_partnership(later, world.ours.partnership_id) == 0
        assert later.store.removed == []
        return lambda _work: None

    lease = acquire(desk, case.case_id, Holder("a test"))
    run_step(desk, lease, Step.NOTIFY, {DocumentOrder: is_listed_before_the_link})
    assert desk.troubles(case.case_id) == []
    assert [each.key for each in lists] == [row.key for row in desk.rows(case.case_id)]


@pytest.mark.parametrize("kind", ["memory", "real"])
def test_of_an_object_that_is_named_only_the_version_that_is_named_stays(
    kind, desk, case, world, request
):
    if kind == "real":
        desk.store = real_store(request.getfixturevalue("object_store"))
    desk.carry(case.case_id)
    (row,) = desk.rows(case.case_id)
    desk.store.put(object_name(row), CONTENT, sha256=DIGEST)
    let_it_grow_old(desk)
    assert sweep_partnership(desk, world.ours.partnership_id) == 1
    assert desk.store.bucket.head(row.key).version_id == row.version_id
    desk.bytes_of(row)


def test_an_orphan_that_is_locked_is_left_until_its_date_and_stops_no_other(desk, world):
    locked = new_name(world.ours.partnership_id)
    until = desk.now() + timedelta(days=30)
    desk.store.put(locked, CONTENT, sha256=DIGEST, locked_until=until)
    put(desk.store, world.ours.partnership_id)
    let_it_grow_old(desk)
    assert sweep_partnership(desk, world.ours.partnership_id) == 1
    assert set(desk.store.versions) == {locked.key}
    desk.when = str((until + timedelta(days=2)).replace(tzinfo=None))
    assert sweep_partnership(desk, world.ours.partnership_id) == 1
    assert desk.store.versions == {}


def test_a_store_that_is_away_is_swept_another_time(desk, world):
    key = put(desk.store, world.ours.partnership_id)
    let_it_grow_old(desk)
    desk.store.away = True
    with pytest.raises(StoreUnavailable):
        sweep_partnership(desk, world.ours.partnership_id)
    assert sweep_orphans(desk) == 0
    desk.store.away = False
    assert key in desk.store.versions
    assert sweep_partnership(desk, world.ours.partnership_id) == 1
