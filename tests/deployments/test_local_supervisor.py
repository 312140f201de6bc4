"""The supervisor, with tiny parts: what dies is started again, and nothing is left behind."""

import os
import signal
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deployments.local import processes
from deployments.local.errors import CannotStart, Stopped
from deployments.local.home import Home
from deployments.local.part import Part, PartStatus, all_statuses
from deployments.local.processes import Recorded
from deployments.local.supervisor import StartStage, Supervisor, end_what_is_left, show_given

pytestmark = pytest.mark.slow

# A part that has a child, as PostgreSQL and the worker have; the file says that it answers.
PARENT = """
    import pathlib, subprocess, sys, time
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    pathlib.Path(sys.argv[1]).write_text("ready")
    time.sleep(600)
"""
DEAF = """
    import pathlib, signal, sys, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pathlib.Path(sys.argv[1]).write_text("ready")
    time.sleep(600)
"""
BROKEN = "import sys; sys.exit('the library libx is missing')"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").made()


@pytest.fixture
def supervisor(home: Home) -> Iterator[Supervisor]:
    said: list[str] = []
    running = Supervisor(home, said.append)
    yield running
    running.stop()


def a_part(home: Home, name: str = "tiny", program: str = PARENT) -> Part:
    sign = home.folder / f"{name}.ready"
    command = [sys.executable, "-c", textwrap.dedent(program), sign]

    def start():
        sign.unlink(missing_ok=True)
        return processes.start(command, home.log(name), os.environ, home.folder)

    return Part(name, name.title(), "nowhere", "1", start, sign.exists, patience=30)


def shown(home: Home, name: str) -> PartStatus:
    return next(each for each in all_statuses(home) if each.name == name)


def lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(question: Callable[[], object]) -> None:
    waiting = threading.Event()
    for _ in range(600):
        if question():
            return
        waiting.wait(0.05)
    raise AssertionError(question)


def test_a_killed_part_is_started_again_and_the_others_go_on(home, supervisor):
    supervisor.launch(a_part(home, "one"))
    supervisor.launch(a_part(home, "other"))
    first, other = shown(home, "one"), shown(home, "other")
    os.kill(first.pid, signal.SIGKILL)
    wait_until(lambda: shown(home, "one").state == "running" and shown(home, "one").restarts == 1)
    assert shown(home, "one").pid != first.pid
    assert first.recorded.session() == []
    assert shown(home, "other") == other


def test_stopping_leaves_no_process_behind(home, supervisor):
    supervisor.launch(a_part(home))
    session = shown(home, "tiny").recorded.session()
    assert len(session) == 2
    supervisor.stop()
    assert not any(lives(each) for each in session)
    assert all_statuses(home) == []


def test_a_part_that_does_not_listen_is_made_to_stop(home):
    part = a_part(home, program=DEAF)
    started = part.start()
    wait_until(part.is_ready)
    recorded = Recorded.of(started.pid)
    processes.end(recorded, patience=0.2)
    started.wait()
    assert recorded.process() is None


def test_a_part_that_cannot_start_says_why_in_one_sentence(home, supervisor):
    with pytest.raises(CannotStart, match="libx is missing") as refused:
        supervisor.launch(a_part(home, program=BROKEN))
    assert "\n" not in str(refused.value)


def test_stages_go_side_by_side_where_their_order_allows_it(supervisor):
    meet = threading.Barrier(2, timeout=30)
    done: list[str] = []

    def work(name: str, *, together: bool) -> Callable[[], str]:
        def act() -> str:
            if together:
                meet.wait()
            done.append(name)
            return ""

        return act

    supervisor.go_through(
        [
            StartStage("left", (), work("left", together=True)),
            StartStage("right", (), work("right", together=True)),
            StartStage("last", ("left", "right"), work("last", together=False)),
        ]
    )
    assert done[-1] == "last"
    assert set(supervisor.times) == {"left", "right", "last", "all"}


def test_one_stage_in_trouble_stops_what_the_others_have_started(home, supervisor):
    def fail() -> str:
        wait_until(lambda: any(each.state == "running" for each in all_statuses(home)))
        raise CannotStart("There is no room.")

    with pytest.raises(CannotStart, match="no room"):
        supervisor.go_through(
            [
                StartStage("tiny", (), lambda: supervisor.launch(a_part(home))),
                StartStage("room", (), fail),
                StartStage("never", ("tiny", "room"), lambda: pytest.fail("must not run")),
            ]
        )
    assert all_statuses(home) == []


def test_told_to_stop_while_starting_it_stops(home, supervisor):
    silent = Part("silent", "Silent", "", "", a_part(home).start, lambda: False, patience=600)
    told = threading.Timer(0.5, supervisor.told_to_stop.set)
    told.start()
    with pytest.raises(Stopped):
        supervisor.go_through([StartStage("silent", (), lambda: supervisor.launch(silent))])
    told.join()
    assert all_statuses(home) == []


def test_a_step_that_fails_says_its_last_line(supervisor):
    command = [sys.executable, "-c", "import sys; print('much'); sys.exit('no such table')"]
    with pytest.raises(CannotStart, match="no such table"):
        supervisor.run("tables", command, os.environ)


def test_what_a_killed_supervisor_left_is_ended_by_the_next(home):
    started = a_part(home).start()
    recorded = Recorded.of(started.pid)
    PartStatus("tiny", "Tiny", "running", "", "1", recorded.pid, recorded.started).save(home)
    left = recorded.session()
    assert end_what_is_left(home) == 1
    started.wait()
    assert not any(lives(each) for each in left)


def test_a_stranger_under_an_old_pid_is_left_alone(home):
    stranger = a_part(home, "stranger").start()
    long_ago = psutil.Process(stranger.pid).create_time() - 1000
    PartStatus("tiny", "Tiny", "running", "", "1", stranger.pid, long_ago).save(home)
    assert end_what_is_left(home) == 0
    assert stranger.poll() is None
    processes.end(Recorded.of(stranger.pid))
    stranger.wait()


def test_a_given_neighbour_is_shown_and_never_ended(home):
    told = show_given(home, "postgres", "PostgreSQL", "db.example.org/keyline")
    assert told == "PostgreSQL is the given one, db.example.org/keyline"
    assert shown(home, "postgres").state == "given"
    assert end_what_is_left(home) == 0
