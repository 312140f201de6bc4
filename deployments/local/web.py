"""The web application as a part of the local platform."""

from collections.abc import Mapping
from pathlib import Path

import httpx

from deployments.local import processes
from deployments.local.checkout import HERE, Checkout
from deployments.local.home import LOOPBACK
from deployments.local.image_root import started_as
from deployments.local.part import Part

APPLICATION = "services.web.app:create_app"


def part(port: int, log: Path, environment: Mapping[str, str], checkout: Checkout = HERE) -> Part:
    """Return it as a part of the platform; it reads its settings from the environment."""
    server = [
        checkout.python,
        "-m",
        "uvicorn",
        APPLICATION,
        "--factory",
        "--no-access-log",
        "--no-server-header",
        "--no-proxy-headers",
    ]
    usual = [*server, "--host", LOOPBACK, "--port", str(port)]
    command, told = started_as(["web"], usual, checkout.environment(environment))
    return Part(
        "web",
        "Web application",
        f"http://{LOOPBACK}:{port}",
        checkout.name,
        lambda: processes.start(command, log, told, checkout.folder),
        lambda: is_ready(port),
    )


def is_ready(port: int) -> bool:
    """Say whether all that pages need answers; a first page alone needs no database."""
    try:
        answer = httpx.get(f"http://{LOOPBACK}:{port}/readyz", timeout=5)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK
