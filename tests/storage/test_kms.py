"""The keys in KMS, against an emulator of it (moto) in a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import uuid4

import boto3
import httpx
import pytest

from deployments.local.home import LOOPBACK, any_free_port
from services.domain.errors import CaseworkError
from services.domain.identifiers import PartnershipId
from services.storage import KeyMissing, StoredContentChanged, new_name
from services.storage.downloads import fetch
from services.storage.encrypted import METADATA, EncryptedStore
from services.storage.keys import KeysUnavailable, WrappedKey
from services.storage.kms import KmsKeys, KmsPlace
from services.storage.local_keys import LocalKeys
from services.storage.memory import MemoryBucket
from tests.storage.conftest import SECRET, kept, sha

pytestmark = pytest.mark.slow  # the emulator is a process

PREFIX = "alias/keyline/"
CONTENT = b"zq7kxc-a-child" * 9000
PATIENCE = 60.0


@pytest.fixture(scope="module")
def place() -> Iterator[KmsPlace]:
    port = any_free_port()
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", LOOPBACK, "-p", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as emulator:  # noqa: S603 -- our own words
        address = f"http://{LOOPBACK}:{port}"
        try:
            _wait_for(emulator, address)
            yield KmsPlace(
                alias_prefix=PREFIX,
                region="eu-west-2",
                endpoint_url=address,
                access_key="for-tests",
                secret_key="for-tests-only",  # noqa: S106 -- an emulator
            )
        finally:
            emulator.terminate()


def _wait_for(emulator: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + PATIENCE
    while emulator.poll() is None and time.monotonic() < until:
        try:
            httpx.get(f"{address}/moto-api/")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the emulator of KMS did not start")


@dataclass
class Kms:
    """The administrator of the keys, and the store that may use them."""

    place: KmsPlace
    bucket: MemoryBucket

    @property
    def client(self):
        return boto3.client(
            "kms",
            endpoint_url=self.place.endpoint_url,
            aws_access_key_id=self.place.access_key,
            aws_secret_access_key=self.place.secret_key,
            region_name=self.place.region,
        )

    @property
    def keys(self) -> KmsKeys:
        return KmsKeys(self.place)

    @property
    def store(self) -> EncryptedStore:
        return EncryptedStore(self.bucket, self.keys)

    def partnership(self) -> PartnershipId:
        """Return a new partnership that has a key."""
        partnership_id = PartnershipId(uuid4())
        self.client.create_alias(AliasName=f"{PREFIX}{partnership_id}", TargetKeyId=self.key())
        return partnership_id

    def key(self) -> str:
        return self.client.create_key()["KeyMetadata"]["KeyId"]

    def opened(self, name) -> bytes:
        with fetch(self.store, name, sha(CONTENT)) as file:
            return file.read()


@pytest.fixture
def kms(place) -> Kms:
    return Kms(place, MemoryBucket())


def test_what_is_put_is_read_back_and_lies_encrypted(kms):
    name = new_name(kms.partnership())
    kept(kms.store, name, CONTENT)
    assert b"zq7kxc" not in b"".join(kms.bucket.open(name.key))
    assert kms.opened(name) == CONTENT


def test_kms_itself_refuses_another_owner_and_another_name(kms):
    ours, theirs = kms.partnership(), kms.partnership()
    name = new_name(ours)
    kept(kms.store, name, CONTENT)
    message = b"".join(kms.bucket.open(name.key))
    for other in (new_name(ours), new_name(theirs)):
        kms.bucket.put(other.key, message, metadata=METADATA)
        with pytest.raises(StoredContentChanged):
            kms.opened(other)
    with pytest.raises(StoredContentChanged):
        kms.opened(replace(name, owner=theirs))


def test_a_partnership_without_a_key_can_keep_nothing_and_is_told_so(kms):
    name = new_name(PartnershipId(uuid4()))
    with pytest.raises(KeyMissing):
        kept(kms.store, name, CONTENT)
    assert kms.bucket.versions == {}


def test_each_partnership_is_encrypted_under_its_own_key(kms):
    ours, theirs = kms.partnership(), kms.partnership()
    used = {kms.keys.make_data_key(new_name(each)).wrapped.key_id for each in (ours, theirs, ours)}
    assert len(used) == 2


def test_objects_restored_where_their_keys_are_not_give_a_plain_error(kms):
    name = new_name(kms.partnership())
    kept(kms.store, name, CONTENT)
    elsewhere = EncryptedStore(kms.bucket, KmsKeys(replace(kms.place, region="eu-west-1")))
    without_kms = EncryptedStore(kms.bucket, LocalKeys(SECRET))
    for store in (elsewhere, without_kms):
        with pytest.raises(KeyMissing):
            fetch(store, name, sha(CONTENT))
    local = new_name(name.owner)
    kept(without_kms, local, CONTENT)
    with pytest.raises(KeyMissing):
        kms.opened(local)


class Refusing(BaseHTTPRequestHandler):
    """Answers every request of KMS with one error, which the emulator never gives."""

    code = ""

    def do_POST(self) -> None:
        answer = json.dumps({"__type": self.code, "message": "No."}).encode()
        self.send_response(400)
        self.send_header("content-type", "application/x-amz-json-1.1")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("DisabledException", KeyMissing),
        ("KMSInvalidStateException", KeyMissing),
        ("AccessDeniedException", KeyMissing),
        ("NotFoundException", KeyMissing),
        ("InvalidCiphertextException", StoredContentChanged),
        ("IncorrectKeyException", StoredContentChanged),
        ("UnrecognizedClientException", KeysUnavailable),
        ("KMSInternalException", KeysUnavailable),
    ],
)
def test_what_kms_says_becomes_an_error_of_ours(code, error, place):
    answers = type("Answers", (Refusing,), {"code": code})
    with HTTPServer((LOOPBACK, 0), answers) as refusing:
        Thread(target=refusing.serve_forever, args=(0.01,), daemon=True).start()
        keys = KmsKeys(replace(place, endpoint_url=f"http://{LOOPBACK}:{refusing.server_port}"))
        wrapped = WrappedKey("aws-kms", "arn:aws:kms:eu-west-2:1:key/1", b"wrapped")
        with pytest.raises(error) as told:
            keys.open_data_key(wrapped, new_name(PartnershipId(uuid4())))
        refusing.shutdown()
    assert isinstance(told.value, CaseworkError)


def test_after_the_alias_names_a_new_key_old_objects_open_and_new_ones_use_it(kms):
    owner = kms.partnership()
    old, later = new_name(owner), new_name(owner)
    kept(kms.store, old, CONTENT)
    before = kms.keys.make_data_key(old).wrapped
    assert kms.keys.is_current(before, old)
    kms.client.update_alias(AliasName=f"{PREFIX}{owner}", TargetKeyId=kms.key())
    kept(kms.store, later, CONTENT)
    assert kms.opened(old) == kms.opened(later) == CONTENT
    assert not kms.keys.is_current(before, old)


def test_a_data_key_that_was_changed_is_not_opened(kms):
    name = new_name(kms.partnership())
    made = kms.keys.make_data_key(name).wrapped
    half = len(made.wrapped) // 2
    changed = made.wrapped[:half] + bytes([made.wrapped[half] ^ 1]) + made.wrapped[half + 1 :]
    for wrong in (replace(made, wrapped=changed), replace(made, wrapped=b"")):
        with pytest.raises((StoredContentChanged, KeyMissing)):
            kms.keys.open_data_key(wrong, name)
    with pytest.raises(StoredContentChanged):
        kms.keys.open_data_key(replace(made, key_id=""), name)


def test_keys_that_do_not_answer_are_unavailable_and_nothing_else(kms):
    nobody = KmsKeys(replace(kms.place, endpoint_url=f"http://{LOOPBACK}:9"))
    name = new_name(kms.partnership())
    made = kms.keys.make_data_key(name).wrapped
    for ask in (
        lambda: nobody.make_data_key(name),
        lambda: nobody.open_data_key(made, name),
        lambda: nobody.is_current(made, name),
    ):
        with pytest.raises(KeysUnavailable):
            ask()
