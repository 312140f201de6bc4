"""Which key service an installation has is said by one setting."""

import pytest

from services.bootstrap import build
from services.domain.errors import Unavailable
from services.settings import Settings
from services.storage.encrypted import EncryptedStore
from services.storage.envelope import encrypt
from services.storage.memory import MemoryBucket
from tests.servers import CONTEXT_KEY

NOWHERE = "127.0.0.1:9"


def built(keys: str) -> EncryptedStore:
    told = Settings(
        database_url=f"postgresql://{NOWHERE}/keyline",
        secret_key="for-tests-only-and-long",  # noqa: S106
        context_key=CONTEXT_KEY.secret,
        base_url="https://keyline.example",
        s3_bucket="keyline",
        s3_endpoint_url=f"http://{NOWHERE}",
        s3_access_key="for-tests",
        s3_secret_key="for-tests-only",  # noqa: S106
        smtp_host=NOWHERE,
        mail_from="keyline@example.org",
        object_keys=keys,
    )
    store = build(told).store
    assert isinstance(store, EncryptedStore)
    return store


def test_a_key_in_the_setting_encrypts(name):
    message = encrypt(b"content", built(f"local:{'A' * 43}").keys, name)
    lies = MemoryBucket()
    lies.put(name.key, message, metadata={})
    opened = EncryptedStore(lies, built(f"local:{'B' * 42}A,{'A' * 43}").keys)
    assert b"".join(opened.open(name)) == b"content"


def test_keys_in_kms_are_asked_for_only_when_they_are_used():
    built("aws-kms:alias/keyline/")


@pytest.mark.parametrize("words", ["", "local", "local:", "A" * 43, "vault:x", "local:AAAA"])
def test_a_setting_that_names_no_keys_is_refused_in_one_sentence(words):
    with pytest.raises(Unavailable) as told:
        built(words)
    assert str(told.value).count(". ") == 0
