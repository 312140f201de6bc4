"""The buckets that the tests of the store speak to: one in memory, and a real one."""

import hashlib
from collections.abc import Iterator
from uuid import uuid4

import pytest

from services.domain.identifiers import PartnershipId
from services.storage import ObjectName, new_name
from services.storage.bucket import Bucket
from services.storage.encrypted import EncryptedStore
from services.storage.local_keys import LocalKeys
from services.storage.memory import MemoryBucket
from tests.servers import real_bucket

SECRET = bytes(range(32))


@pytest.fixture(params=["memory", pytest.param("s3", marks=pytest.mark.server)])
def bucket(request) -> Iterator[Bucket]:
    if request.param == "memory":
        return MemoryBucket()
    real = real_bucket(request.getfixturevalue("object_store"))
    real.prepare()
    return real


@pytest.fixture
def store(bucket) -> EncryptedStore:
    return EncryptedStore(bucket, LocalKeys(SECRET))


@pytest.fixture
def name() -> ObjectName:
    return new_name(PartnershipId(uuid4()))


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept(store, name, content: bytes):
    return store.put(name, content, sha256=sha(content))
