"""What `up` records, and how `./keyline journey` and `demo` find the running platform by it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deployments import CHECKOUT
from deployments.local.environment import Platform
from deployments.local.errors import CannotStart
from deployments.local.external_services import ExternalServices
from deployments.local.home import Home
from deployments.local.run_record import (
    RunningPlatform,
    SupervisorRecord,
    find_home,
    forget_supervisor,
    noted,
    save_settings,
)
from deployments.local.running import prepare

ADDRESS = "http://127.0.0.1:8500"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").made()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    (tmp_path / "checkout").mkdir()
    return tmp_path / "checkout" / ".keyline" / "running-elsewhere"


@contextmanager
def environment(**variables: str) -> Iterator[None]:
    """Run with these variables in the environment, and without them afterwards."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def run(home: Home, state: str = "running") -> None:
    SupervisorRecord(os.getpid(), 0.0, state, ADDRESS).save(home)


def journey(**variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "deployments", "journey"],
        cwd=CHECKOUT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_are_recorded_even_where_the_environment_of_up_held_the_same(home: Home):
    with environment(KEYLINE_HTTP_PORT="8500", KEYLINE_ENVIRONMENT="demonstration"):
        home.choose_port("web", 8500)
        told = prepare(home, None).settings()
    run(home)
    with home.taken():
        found = RunningPlatform.of(home)
    # The record, which commands read, also holds how partnerships and operators are put on record.
    assert set(found.settings) - set(told) == {
        "KEYLINE_BACKUP_DATABASE_URL",
        "KEYLINE_PROVISIONING_DATABASE_URL",
        "KEYLINE_SIGN_IN_DATABASE_URL",
    }
    assert found.settings | told == found.settings
    assert {"KEYLINE_HTTP_PORT", "KEYLINE_ENVIRONMENT", "KEYLINE_DATABASE_URL"} < set(told)


def test_given_services_are_recorded_with_their_keys(home: Home):
    given = {
        "DATABASE_URL": "postgresql://admin:word@db/keyline",
        "S3_BUCKET": "reviews",
        "AWS_PROFILE": "reviews",
        "PREFECT_API_URL": "http://prefect/api",
        "SMTP_HOST": "mail",
    }
    prepare(home, None)
    told = Platform(home, ExternalServices.found_in(given)).settings()
    assert {name: told.get(name) for name in given} == given | {"DATABASE_URL": None}


def test_the_platform_is_found_at_its_recorded_address(home: Home):
    save_settings(home, {"KEYLINE_HTTP_PORT": "8500"})
    run(home)
    with home.taken(), environment(KEYLINE_HTTP_PORT="9999", KEYLINE_BASE_URL="http://other"):
        assert RunningPlatform.of(home).address == ADDRESS


def test_a_platform_that_does_not_run_gives_one_sentence(home: Home):
    run(home)
    with pytest.raises(CannotStart, match=r"not running: start it with \./keyline up"):
        RunningPlatform.of(home)


@pytest.mark.parametrize("state", ["starting", ""])
def test_a_platform_that_still_starts_gives_one_sentence(home: Home, state: str):
    if state:
        run(home, state)
    with home.taken(), pytest.raises(CannotStart, match="still starting"):
        RunningPlatform.of(home)


def test_the_record_of_a_supervisor_is_private_and_is_forgotten_at_its_end(home: Home):
    run(home)
    save_settings(home, {"KEYLINE_SECRET_KEY": "secret"})
    assert {path.stat().st_mode & 0o077 for path in home.folder.glob("*.json")} == {0}
    forget_supervisor(home)
    assert SupervisorRecord.of(home) is None


def test_a_platform_in_another_folder_is_found_without_naming_the_folder(
    home: Home, elsewhere: Path
):
    default = Home(elsewhere.parent)
    with noted(home, elsewhere):
        assert find_home({}, default, elsewhere) == default
        with home.taken():
            assert find_home({}, default, elsewhere) == home
        assert elsewhere.parent.stat().st_mode & 0o077 == 0
    assert list(elsewhere.iterdir()) == []


def test_a_note_that_a_killed_run_left_behind_leads_nowhere(home: Home, elsewhere: Path):
    default = Home(elsewhere.parent)
    with noted(home, elsewhere), noted(Home(home.folder / "gone"), elsewhere):
        assert find_home({}, default, elsewhere) == default


def test_the_folder_of_the_checkout_and_the_named_folder_come_first(
    home: Home, elsewhere: Path, tmp_path: Path
):
    default = Home(elsewhere.parent).made()
    named = Home(tmp_path / "named")
    with noted(home, elsewhere), home.taken():
        with default.taken():
            assert find_home({}, default, elsewhere) == default
        assert find_home({"KEYLINE_HOME": str(named.folder)}, default, elsewhere) == named


def test_of_several_running_platforms_one_has_to_be_named(
    home: Home, elsewhere: Path, tmp_path: Path
):
    other = Home(tmp_path / "other").made()
    with (
        noted(home, elsewhere),
        noted(other, elsewhere),
        home.taken(),
        other.taken(),
        pytest.raises(CannotStart, match="name one of them in KEYLINE_HOME") as refused,
    ):
        find_home({}, Home(elsewhere.parent), elsewhere)
    assert str(home.folder) in str(refused.value)
    assert str(other.folder) in str(refused.value)


def test_a_checkout_that_cannot_be_written_goes_without_a_note(home: Home, tmp_path: Path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with noted(home, in_the_way / "running-elsewhere"):
        assert in_the_way.read_text() == ""


@pytest.mark.slow
def test_a_journey_without_a_platform_says_what_to_do(home: Home):
    answer = journey(KEYLINE_HOME=str(home.folder))
    assert answer.returncode == 1
    assert answer.stderr == "keyline: Keyline is not running: start it with ./keyline up.\n"


@pytest.mark.slow
def test_a_journey_enters_no_production(home: Home):
    run(home)
    save_settings(home, {"KEYLINE_ENVIRONMENT": "production"})
    with home.taken():
        answer = journey(KEYLINE_HOME=str(home.folder))
    assert answer.returncode == 1
    assert answer.stderr == ("keyline: A journey is a demonstration: it never enters production.\n")
