"""The journey from an empty installation to a first case, and what it prints."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from services.domain.errors import CaseworkError
from services.domain.working_days import london_date
from tests.acceptance import table
from tests.acceptance.kept_pages import KeptPages
from tests.acceptance.newcomer import first_case, founding, people
from tests.acceptance.newcomer.acts import SettingUp
from tests.acceptance.newcomer.certificate import certified
from tests.acceptance.newcomer.installation import BASE_URL, production
from tests.acceptance.newcomer.partnership import BY_PROVIDER, NEWCOMBE, PROVIDER
from tests.acceptance.story import Story
from tests.provider_process import provider_process


def run_newcomer(say: Callable[[str], None], keeps: KeptPages | None) -> tuple[list[str], int]:
    """Run the journey; return each difference from what is expected, and how many acts were done.

    An error that stops it is a difference like any other.
    """
    with (
        TemporaryDirectory(prefix="keyline-newcomer-") as folder,
        _begun(Path(folder), say, keeps) as (setting, issuer),
    ):
        story: Story | None = None
        try:
            _set_up(setting, Path(folder), issuer)
            story = first_case.drive(setting)
            first_case.check(setting, story)
            founding.operator_leaves(setting)
        except (CaseworkError, LookupError) as stopped:
            setting.differences.append(f"{type(stopped).__name__}: {stopped}")
        if story is not None:
            table.show("The first case", story)
        lines = story.lines if story else []
        told = story.differences if story else []
        return [*setting.differences, *told], len(setting.acts) + len(lines)


@contextmanager
def _begun(
    folder: Path, say: Callable[[str], None], keeps: KeptPages | None
) -> Iterator[tuple[SettingUp, str]]:
    """Start the council's provider and the installation; stop both afterwards."""
    files = certified(folder)
    trusted = ssl.create_default_context(cafile=str(files.certificate))
    at = f"{BASE_URL}/sign-in/oidc/{PROVIDER}"
    with (
        provider_process(folder, at, PROVIDER, BY_PROVIDER, files) as provider,
        production(folder, files.certificate) as installation,
    ):
        tested = replace(installation.tested(), keeps=keeps)
        connections = tested.connections(NEWCOMBE, say)
        today = london_date(datetime.fromtimestamp(time(), UTC))
        setting = SettingUp(installation, connections, trusted, today)
        say("an installation in production runs; nobody and nothing is on record")
        try:
            yield setting, provider.issuer
        finally:
            setting.close()


def _set_up(setting: SettingUp, folder: Path, issuer: str) -> None:
    founding.make_platform_administrators(setting)
    founding.found(setting, folder, issuer)
    founding.first_administrator(setting)
    founding.make_operator(setting)
    people.appoint_everybody(setting)
    founding.add_agency(setting, folder)
    founding.nothing_needed_is_missing(setting)
