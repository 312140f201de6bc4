"""Make a backup: what one moment of the database holds, into one file, encrypted, with a manifest.

The dump and the counts read one snapshot, so that a restored database can be compared with them
row for row. It is encrypted as stored files are, under the installation's own key: who restores
needs those keys in any case, or no stored file opens.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from deployments import VERSION
from deployments.backup import contents
from deployments.backup.manifest import Manifest
from deployments.backup.programs import program, started, told
from services.domain.audit import INSTALLATION
from services.domain.errors import Unavailable
from services.storage import ObjectName, envelope
from services.storage.keys import KeyService

PIECE: Final = 64 * 1024
# The keys by which contexts are signed are made anew by the release that follows a restore.
WITHOUT: Final = ("--exclude-table=sec.context_keys", "--enable-row-security")


def make_backup(url: str, into: Path, keys: KeyService | None, now: datetime) -> Manifest:
    """Back up the database of this address, the backup login's, into the folder.

    Without keys it is not encrypted: the folder must then be as safe as the database. A file of
    a backup that was broken off is never taken for one: it gets its name when it is whole.
    """
    name = f"keyline-{now:%Y%m%dT%H%M%SZ}"
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    place, partial = into / f"{name}.backup", into / f"{name}.partial"
    if place.exists():
        raise Unavailable(f"{place} is there already: say it again in a second.")
    partial.touch(mode=0o600)
    with contents.connected(url) as link, link.transaction():
        link.execute("set transaction isolation level repeatable read, read only")
        (snapshot,) = link.execute("select pg_export_snapshot()").fetchone() or ("",)
        held = (contents.revision(link), contents.rows(link), contents.chains(link))
        address, environment = told(url)
        words = [program("pg_dump"), "--format=custom", f"--snapshot={snapshot}", *WITHOUT]
        with (
            started([*words, f"--dbname={address}"], environment, reads=False) as dumping,
            partial.open("wb") as file,
        ):
            size, digest = _write(file, _encrypted(dumping.stdout, name, keys))
    partial.rename(place)
    manifest = Manifest(
        name=name,
        taken_at=now,
        release=VERSION,
        revision=held[0],
        rows=held[1],
        chains=held[2],
        is_encrypted=keys is not None,
        size=size,
        sha256=digest,
    )
    manifest.save(into / f"{name}.json")
    return manifest


def object_name(name: str) -> ObjectName:
    """Return under which name a backup is encrypted: it opens under no other."""
    return ObjectName(INSTALLATION, f"backups/{name}")


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what a file holds, piece by piece."""
    while piece := file.read(PIECE):
        yield piece


def _encrypted(source: IO[bytes] | None, name: str, keys: KeyService | None) -> Iterator[bytes]:
    if source is None:
        raise Unavailable("pg_dump wrote nothing.")
    if keys is None:
        return pieces_of(source)
    return envelope.encrypt_stream(source, keys, object_name(name))


def _write(file: IO[bytes], pieces: Iterator[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        file.write(piece)
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()
