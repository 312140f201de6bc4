"""Backups in a bucket of their own: what a task without a disk has made would be gone with it."""

from pathlib import Path
from typing import Final

from services.domain.errors import NotFound
from services.storage.s3 import S3Bucket

BACKUP: Final = ".backup"
MANIFEST: Final = ".json"
NAMED: Final = "keyline-"


def put_backup(bucket: S3Bucket, folder: Path, name: str) -> None:
    """Put both files of a backup; raise StoreUnavailable where the bucket does not take them.

    The manifest goes last: where it lies, all of the backup does.
    """
    for suffix in (BACKUP, MANIFEST):
        bucket.put_file(f"{name}{suffix}", folder / f"{name}{suffix}")


def fetch_backup(bucket: S3Bucket, folder: Path, name: str = "") -> Path:
    """Fetch the backup of this name, else the newest, into the folder; return its manifest.

    Raises NotFound where it is not there, and StoreUnavailable.
    """
    name = name or _newest(bucket)
    for suffix in (BACKUP, MANIFEST):
        place = folder / f"{name}{suffix}"
        with place.open("xb") as file:
            file.writelines(bucket.open(place.name))
    return folder / f"{name}{MANIFEST}"


def _newest(bucket: S3Bucket) -> str:
    """Return the newest one's name; it begins with its moment, so that names stand in order."""
    keys = [one.key for one in bucket.list_versions(NAMED) if one.key.endswith(MANIFEST)]
    if not keys:
        raise NotFound("There is no backup in this bucket.")
    return max(keys).removesuffix(MANIFEST)
