"""The data folder: private, remembering, and held by one supervisor at a time."""

import os
import socket
import stat
from pathlib import Path

import pytest

from deployments.local.errors import AlreadyRunning, CannotStart
from deployments.local.external_services import ExternalServices
from deployments.local.home import LOOPBACK, Home, is_free


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").made()


def anything(_port: int) -> bool:
    return True  # whether another program listens there is not this test's question


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_its_owner_may_look_into_the_folder_and_its_secrets(home: Home):
    home.secret("web")
    assert mode(home.folder) == 0o700
    assert mode(home.folder / "secrets") == 0o700
    assert mode(home.folder / "secrets" / "web") == 0o600


def test_a_secret_is_made_once_and_stays(home: Home):
    first = home.secret("web")
    assert len(first) >= 40
    assert home.secret("web") == first
    assert home.secret("other") != first


def test_the_preferred_port_is_chosen_and_remembered(home: Home):
    assert home.choose_port("mail", 40_000, is_usable=anything) == 40_000
    assert Home(home.folder).port("mail") == 40_000


def test_a_port_that_somebody_has_taken_is_left_to_them(home: Home):
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        taken = other.getsockname()[1]
        assert not is_free(taken)
        chosen = home.choose_port("mail", taken)
        assert chosen != taken
    assert home.choose_port("mail", taken) == chosen


def test_two_parts_never_share_a_port(home: Home):
    ports = {home.choose_port(part, 40_000, is_usable=anything) for part in ("mail", "web")}
    assert len(ports) == 2


def test_a_port_that_was_never_chosen_says_what_to_do(home: Home):
    with pytest.raises(CannotStart, match="keyline up"):
        home.port("web")


def test_a_second_supervisor_is_told_that_the_folder_is_taken(home: Home):
    assert not home.is_taken()
    with home.taken():
        assert home.is_taken()
        with pytest.raises(AlreadyRunning), home.taken():
            pass
    assert not home.is_taken()


def test_a_folder_that_cannot_be_made_gives_one_sentence(tmp_path: Path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(CannotStart, match="KEYLINE_HOME") as refused:
        Home(in_the_way / "home").made()
    assert "\n" not in str(refused.value)


def test_half_a_ports_file_is_as_good_as_none(home: Home):
    (home.folder / "ports.json").write_text('{"web": 80')
    assert home.choose_port("web", 40_000, is_usable=anything) == 40_000


def test_the_environment_can_name_another_folder(tmp_path: Path):
    before = dict(os.environ)
    os.environ["KEYLINE_HOME"] = str(tmp_path / "elsewhere")
    try:
        assert Home.here().folder == tmp_path / "elsewhere"
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ({}, set()),
        ({"DATABASE_URL": ""}, set()),
        ({"DATABASE_URL": "postgresql://db/k"}, {"database"}),
        ({"S3_ENDPOINT_URL": "https://store"}, {"object_store"}),
        ({"S3_BUCKET": "reviews", "AWS_REGION": "eu-west-2"}, {"object_store"}),
        ({"AWS_ACCESS_KEY_ID": "for other work"}, set()),
        ({"PREFECT_API_URL": "http://prefect/api"}, {"prefect"}),
        ({"SMTP_HOST": "mail"}, {"mail"}),
    ],
)
def test_a_neighbour_is_given_where_its_address_is(words: dict[str, str], given: set[str]):
    found = ExternalServices.found_in(words)
    neighbours = ("database", "object_store", "prefect", "mail")
    assert {name for name in neighbours if getattr(found, name)} == given
