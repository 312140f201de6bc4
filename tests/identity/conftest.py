"""A real identity provider, for the tests of the room that speaks to it."""

from collections.abc import Iterator

import pytest

from tests.identity_providers import RunningProvider, running_provider

BASE_URL = "http://127.0.0.1:1"  # nothing listens there: these tests read where people are sent


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    """A provider that knows Ann, for a product that no test here starts."""
    with running_provider(tmp_path_factory.mktemp("op"), BASE_URL, "north", ["ann"]) as running:
        yield running
