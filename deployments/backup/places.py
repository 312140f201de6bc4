"""Where backups lie: in a folder of this machine, or in a bucket of the installation's store."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from deployments.backup.bucket import fetch_backup, put_backup
from deployments.local.home import Home
from services.bootstrap import settings, store_place
from services.domain.errors import NotFound
from services.storage.s3 import S3Bucket


@contextmanager
def folder_for(folder: Path | None, bucket: str) -> Iterator[Path]:
    """Lend the folder in which a backup is made: one that goes, where it is for a bucket."""
    if not bucket:
        yield folder or _own_folder()
        return
    with tempfile.TemporaryDirectory(prefix="keyline-backup-") as made:
        yield Path(made)


def put_in(bucket: str, folder: Path, name: str) -> None:
    """Put the backup of this name that lies in the folder into the bucket."""
    put_backup(_bucket(bucket), folder, name)


@contextmanager
def backup_in(place: Path | str | None, named: Path | None) -> Iterator[Path]:
    """Lend the manifest of the backup that is named, else of the newest; its file lies beside.

    The place is a folder, a bucket's name, or nothing for the data folder's own. Raises NotFound
    where there is none.
    """
    if not isinstance(place, str):
        yield named or _newest(place or _own_folder())
        return
    with tempfile.TemporaryDirectory(prefix="keyline-backup-") as fetched:
        yield fetch_backup(_bucket(place), Path(fetched), named.stem if named else "")


def _bucket(name: str) -> S3Bucket:
    return S3Bucket(replace(store_place(settings()), bucket=name))


def _own_folder() -> Path:
    return Home.here().folder / "backups"


def _newest(folder: Path) -> Path:
    found = sorted(folder.glob("keyline-*.json"))
    if not found:
        raise NotFound(f"There is no backup in {folder}: make one with ./keyline backup.")
    return found[-1]
