"""The store of an installation: its bucket, and the keys that its setting names."""

from services.domain.errors import Unavailable
from services.storage.encrypted import EncryptedStore
from services.storage.keys import KeyService
from services.storage.kms import KmsKeys, KmsPlace
from services.storage.local_keys import LocalKeys
from services.storage.s3 import S3Bucket, S3Place

__all__ = ["S3Place", "key_service", "store_in"]


def store_in(place: S3Place, keys: str) -> EncryptedStore:
    """Return the store in this bucket; the keys are `local:KEY` or `aws-kms:alias/PREFIX`."""
    return EncryptedStore(S3Bucket(place), key_service(keys, place.region))


def key_service(words: str, region: str) -> KeyService:
    """Return the service of these words, `local:KEY` or `aws-kms:alias/PREFIX`."""
    service, _, told = words.partition(":")
    match service:
        case "local":
            return LocalKeys.read(told)
        case "aws-kms":
            return KmsKeys(KmsPlace(alias_prefix=told, region=region))
    raise Unavailable("KEYLINE_OBJECT_KEYS is local:KEY or aws-kms:alias/PREFIX.")
