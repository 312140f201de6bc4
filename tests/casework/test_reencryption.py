"""After a key was replaced every stored document lies under the new one, and opens as before."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.bootstrap import wall_clock
from services.casework.engine.orphan_sweep import SAFE_AGE, sweep_orphans, sweep_partnership
from services.casework.engine.reencryption import (
    Reencrypted,
    reencrypt_documents,
    reencrypt_partnership,
)
from services.domain.workflow import Stage
from services.storage import KeyMissing
from services.storage.encrypted import EncryptedStore
from services.storage.local_keys import LocalKeys
from services.storage.memory import MemoryBucket
from tests.audited import links
from tests.desk import Desk
from tests.driven import Driven
from tests.reached import reach
from tests.servers import bucket_of, real_bucket

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture(params=["memory", "real"])
def bucket(request) -> Any:
    """A bucket of this test alone: each copy of a lent case is of the same partnership."""
    if request.param == "memory":
        return MemoryBucket()
    return real_bucket(bucket_of(request.getfixturevalue("object_store"), uuid4().hex[:8]))


@pytest.fixture
def case(case_at) -> Driven:
    """A case whose papers lie under the old key, with no other partnerships in its database.

    All that lies there is encrypted again: nobody else's chain, which may have been tampered with.
    """
    return case_at(Stage.TO_BE_NOTIFIED, Driven.notify)


@pytest.fixture
def desk(case, bucket) -> Desk:
    desk = Desk(case.world, EncryptedStore(bucket, LocalKeys(OLD)))
    desk.carry(case.case_id)
    return desk


def reencrypt(desk: Desk) -> tuple[int, int, int]:
    """Encrypt our own partnership's documents again, and count them."""
    count = Reencrypted()
    reencrypt_partnership(desk, desk.world.ours.partnership_id, count)
    return count.looked_at, count.encrypted, count.failed


def contents(desk: Desk, case: Driven) -> list[bytes]:
    return [desk.bytes_of(row) for row in desk.rows(case.case_id)]


def test_every_document_goes_under_the_new_key_and_opens_without_the_old_one(desk, case, bucket):
    before, rows = contents(desk, case), desk.rows(case.case_id)
    desk.store = EncryptedStore(bucket, LocalKeys(NEW, OLD))
    assert reencrypt(desk) == (len(rows), len(rows), 0)
    desk.store = EncryptedStore(bucket, LocalKeys(NEW))
    assert contents(desk, case) == before
    after = desk.rows(case.case_id)
    assert [row.key for row in after] == [row.key for row in rows]
    assert {row.version_id for row in after}.isdisjoint(row.version_id for row in rows)
    assert reencrypt(desk) == (len(rows), 0, 0)
    noted = [one.body for one in links(desk.world) if one.body["what"] == "files_reencrypted"]
    many = [(one["looked_at"], one["encrypted"], one["failed"]) for one in noted]
    assert many == [(len(rows), len(rows), 0), (len(rows), 0, 0)]


def test_what_lay_under_the_old_key_is_swept_a_day_later(desk, case, bucket):
    desk.store = EncryptedStore(bucket, LocalKeys(NEW, OLD))
    assert reencrypt_documents(desk).encrypted == len(desk.rows(case.case_id))
    prefix = f"t/{case.world.ours.partnership_id}/"
    rows = desk.rows(case.case_id)
    assert len(list(bucket.list_versions(prefix))) == 2 * len(rows)
    let_a_day_pass(desk)
    sweep_orphans(desk)
    left = {(each.key, each.version_id) for each in bucket.list_versions(prefix)}
    assert left == {(row.key, row.version_id) for row in rows}


def test_rows_restored_from_before_open_what_there_is_and_the_sweep_leaves_it(
    desk, case, bucket, admin_of
):
    before, rows = contents(desk, case), desk.rows(case.case_id)
    desk.store = EncryptedStore(bucket, LocalKeys(NEW, OLD))
    reencrypt(desk)
    let_a_day_pass(desk)
    sweep_partnership(desk, case.world.ours.partnership_id)
    with admin_of(case).begin() as link:
        for row in rows:
            words = {"id": row.id, "version": row.version_id}
            link.execute(text("update documents set version_id = :version where id = :id"), words)
    assert contents(desk, case) == before
    assert sweep_partnership(desk, case.world.ours.partnership_id) == 0
    assert contents(desk, case) == before


def let_a_day_pass(desk: Desk) -> None:
    """Make what lies in either bucket old: the real one has the time of day."""
    later = max(desk.now(), wall_clock()) + SAFE_AGE + timedelta(days=1)
    desk.when = str(later.replace(tzinfo=None))


def test_a_document_whose_key_is_gone_is_counted_and_stops_no_other(desk, case, bucket):
    (row, *_) = desk.rows(case.case_id)
    other = Driven(case.world).decide().notify()
    desk.store = EncryptedStore(bucket, LocalKeys(NEW))
    desk.carry(other.case_id)
    desk.store = EncryptedStore(bucket, LocalKeys(OLD[::-1], NEW))
    lost, found = len(desk.rows(case.case_id)), len(desk.rows(other.case_id))
    assert reencrypt(desk) == (lost + found, found, lost)
    with pytest.raises(KeyMissing):
        desk.bytes_of(row)
    assert contents(desk, other)


@pytest.mark.whole
def test_a_published_report_is_locked_for_a_year_and_stays_so(world):
    bucket = MemoryBucket()
    desk = Desk(replace(world, store=EncryptedStore(bucket, LocalKeys(OLD))))
    case = reach(desk.world, Stage.CLOSED)
    desk.carry(case.case_id)
    locks = locks_of(desk, bucket, case)
    assert locks.pop("published_report") >= desk.now() + timedelta(days=365)
    assert set(locks.values()) == {None}, "drafts and evidence can be erased"
    before = locks_of(desk, bucket, case)
    desk.store = EncryptedStore(bucket, LocalKeys(NEW, OLD))
    papers = len(desk.rows(case.case_id))
    assert reencrypt(desk) == (papers, papers, 0)
    assert locks_of(desk, bucket, case) == before


def locks_of(desk: Desk, bucket: MemoryBucket, case: Driven) -> dict[str, Any]:
    return {
        row.kind: bucket.head(row.key, row.version_id).locked_until
        for row in desk.rows(case.case_id)
    }
