"""Real identity providers for tests: they run where there is Node, and are skipped elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from services.casework.accounts.identity_providers import (
    EnterProvider,
    ProviderEntry,
    enter_provider,
)
from services.identity.sealing import PROVIDERS, InstallationKey
from tests.provider_process import (
    CLIENT,
    SECOND_FACTOR,
    SECRET,
    RunningProvider,
    can_run,
    provider_process,
    provider_told,
)
from tests.servers import founder_of

__all__ = ["CLIENT", "SECOND_FACTOR", "SECRET", "RunningProvider", "provider_told"]


@contextmanager
def running_provider(
    folder: Path, base_url: str, code: str, people: list[str]
) -> Iterator[RunningProvider]:
    """Start a provider for a product at that address; skip, as not run, where there is no Node."""
    if not can_run():
        pytest.skip("not run: there is no node on this machine")
    with provider_process(folder, f"{base_url}/sign-in/oidc/{code}", code, people) as running:
        yield running


def a_provider_for(engine: Engine, partnership: str) -> None:
    """Let a provider that nobody speaks to vouch for the partnership's people."""
    told = EnterProvider(**provider_told("nowhere", "https://nowhere.example"))
    key = InstallationKey("not the key of any installation", PROVIDERS)
    enter_provider(founder_of(engine), partnership, ProviderEntry(told, key, SECRET))
