"""What a start checks before anything runs, and what the commands answer."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deployments import CHECKOUT
from deployments.local.commands import written
from deployments.local.errors import CannotStart
from deployments.local.home import LOOPBACK, Home
from deployments.local.running import announce, must_have_room, prepare
from deployments.local.step_cache import fingerprint, is_cached, remember

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").made()


def keyline(home: Home, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 -- the words are ours
        [sys.executable, "-m", "deployments", *words],
        cwd=CHECKOUT,
        env=os.environ | {"KEYLINE_HOME": str(home.folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_web_port_that_is_taken_gives_one_sentence_and_starts_nothing(home: Home):
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        port = other.getsockname()[1]
        answer = keyline(home, "up", "--port", str(port))
    assert answer.returncode == 1
    assert answer.stderr == (
        f"keyline: Port {port} is taken by another program: name another one with --port.\n"
    )
    assert list((home.folder / "parts").iterdir()) == []


def test_a_full_disk_gives_one_sentence(home: Home):
    with pytest.raises(CannotStart, match="has 499 MB left and Keyline needs 500") as refused:
        must_have_room(home, 499_999_999)
    assert "\n" not in str(refused.value)


def test_the_parts_are_told_of_each_other_and_not_of_the_administrator(home: Home):
    told = prepare(home, None).environment()
    assert "DATABASE_URL" not in told
    assert "keyline_app_of_keyline:" in told["KEYLINE_DATABASE_URL"]
    assert len(told["KEYLINE_CONTEXT_KEY"]) >= 32
    assert "KEYLINE_PROVISIONING_DATABASE_URL" not in told
    assert home.secret("postgres") not in json.dumps(told)
    assert told["SMTP_PORT"] == str(home.port("mail"))
    assert told["KEYLINE_ENVIRONMENT"] == "demonstration"


def test_what_is_said_at_the_end_of_a_start_holds_no_secret(home: Home, capsys):
    announce(prepare(home, None))
    said = capsys.readouterr().out
    assert f":{home.port('web')}/operations/prefect" in said
    kept = [
        home.secret("prefect"),
        *(one.read_text() for one in (home.folder / "secrets").iterdir()),
    ]
    assert [one for one in kept if one in said] == []


def test_status_and_down_say_that_nothing_runs(home: Home):
    assert keyline(home, "status").stdout == "  not running\n"
    assert keyline(home, "status").returncode == 3
    assert json.loads(keyline(home, "status", "--json").stdout) == []
    assert keyline(home, "down").stdout == "  nothing was running\n"


@pytest.mark.parametrize("words", [["bla"], ["up", "--bla"], ["up", "--port", "door"]])
def test_a_word_it_does_not_know_gets_a_plain_sentence(home: Home, words: list[str]):
    answer = keyline(home, *words)
    assert answer.returncode == 2
    assert answer.stderr.startswith("keyline: ")
    assert "Traceback" not in answer.stderr


def test_what_has_not_changed_is_not_done_again(home: Home, tmp_path: Path):
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "one.py").write_text("first")
    first = fingerprint(folder, "here")
    assert not is_cached(home, "tables", first)
    remember(home, "tables", first)
    assert is_cached(home, "tables", fingerprint(folder, "here"))
    (folder / "two.py").write_text("second")
    assert not is_cached(home, "tables", fingerprint(folder, "here"))
    assert fingerprint(folder, "here") != fingerprint(folder, "elsewhere")


@pytest.mark.parametrize(
    ("seconds", "age"),
    [(0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3600, "1 h"), (90000, "1 d"), (-1, "0 s")],
)
def test_an_age_is_written_as_people_say_it(seconds: float, age: str):
    assert written(seconds) == age
