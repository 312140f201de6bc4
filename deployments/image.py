"""The commands of the image, such as `web`, `worker`, `release`; each becomes the process."""

import os
import sys

PYTHON = (sys.executable, "-P", "-m")
COMMANDS = {
    "web": (
        *PYTHON,
        "uvicorn",
        "services.web.app:create_app",
        "--factory",
        "--host",
        "0.0.0.0",  # noqa: S104 -- inside its container; the load balancer stands before it
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
    "prefect": (*PYTHON, "prefect", "server", "start"),
}


def main(words: list[str]) -> None:
    """Become the command that the first word names."""
    if not words or words[0] not in COMMANDS:
        sys.exit(f"keyline: say one of {', '.join(COMMANDS)}")
    command = [*COMMANDS[words[0]], *words[1:]]
    os.execv(command[0], command)  # noqa: S606 -- no shell, and the words are ours


if __name__ == "__main__":
    main(sys.argv[1:])
