"""A real identity provider: npm's oidc-provider, a process of its own on loopback."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from deployments.checks.programs import NODE, program
from deployments.local.home import any_free_port
from services.domain.errors import Unavailable
from tests.npm_packages import NPM, installed

HERE: Final = Path(__file__).parent / "identity_provider"
SECOND_FACTOR: Final = "urn:test:mfa"
SECRET: Final = "for tests only, and long enough"  # noqa: S105 - of tests
CLIENT: Final = "keyline"


@dataclass(frozen=True, slots=True)
class RunningProvider:
    """A provider that answers, and what a test may change about it."""

    issuer: str

    def change(self, what: str, told: object = "") -> None:
        """Have it rotate its keys, set back its logins, fail, forget, or change a person."""
        content = told if isinstance(told, str) else json.dumps(told)
        httpx.post(f"{self.issuer}/_test/{what}", content=content, timeout=10).raise_for_status()


@dataclass(frozen=True, slots=True)
class Certified:
    """The files of a certificate and its key: with them the provider speaks https."""

    certificate: Path
    key: Path


def can_run() -> bool:
    """Tell whether this machine has what the provider runs on."""
    return program(NODE) is not None and shutil.which(NPM) is not None


@contextmanager
def provider_process(
    folder: Path,
    at: str,
    code: str,
    people: Sequence[str],
    certified: Certified | None = None,
) -> Iterator[RunningProvider]:
    """Start a provider that sends people back to that address of the product."""
    node = program(NODE)
    if node is None:
        raise Unavailable("This needs Node (apt-get install nodejs npm).")
    port, config = any_free_port(), folder / f"{code}.json"
    config.write_text(json.dumps(_config(at, people)))
    files = [str(certified.certificate), str(certified.key)] if certified else []
    command = [node, "provider.mjs", str(port), str(config), *files]
    with (
        (folder / f"{code}.log").open("w") as log,
        subprocess.Popen(  # noqa: S603 - found above
            command, cwd=installed(HERE), stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            said = process.stdout.readline() if process.stdout else ""
            if "ready" not in said:
                raise Unavailable((folder / f"{code}.log").read_text())
            yield RunningProvider(f"http{'s' if certified else ''}://127.0.0.1:{port}")
        finally:
            process.terminate()


def provider_told(code: str, issuer: str) -> dict[str, object]:
    """Return what is entered of an organisation's provider."""
    return {
        "code": code,
        "name": f"{code.title()} Council (example)",
        "issuer": issuer,
        "client_id": CLIENT,
        "acr": [SECOND_FACTOR],
        "email_domains": [f"{code}.example"],
        "tells_of_logout": True,
    }


def _config(at: str, people: Sequence[str]) -> dict[str, object]:
    client = {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [f"{at}/callback"],
        "backchannel_logout_uri": f"{at}/logout",
        "backchannel_logout_session_required": True,
        "id_token_signed_response_alg": "ES256",
    }
    told = {one: {"email": f"{one}@council.example", "name": one.title()} for one in people}
    return {"clients": [client], "people": told}
