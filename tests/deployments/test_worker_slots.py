"""A worker keeps a process in each slot, starts it again when it ends, and stops as one."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import os, signal, sys, time
from deployments.worker.slots import Slots

def work(slot):
    os.write(1, f"{slot} {os.getpid()}\\n".encode())  # at one go: two processes write
    if slot == "young":
        sys.exit(3)
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
    while not stopped:
        time.sleep(0.02)
    os.write(1, f"{slot} stopped\\n".encode())

sys.exit(Slots(sys.argv[1:], work, longest_pause=0.2).keep())
"""


@pytest.fixture
def start():
    started = []

    def start(*slots):
        command = [sys.executable, "-c", PROGRAM, *slots]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def said(process):
    slot, _, what = process.stdout.readline().strip().partition(" ")
    return slot, what


def test_each_slot_has_a_process_that_is_started_again_under_the_same_name(start):
    worker = start("1", "2")
    first = dict([said(worker), said(worker)])
    assert set(first) == {"1", "2"}
    os.kill(int(first["2"]), signal.SIGKILL)
    slot, pid = said(worker)
    assert slot == "2"
    assert pid != first["2"]


def test_told_to_stop_it_stops_every_process_and_ends_well(start):
    worker = start("1", "2")
    said(worker), said(worker)
    time.sleep(0.2)
    worker.terminate()
    assert {said(worker), said(worker)} == {("1", "stopped"), ("2", "stopped")}
    assert worker.wait(10) == 0


def test_the_processes_stop_when_the_worker_is_killed(start):
    worker = start("1")
    said(worker)
    time.sleep(0.2)
    worker.kill()
    assert said(worker) == ("1", "stopped")


def test_when_processes_only_die_young_the_worker_ends(start):
    worker = start("young")
    assert worker.wait(60) == 70
    assert len(worker.stdout.read().splitlines()) == 5
