"""`./keyline backup` and `./keyline restore-drill`."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from deployments.backup.drill import Drill, KeptBackup, run_drill
from deployments.backup.making import make_backup
from deployments.backup.manifest import Manifest
from deployments.backup.places import backup_in, folder_for, put_in
from deployments.backup.restoring import scratch_database
from deployments.local import temporary
from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours, settings, wall_clock
from services.casework.restorations import note_backup, note_drill
from services.domain.errors import Unavailable
from services.storage.installation import key_service
from services.storage.keys import KeyService

Folder = Annotated[Path | None, typer.Option(help="Where backups lie; else in the data folder.")]
Into = Annotated[str, typer.Option("--bucket", help="Put it into this bucket, and keep none here.")]
Plain = Annotated[bool, typer.Option("--unencrypted", help="Do not encrypt: the folder is safe.")]
From = Annotated[str, typer.Option("--bucket", help="The bucket in which backups lie.")]
File = Annotated[Path | None, typer.Argument(help="The backup's manifest; else the newest.")]
Keep = Annotated[bool, typer.Option("--keep", help="Keep the restored database, and say where.")]
URL = "KEYLINE_BACKUP_DATABASE_URL"


def backup(folder: Folder = None, *, bucket: Into = "", unencrypted: Plain = False) -> None:
    """Back up the database into one file with its manifest; safe while people work."""
    if bucket and (folder or unencrypted):
        raise Unavailable("A bucket takes encrypted backups, and then none goes into a folder.")
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    if not (url := os.environ.get(URL)):
        raise Unavailable(f"{URL} must be set: the address of the backup's login.")
    here, keys = neighbours(), None if unencrypted else _keys()
    with folder_for(folder, bucket) as into:
        made = make_backup(url, into, keys, wall_clock())
        if bucket:
            put_in(bucket, into, made.name)
    note_backup(here, made.sha256, made.all_rows)
    where = f"{bucket or into}/{made.name}.backup"
    print(f"{where}: {made.all_rows} rows, {made.size} bytes, {made.sha256}")
    if unencrypted:
        print("It is not encrypted: whoever reads the file reads every case.")


def restore_drill(
    manifest: File = None, *, folder: Folder = None, bucket: From = "", keep: Keep = False
) -> int:
    """Restore a backup into a scratch database, check it whole, and say what would be lost."""
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    live = neighbours()
    with (
        backup_in(bucket or folder, manifest) as place,
        _server(keep=keep) as server_url,
        scratch_database(server_url, keep=keep) as scratch,
    ):
        told = Manifest.read(place)
        found = run_drill(KeptBackup(told, place.with_suffix(".backup"), _keys()), scratch, live)
        if keep:
            print(f"Kept: {scratch.admin_url.rpartition('@')[2]}")
    _tell(told, found)
    with suppress(Unavailable):  # where the live database is gone, the drill is no less one
        note_drill(live, told.sha256, found.all_seconds, len(found.faults))
    return 1 if found.faults else 0


def _keys() -> KeyService:
    given = settings()
    return key_service(given.object_keys.get_secret_value(), given.s3_region)


@contextmanager
def _server(*, keep: bool) -> Iterator[str]:
    """Lend the address of a server for the scratch database: one that is given, else our own."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    if keep:
        raise Unavailable("Name the server on which it is kept in DATABASE_URL.")
    with (
        tempfile.TemporaryDirectory(prefix="keyline-drill-") as folder,
        temporary.postgres(Path(folder)) as server,
    ):
        yield server.url()


def _tell(told: Manifest, found: Drill) -> None:
    print(f"Backup of {told.taken_at:%Y-%m-%d %H:%M:%S} UTC, release {told.release},")
    print(f"tables at {told.revision}: {told.all_rows} rows, {len(told.chains)} audit chains.")
    for name, seconds in found.seconds.items():
        print(f"  {name}: {seconds:.1f} s")
    print(f"All of it: {found.all_seconds / 60:.1f} minutes.")
    print(f"Disposals since the backup, disposed of again: {found.replayed}.")
    print("Lost since the backup:")
    print("\n".join(f"  {line}" for line in found.lost))
    print("\n".join(f"WRONG {fault}" for fault in found.faults) or "Nothing is wrong with it.")
