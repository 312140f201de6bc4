"""The worker is well while its parent and each of the processes that carry cases live."""

from pathlib import Path

import pytest

from deployments.worker import alive

WORKER = b"python\0-P\0-m\0deployments.worker\0"


@pytest.fixture
def processes(tmp_path: Path) -> Path:
    """A machine with a worker of two processes, its health check, and others."""
    programs = {
        "1": b"/sbin/init\0",
        "7": WORKER,
        "8": WORKER,
        "9": WORKER,
        "20": b"python\0-P\0-m\0deployments.worker.alive\0",
        "21": WORKER + b"a-flow-run\0a-lease\0",
    }
    for number, words in programs.items():
        (tmp_path / number).mkdir()
        (tmp_path / number / "cmdline").write_bytes(words)
    (tmp_path / "30").mkdir()  # it has just ended
    (tmp_path / "sys").mkdir()
    return tmp_path


def test_parent_and_both_processes_are_counted_and_nothing_else(processes: Path):
    assert alive.living(processes) == 3


def test_one_that_is_gone_is_missed(processes: Path):
    (processes / "9" / "cmdline").unlink()
    assert alive.living(processes) == 2


def test_without_a_worker_it_says_so(monkeypatch):
    monkeypatch.setenv("KEYLINE_WORKER_PROCESSES", "100000")
    assert alive.main() == 1
