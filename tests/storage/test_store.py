"""The same questions to the store in memory and to the real one."""

import hashlib
import uuid
from collections.abc import Iterator

import pytest

from services.domain.errors import NotFound, StoreUnavailable
from services.domain.identifiers import CaseId, DocumentId, PartnershipId
from services.storage import Store, StoredContentChanged, key_for
from services.storage.downloads import IN_MEMORY, fetch
from services.storage.memory import MemoryStore
from services.storage.s3 import S3Place, S3Store

PDF = "application/pdf"
KEY = "not-a-key"


@pytest.fixture(params=["memory", "s3"])
def store(request) -> Iterator[Store]:
    if request.param == "memory":
        return MemoryStore()
    place = request.getfixturevalue("object_store")
    real = S3Store(
        S3Place(
            bucket=place.bucket,
            endpoint_url=place.endpoint,
            access_key=place.keys.access,
            secret_key=place.keys.secret,
        )
    )
    real.prepare()
    return real


@pytest.fixture
def key() -> str:
    ids = [uuid.uuid4() for _ in range(3)]
    return key_for(PartnershipId(ids[0]), CaseId(ids[1]), DocumentId(ids[2]), 1, "pdf")


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept(store, key, content: bytes, **metadata: str):
    return store.put(key, content, media_type=PDF, sha256=sha(content), metadata=metadata)


def test_what_is_put_is_read_back_with_all_that_is_known_of_it(store, key):
    content = bytes(range(256)) * 1024
    put = kept(store, key, content, **{"made-by": "worker"})
    seen = store.head(key)
    assert b"".join(store.open(key)) == content
    assert (seen.size, seen.media_type, seen.sha256) == (len(content), PDF, sha(content))
    assert seen.metadata["made-by"] == "worker"
    assert (seen.version_id, seen.etag) == (put.version_id, put.etag)


def test_a_second_put_is_a_second_version_and_the_first_can_still_be_read(store, key):
    first = kept(store, key, b"first")
    second = kept(store, key, b"second")
    assert first.version_id != second.version_id
    assert b"".join(store.open(key)) == b"second"
    with fetch(store, key, sha(b"first"), first.version_id) as file:
        assert file.read() == b"first"


def test_bytes_that_are_not_those_promised_are_not_kept(store, key):
    with pytest.raises(StoreUnavailable):
        store.put(key, b"sent", media_type=PDF, sha256=sha(b"promised"), metadata={})
    with pytest.raises(NotFound):
        store.head(key)


def test_of_an_object_that_is_changed_or_gone_not_a_byte_is_returned(store, key):
    with pytest.raises(StoredContentChanged):
        fetch(store, key, sha(b"never put"))
    first = kept(store, key, b"x" * 200_000)
    kept(store, key, b"another")
    with pytest.raises(StoredContentChanged):
        fetch(store, key, sha(b"x" * 200_000))
    with pytest.raises(StoredContentChanged):
        fetch(store, key, sha(b"y"), first.version_id)
    store.delete(key, first.version_id)
    with pytest.raises(StoredContentChanged):
        fetch(store, key, sha(b"x" * 200_000), first.version_id)


@pytest.mark.parametrize("size", [0, 1, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY])
def test_a_large_object_is_read_into_a_file_and_a_small_one_into_memory(store, key, size):
    content = bytes(size)
    kept(store, key, content)
    with fetch(store, key, sha(content)) as file:
        assert file.read() == content
        assert file._rolled is (size > IN_MEMORY)


def test_every_version_under_a_prefix_is_listed_and_no_other(store, key):
    first, second = kept(store, key, b"one"), kept(store, key, b"two")
    beside = kept(store, key + "2", b"three")
    prefix = key.partition("cases/")[0]
    listed = list(store.list_versions(prefix))
    assert {(each.key, each.version_id) for each in listed} == {
        (put.key, put.version_id) for put in (first, second, beside)
    }
    assert all(each.stored_at.tzinfo is not None for each in listed)
    assert list(store.list_versions(prefix + "other")) == []
    store.delete(key, second.version_id)
    assert {each.version_id for each in store.list_versions(key)} == {
        first.version_id,
        beside.version_id,
    }


def test_what_is_not_there_is_not_found_at_once(store, key):
    for ask in (store.open, store.head):
        with pytest.raises(NotFound):
            ask(key)
        with pytest.raises(NotFound):
            ask(key, "0123456789abcdef0123456789abcdef")


def test_deleting_removes_every_version_and_may_be_repeated(store, key):
    first = kept(store, key, b"one")
    kept(store, key, b"two")
    store.delete(key)
    store.delete(key)
    with pytest.raises(NotFound):
        store.open(key)
    with pytest.raises(NotFound):
        store.open(key, first.version_id)


def test_deleting_one_version_leaves_the_other(store, key):
    first = kept(store, key, b"one")
    second = kept(store, key, b"two")
    store.delete(key, second.version_id)
    assert b"".join(store.open(key, first.version_id)) == b"one"


@pytest.mark.parametrize("metadata", [{"made-by": "Zoë"}, {"made-by": "a\nb"}, {"Made": "a"}])
def test_metadata_that_a_header_cannot_carry_is_a_mistake_of_ours(store, key, metadata):
    with pytest.raises(ValueError, match="etadata"):
        store.put(key, b"x", media_type=PDF, sha256=sha(b"x"), metadata=metadata)


def test_a_store_that_is_away_is_unavailable_and_nothing_else(key):
    nobody = S3Store(
        S3Place(bucket="b", endpoint_url="http://127.0.0.1:9", access_key="a", secret_key=KEY)
    )
    with pytest.raises(StoreUnavailable):
        nobody.head(key)
    with pytest.raises(StoreUnavailable):
        nobody.open(key)
    memory = MemoryStore()
    memory.away = True
    with pytest.raises(StoreUnavailable):
        memory.open(key)


def test_a_key_holds_opaque_ids_only():
    ids = [uuid.UUID(int=number) for number in (1, 2, 3)]
    key = key_for(PartnershipId(ids[0]), CaseId(ids[1]), DocumentId(ids[2]), 4, ".PDF")
    assert key == f"tenants/{ids[0]}/cases/{ids[1]}/{ids[2]}/v4.pdf"
    with pytest.raises(ValueError, match="extension"):
        key_for(PartnershipId(ids[0]), CaseId(ids[1]), DocumentId(ids[2]), 4, "../pdf")
