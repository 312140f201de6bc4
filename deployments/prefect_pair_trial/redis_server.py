"""The Redis of the trial: on loopback, behind a password; started again it is empty."""

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deployments.local import processes
from deployments.local.home import LOOPBACK, write_private
from deployments.local.part import Part
from deployments.local.run_as import plain_environment

# Debian's redis-server, or a Valkey, which speaks the same.
NAMES: Final = ("redis-server", "valkey-server")
NAMED_BY: Final = "REDIS_SERVER"
PATIENCE: Final = 2.0


def program() -> str | None:
    """Return where the program is: as REDIS_SERVER names it, or on the path."""
    return os.environ.get(NAMED_BY) or next(filter(None, map(shutil.which, NAMES)), None)


@dataclass(frozen=True)
class RedisServer:
    """One Redis that keeps nothing: what comes back after it was lost is an empty one."""

    program: str
    folder: Path
    port: int
    password: str
    log: Path

    def url(self, number: int) -> str:
        """Return the address of one of its databases."""
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/{number}"

    def part(self) -> Part:
        """Return it as a part of the platform."""
        return Part("redis", "Redis", f"{LOOPBACK}:{self.port}", "", self.start, self.is_ready)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start it empty."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        told = self.folder / "redis.conf"
        lines = (
            f"bind {LOOPBACK}",
            f"port {self.port}",
            f"dir {self.folder}",
            f"requirepass {self.password}",
            "appendonly no",
            'save ""',
        )
        write_private(told, "\n".join(lines))
        return processes.start([self.program, told], self.log, plain_environment(), self.folder)

    def is_ready(self) -> bool:
        """Say whether it answers and lets us in."""
        try:
            with socket.create_connection((LOOPBACK, self.port), PATIENCE) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                heard = b""
                while b"PONG" not in heard and (piece := line.recv(200)):
                    heard += piece
        except OSError:
            return False
        return b"PONG" in heard
