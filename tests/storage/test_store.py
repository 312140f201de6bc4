"""The same questions to the store over a bucket in memory and over the real one."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.domain.errors import NotFound, StoreUnavailable
from services.domain.identifiers import PartnershipId
from services.storage import (
    CannotLock,
    StillLocked,
    StoredContentChanged,
    new_name,
    prefix_for,
)
from services.storage.downloads import IN_MEMORY, fetch
from services.storage.envelope import FRAME
from services.storage.memory import MemoryStore
from services.storage.s3 import S3Bucket, S3Place
from tests.storage.conftest import kept, sha

KEY = "not-a-key"
FAR = datetime(2090, 1, 1, tzinfo=UTC)
NEVER = "0123456789abcdef0123456789abcdef"


def test_what_is_put_is_read_back(store, name):
    content = bytes(range(256)) * 1024
    put = kept(store, name, content)
    assert b"".join(store.open(name)) == content
    assert (put.key, put.size, put.sha256) == (name.key, len(content), sha(content))


def test_the_bucket_is_told_the_format_and_nothing_else(store, bucket, name):
    put = kept(store, name, b"a child's name")
    assert bucket.head(name.key, put.version_id).metadata == {"format": "1"}


def test_a_second_put_is_a_second_version_and_the_first_can_still_be_read(store, name):
    first, second = kept(store, name, b"first"), kept(store, name, b"second")
    assert first.version_id != second.version_id
    assert b"".join(store.open(name)) == b"second"
    with fetch(store, name, sha(b"first"), first.version_id) as file:
        assert file.read() == b"first"


def test_content_that_is_not_what_was_promised_is_not_kept(store, bucket, name):
    with pytest.raises(StoreUnavailable):
        store.put(name, b"sent", sha256=sha(b"promised"))
    with pytest.raises(NotFound):
        bucket.head(name.key)


def test_of_an_object_that_is_changed_or_gone_not_a_byte_is_returned(store, name):
    with pytest.raises(StoredContentChanged):
        fetch(store, name, sha(b"never put"))
    first = kept(store, name, b"x" * 200_000)
    kept(store, name, b"another")
    with pytest.raises(StoredContentChanged):
        fetch(store, name, sha(b"x" * 200_000))
    with pytest.raises(StoredContentChanged):
        fetch(store, name, sha(b"y"), first.version_id)
    store.delete(name.key, first.version_id)
    with pytest.raises(StoredContentChanged):
        fetch(store, name, sha(b"x" * 200_000), first.version_id)


@pytest.mark.parametrize(
    "size", [0, 1, FRAME - 1, FRAME, FRAME + 1, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY]
)
def test_a_large_object_is_read_into_a_file_and_a_small_one_into_memory(store, name, size):
    content = bytes(size)
    kept(store, name, content)
    with fetch(store, name, sha(content)) as file:
        assert file.read() == content
        assert file._rolled is (size > IN_MEMORY)


def test_a_part_of_a_proven_file_can_be_read(store, name):
    content = bytes(range(256)) * 1024
    kept(store, name, content)
    with fetch(store, name, sha(content)) as file:
        file.seek(100_000)
        assert file.read(300) == content[100_000:100_300]


def test_no_more_than_a_frame_is_held_while_an_object_is_read(store, name):
    kept(store, name, bytes(20 * FRAME + 5))
    assert max(len(piece) for piece in store.open(name)) == FRAME


def test_every_version_under_a_prefix_is_listed_and_no_other(store, name):
    first, second = kept(store, name, b"one"), kept(store, name, b"two")
    beside = kept(store, new_name(name.owner), b"three")
    prefix = prefix_for(name.owner)
    listed = list(store.list_versions(prefix))
    assert {(each.key, each.version_id) for each in listed} == {
        (put.key, put.version_id) for put in (first, second, beside)
    }
    assert all(each.stored_at.tzinfo is not None for each in listed)
    assert list(store.list_versions(prefix + "other")) == []
    store.delete(name.key, second.version_id)
    assert {each.version_id for each in store.list_versions(prefix)} == {
        first.version_id,
        beside.version_id,
    }


def test_what_is_not_there_is_not_found_at_once(store, bucket, name):
    with pytest.raises(NotFound):
        store.open(name)
    with pytest.raises(NotFound):
        store.open(name, NEVER)
    with pytest.raises(NotFound):
        bucket.head(name.key)
    with pytest.raises(NotFound):
        bucket.head(name.key, NEVER)


def test_deleting_removes_every_version_and_may_be_repeated(store, name):
    first = kept(store, name, b"one")
    kept(store, name, b"two")
    store.delete(name.key)
    store.delete(name.key)
    with pytest.raises(NotFound):
        store.open(name)
    with pytest.raises(NotFound):
        store.open(name, first.version_id)


def test_deleting_one_version_leaves_the_other(store, name):
    first, second = kept(store, name, b"one"), kept(store, name, b"two")
    store.delete(name.key, second.version_id)
    assert b"".join(store.open(name, first.version_id)) == b"one"


def test_a_locked_version_can_be_read_and_not_removed(store, bucket, name):
    put = store.put(name, b"final", sha256=sha(b"final"), locked_until=FAR)
    later = kept(store, name, b"later")
    assert bucket.head(name.key, put.version_id).locked_until == FAR
    with pytest.raises(StillLocked):
        store.delete(name.key, put.version_id)
    store.delete(name.key, later.version_id)
    with fetch(store, name, sha(b"final"), put.version_id) as file:
        assert file.read() == b"final"


def test_a_bucket_that_cannot_lock_says_so_and_keeps_nothing(object_store, name):
    client, bucket = object_store.client(), f"{object_store.bucket}-without-locks"
    client.create_bucket(Bucket=bucket)
    place = S3Place(
        bucket=bucket,
        endpoint_url=object_store.endpoint,
        access_key=object_store.keys.access,
        secret_key=object_store.keys.secret,
    )
    with pytest.raises(CannotLock):
        S3Bucket(place).put(name.key, b"x", metadata={}, locked_until=FAR)
    assert "Contents" not in client.list_objects_v2(Bucket=bucket)


def test_a_store_that_is_away_is_unavailable_and_nothing_else(name):
    away = S3Bucket(
        S3Place(bucket="b", endpoint_url="http://127.0.0.1:9", access_key="a", secret_key=KEY)
    )
    with pytest.raises(StoreUnavailable):
        away.head(name.key)
    with pytest.raises(StoreUnavailable):
        away.open(name.key)
    memory = MemoryStore()
    memory.away = True
    for ask in (memory.must_answer, lambda: memory.open(name)):
        with pytest.raises(StoreUnavailable):
            ask()


def test_a_store_that_is_there_answers(store):
    store.must_answer()


def test_a_name_tells_its_owner_and_nothing_else():
    owner = PartnershipId(UUID(int=1))
    names = {new_name(owner) for _ in range(100)}
    assert len(names) == 100
    for each in names:
        assert each.owner == owner
        prefix, random = each.key[: len(prefix_for(owner))], each.key[len(prefix_for(owner)) :]
        assert prefix == f"t/{owner}/"
        assert len(bytes.fromhex(random)) == 16
