"""What lies in the bucket: no plain text, and nothing that opens elsewhere or after a change."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.domain.errors import CaseworkError, Unavailable
from services.domain.identifiers import PartnershipId
from services.storage import KeyMissing, ObjectName, StoredContentChanged, new_name
from services.storage.downloads import fetch
from services.storage.encrypted import METADATA, EncryptedStore
from services.storage.envelope import FRAME
from services.storage.keys import WrappedKey
from services.storage.local_keys import LocalKeys
from services.storage.memory import MemoryBucket
from tests.storage.conftest import SECRET, kept, sha

CANARY = b"zq7kxc-a-child-born-on-1911-02-17"
CONTENT = CANARY * 4000  # three frames
OTHER_SECRET = bytes(range(1, 33))


def raw(bucket, name: ObjectName) -> bytes:
    return b"".join(bucket.open(name.key))


def placed(bucket, name: ObjectName, message: bytes) -> None:
    bucket.put(name.key, message, metadata=METADATA)


def opened(store, name: ObjectName, content: bytes = CONTENT) -> bytes:
    with fetch(store, name, sha(content)) as file:
        return file.read()


def test_the_bucket_holds_no_plain_text_and_the_owner_only_in_the_key(store, bucket, name):
    kept(store, name, CONTENT)
    lies = raw(bucket, name)
    assert CANARY not in lies
    assert CANARY[:8] not in lies
    assert str(name.owner).encode() not in lies
    assert name.key.encode() not in lies
    assert opened(store, name) == CONTENT


def test_the_same_content_never_gives_the_same_bytes(store, bucket, name):
    kept(store, name, CONTENT)
    first = raw(bucket, name)
    kept(store, name, CONTENT)
    second = raw(bucket, name)
    assert len(first) == len(second)
    assert first[200:] != second[200:]


def test_an_object_that_is_copied_to_another_name_does_not_open(store, bucket, name):
    kept(store, name, CONTENT)
    beside = new_name(name.owner)
    placed(bucket, beside, raw(bucket, name))
    with pytest.raises(StoredContentChanged):
        opened(store, beside)


def test_an_object_that_is_copied_to_another_partnership_does_not_open(store, bucket, name):
    kept(store, name, CONTENT)
    theirs = new_name(PartnershipId(uuid4()))
    placed(bucket, theirs, raw(bucket, name))
    with pytest.raises(StoredContentChanged):
        opened(store, theirs)


def test_a_row_of_one_partnership_that_names_an_object_of_another_does_not_open_it(store, name):
    kept(store, name, CONTENT)
    with pytest.raises(StoredContentChanged):
        opened(store, replace(name, owner=PartnershipId(uuid4())))


@pytest.mark.slow
def test_whichever_byte_is_changed_the_object_is_refused():
    """Every byte of the header and around each frame, and a sample of the rest; in memory."""
    bucket, name = MemoryBucket(), new_name(PartnershipId(uuid4()))
    store = EncryptedStore(bucket, LocalKeys(SECRET))
    kept(store, name, CONTENT)
    message = raw(bucket, name)
    places = {*range(400), *range(0, len(message), 997), *range(len(message) - 40, len(message))}
    for frame in (1, 2):
        edge = 300 + frame * (FRAME + 32)
        places |= set(range(edge - 120, edge + 40))
    for place in sorted(places):
        for mask in (0x01, 0x80, 0xFF):
            changed = bytearray(message)
            changed[place] ^= mask
            placed(bucket, name, bytes(changed))
            with pytest.raises((StoredContentChanged, KeyMissing)):
                opened(store, name)
    placed(bucket, name, message)
    assert opened(store, name) == CONTENT


def test_wherever_an_object_is_cut_it_is_refused():
    bucket, name = MemoryBucket(), new_name(PartnershipId(uuid4()))
    store = EncryptedStore(bucket, LocalKeys(SECRET))
    kept(store, name, CONTENT)
    message = raw(bucket, name)
    cuts = {*range(420), *range(420, len(message), 1009), *range(len(message) - 64, len(message))}
    for cut in sorted(cuts):
        placed(bucket, name, message[:cut])
        with pytest.raises(StoredContentChanged):
            opened(store, name)


@pytest.mark.parametrize("content", [b"", b"x", CONTENT])
def test_a_flip_a_cut_and_an_addition_are_refused_in_the_real_store_too(
    store, bucket, name, content
):
    kept(store, name, content)
    message = raw(bucket, name)
    flipped = message[:-1] + bytes([message[-1] ^ 1])
    for changed in (flipped, message[:-1], message + b"x", b"", content, message * 2):
        placed(bucket, name, changed)
        with pytest.raises(StoredContentChanged):
            opened(store, name, content)


def test_frames_that_change_places_are_refused(store, bucket, name):
    content = bytes(FRAME) + bytes([1]) * FRAME + b"end"
    kept(store, name, content)
    message = raw(bucket, name)
    whole = 4 + 12 + FRAME + 16  # number, nonce, content, tag
    tail = len(message) - (4 + 4 + 12 + 4 + 3 + 16)
    first, second = message[tail - 2 * whole : tail - whole], message[tail - whole : tail]
    swapped = message[: tail - 2 * whole] + second + first + message[tail:]
    assert len(swapped) == len(message)
    placed(bucket, name, swapped)
    with pytest.raises(StoredContentChanged):
        opened(store, name, content)


def test_an_object_whose_key_is_lost_gives_a_plain_error(bucket, store, name):
    kept(store, name, CONTENT)
    for keys in (LocalKeys(OTHER_SECRET), LocalKeys(OTHER_SECRET, bytes(32))):
        with pytest.raises(KeyMissing) as told:
            opened(EncryptedStore(bucket, keys), name)
        assert "key" in str(told.value)
        assert isinstance(told.value, Unavailable)


def test_after_a_rotation_old_objects_open_while_the_old_key_is_kept(bucket, store, name):
    kept(store, name, CONTENT)
    rotated = EncryptedStore(bucket, LocalKeys(OTHER_SECRET, SECRET))
    assert opened(rotated, name) == CONTENT
    later = new_name(name.owner)
    kept(rotated, later, CONTENT)
    assert opened(rotated, later) == CONTENT
    only_new = EncryptedStore(bucket, LocalKeys(OTHER_SECRET))
    assert opened(only_new, later) == CONTENT
    with pytest.raises(KeyMissing):
        opened(only_new, name)
    with pytest.raises(KeyMissing):
        opened(store, later)


def test_each_partnership_has_a_key_of_its_own():
    keys = LocalKeys(SECRET)
    ours, theirs = (new_name(PartnershipId(uuid4())) for _ in range(2))
    ours = replace(ours, key="t/one/name")
    made = keys.make_data_key(ours)
    assert keys.open_data_key(made.wrapped, ours) == made.plain
    with pytest.raises(StoredContentChanged):
        keys.open_data_key(made.wrapped, replace(theirs, key=ours.key))
    with pytest.raises(StoredContentChanged):
        keys.open_data_key(made.wrapped, replace(ours, key="t/one/other"))
    with pytest.raises(StoredContentChanged):
        keys.open_data_key(replace(made.wrapped, wrapped=b"short"), ours)
    with pytest.raises(KeyMissing):
        keys.open_data_key(WrappedKey("aws-kms", "arn", made.wrapped.wrapped), ours)


def test_a_key_is_not_shown_when_something_prints_it():
    made = LocalKeys(SECRET).make_data_key(new_name(PartnershipId(uuid4())))
    assert repr(made.plain) not in repr(made)


@pytest.mark.parametrize(
    "words", ["", "short", "a" * 43 + ",", "!" * 43, "a" * 44, "a" * 42, "a" * 43 + ",b"]
)
def test_a_setting_that_is_no_key_is_refused_in_one_sentence(words):
    with pytest.raises(CaseworkError, match="32 bytes"):
        LocalKeys.read(words)


def test_keys_are_read_from_a_setting_the_current_one_first(bucket, name):
    first = LocalKeys.read("A" * 43)
    kept(EncryptedStore(bucket, first), name, CONTENT)
    both = LocalKeys.read(f"{'B' * 42}A, {'A' * 43}")
    assert opened(EncryptedStore(bucket, both), name) == CONTENT
