"""Real identity providers for tests: npm's oidc-provider, each a process of its own on loopback.

The packages are those of `tests/identity_provider/package-lock.json`, by version and digest and
without an address: npm asks the registry that the machine is set up with. They are installed once
for each lock, below `.tools`.
"""

import fcntl
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest
from sqlalchemy import Engine

from deployments import CHECKOUT
from deployments.checks.programs import NODE, program
from deployments.local.home import any_free_port
from services.casework.accounts.identity_providers import (
    EnterProvider,
    ProviderEntry,
    enter_provider,
)
from services.identity.sealing import PROVIDERS, InstallationKey
from tests.servers import founder_of

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


@contextmanager
def running_provider(
    folder: Path, base_url: str, code: str, people: list[str]
) -> Iterator[RunningProvider]:
    """Start a provider for a product at that address; skip, as not run, where there is no Node."""
    node, npm = program(NODE), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("not run: there is no node on this machine")
    port, config = any_free_port(), folder / f"{code}.json"
    config.write_text(json.dumps(_config(f"{base_url}/sign-in/oidc/{code}", people)))
    command = [node, "provider.mjs", str(port), str(config)]
    with (
        (folder / f"{code}.log").open("w") as log,
        subprocess.Popen(  # noqa: S603 - found above
            command, cwd=installed(npm), stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            said = process.stdout.readline()
            assert "ready" in said, (folder / f"{code}.log").read_text()
            yield RunningProvider(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def installed(npm: str) -> Path:
    """Return the folder in which the provider lies with its packages, installed if need be."""
    files = [HERE / name for name in ("package.json", "package-lock.json")]
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()[:16]
    folder = CHECKOUT / ".tools" / f"identity-provider-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for one in (*files, HERE / "provider.mjs"):
            shutil.copy(one, folder)
        if not (folder / "is-installed").exists():
            command = [npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603
            (folder / "is-installed").touch()
    return folder


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


def a_provider_for(engine: Engine, partnership: str) -> None:
    """Let a provider that nobody speaks to vouch for the partnership's people."""
    told = EnterProvider(**provider_told("nowhere", "https://nowhere.example"))
    key = InstallationKey("not the key of any installation", PROVIDERS)
    enter_provider(founder_of(engine), partnership, ProviderEntry(told, key, SECRET))


def _config(at: str, people: list[str]) -> dict[str, object]:
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
