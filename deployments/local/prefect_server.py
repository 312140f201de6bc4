"""The Prefect server of the local platform: its own database, behind a password, loopback only."""

import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import httpx

from deployments.local import processes
from deployments.local.home import LOOPBACK
from deployments.local.image_root import started_as
from deployments.local.part import Part
from deployments.local.run_as import plain_environment
from deployments.prefect_settings import HARDENED


@dataclass(frozen=True)
class PrefectServer:
    """One Prefect server over one database."""

    folder: Path
    port: int
    database_url: str
    password: str
    log: Path

    @property
    def api_url(self) -> str:
        """Return the address of its API."""
        return f"http://{LOOPBACK}:{self.port}/api"

    @property
    def auth_string(self) -> str:
        """Return the name and password that its API asks for; no person is told it."""
        return f"operator:{self.password}"

    def part(self) -> Part:
        """Return it as a part of the platform."""
        address = f"http://{LOOPBACK}:{self.port}"
        words = ("prefect", "Prefect server", address, version())
        # Its own migrations take their time on a busy machine.
        return Part(*words, self.start, self.is_ready, patience=300)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server; its own migrations run only where the version is new here."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        usual = [sys.executable, "-P", "-m", "prefect", "server", "start"]
        command, told = started_as(["prefect"], usual, self._environment())
        return processes.start(command, self.log, told, self.folder)

    def is_ready(self) -> bool:
        """Say whether it answers and reaches its database."""
        basic = b64encode(self.auth_string.encode()).decode()
        try:
            answer = httpx.get(
                f"{self.api_url}/ready", headers={"Authorization": f"Basic {basic}"}, timeout=2
            )
        except httpx.HTTPError:
            return False
        if answer.status_code != httpx.codes.OK:
            return False
        self._migrated.write_text(version())
        return True

    @property
    def _migrated(self) -> Path:
        return self.folder / "migrated-by"

    def _is_migrated(self) -> bool:
        return self._migrated.exists() and self._migrated.read_text() == version()

    def _environment(self) -> dict[str, str]:
        asyncpg = self.database_url.replace("postgresql://", "postgresql+asyncpg://", 1)
        new = "false" if self._is_migrated() else "true"
        inherited = {
            name: word
            for name, word in plain_environment().items()
            if not name.startswith(("PREFECT_", "AWS_", "SMTP_", "DATABASE_", "KEYLINE_"))
        }
        return (
            inherited
            | dict(HARDENED)
            | {
                "PREFECT_HOME": str(self.folder),
                "TMPDIR": str(self.folder),
                "PREFECT_SERVER_API_AUTH_STRING": self.auth_string,
                "PREFECT_SERVER_API_HOST": LOOPBACK,
                "PREFECT_SERVER_API_PORT": str(self.port),
                "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://{LOOPBACK}:{self.port}",
                "PREFECT_SERVER_DATABASE_CONNECTION_URL": asyncpg,
                "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": new,
                "PREFECT_SERVER_UI_ENABLED": "true",
                # Two platforms of one checkout do not write over each other's.
                "PREFECT_UI_STATIC_DIRECTORY": str(self.folder / "pages"),
            }
        )


def version() -> str:
    """Return the version of the Prefect installed here."""
    return metadata.version("prefect")
