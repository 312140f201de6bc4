"""The commands of the image; each becomes the process.

`web`, `worker`, `release`, `reencrypt` are Keyline, and `keyline` its commands for a terminal;
`prefect` is the server that it drives, of the same version as its clients.
"""

import os
import sys
from collections.abc import Mapping
from typing import Final

from deployments import prefect_settings

PYTHON: Final = (sys.executable, "-P", "-m")
# In its container every address; a load balancer stands before it.
ADDRESS: Final = os.environ.get("KEYLINE_LISTEN_ON", "0.0.0.0")  # noqa: S104
COMMANDS: Final = {
    "web": (
        *PYTHON,
        "uvicorn",
        "services.web.app:create_app",
        "--factory",
        "--host",
        ADDRESS,
        "--port",
        os.environ.get("KEYLINE_HTTP_PORT", "8000"),
        "--no-access-log",
        "--no-server-header",
        "--no-proxy-headers",  # the application reads them, from KEYLINE_TRUSTED_PROXIES only
    ),
    "worker": (*PYTHON, "deployments.worker"),
    "prefect-database": (*PYTHON, "deployments.prefect_database"),
    "release": (*PYTHON, "deployments.release"),
    "backup": (*PYTHON, "deployments", "backup"),
    "restore-drill": (*PYTHON, "deployments", "restore-drill"),
    "reencrypt": (*PYTHON, "deployments.reencryption"),
    "keyline": (*PYTHON, "deployments"),
    "prefect": (
        *PYTHON,
        "prefect",
        "server",
        "start",
        "--host",
        ADDRESS,
        "--port",
        os.environ.get("PREFECT_SERVER_API_PORT", "4200"),
    ),
}


def main(words: list[str]) -> None:
    """Become the command that the first word names."""
    if not words or words[0] not in COMMANDS:
        sys.exit(f"keyline: say one of {', '.join(COMMANDS)}")
    command = [*COMMANDS[words[0]], *words[1:]]
    told = environment_of(words[0], os.environ)
    os.execve(command[0], command, told)  # noqa: S606 -- no shell, and the words are ours


def environment_of(name: str, told: Mapping[str, str]) -> dict[str, str]:
    """Return what the command is told; a Prefect server without a password does not start."""
    if name != "prefect":
        return dict(told)
    if missing := [each for each in prefect_settings.NEEDED if not told.get(each)]:
        sys.exit(f"keyline: set {' and '.join(missing)} for prefect")
    return prefect_settings.of_server(told)


if __name__ == "__main__":
    main(sys.argv[1:])
