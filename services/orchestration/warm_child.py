"""The life of one warm process: a flow run in, a status out, until it has run enough of them."""

import json
import logging
import os
import signal
import socket
from importlib import import_module
from typing import Any
from uuid import UUID

import httpx
from prefect._internal import control_listener
from prefect.client.orchestration import get_client
from prefect.engine import handle_engine_signals
from prefect.events.worker import EventsWorker
from prefect.flow_engine import run_flow
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

DATAGRAM = 1 << 20

_log = logging.getLogger("keyline.warm_child")


def live(link: socket.socket, flows: dict[str, Any], prepare: str, runs: int) -> int:
    """Run flow runs one after another, as they come, and return the last status.

    Prefect's own heartbeat is off: the lease in our database takes its place, and the thread
    would keep every run waiting for up to a second at its end.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(-1)
    code = 0
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        _warm_up(prepare)
        link.send(b'{"ready": true}')
        own_environment = dict(os.environ)
        for _ in range(runs):
            words = link.recv(DATAGRAM)
            if not words:
                break
            job = json.loads(words)
            os.environ.clear()
            os.environ.update(own_environment | job["env"])
            code, may_go_on = _run(job, flows)
            done = {"done": job["id"], "rc": code, "bye": not may_go_on}
            link.send(json.dumps(done).encode())
            if not may_go_on:
                break
        _say_the_last_words()
    return code


def _warm_up(prepare: str) -> None:
    """Pay for connections before the first run comes; a server that is away is met later."""
    if prepare:
        module, _, name = prepare.partition(":")
        getattr(import_module(module), name)()
    try:
        with get_client(sync_client=True) as client:
            client.hello()
    except (httpx.HTTPError, OSError):
        _log.info("Prefect is away; this process is ready all the same.")
        return
    EventsWorker.instance()


def _run(job: dict[str, Any], flows: dict[str, Any]) -> tuple[int, bool]:
    """Run one flow run as Prefect's own engine would; return its status, and if life goes on."""
    control_listener.stop()
    control_listener.clear_intent()
    control_listener.configure_from_env()
    flow_run_id = UUID(job["flow_run_id"])
    try:
        with handle_engine_signals(flow_run_id):
            with get_client(sync_client=True) as client:
                flow_run = client.read_flow_run(flow_run_id)
            run_flow(flows[job["entrypoint"]], flow_run=flow_run)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        return code, control_listener.get_intent() is None
    except BaseException as end:  # noqa: BLE001 - a signal ends the process, with its status
        _log.warning("A flow run was ended by %s.", type(end).__name__)
        return 128 + signal.SIGTERM, False
    return 0, control_listener.get_intent() is None


def _say_the_last_words() -> None:
    """Send what is still in the queues of logs and events, and wait no longer than that takes."""
    for speaker in (APILogWorker, EventsWorker):
        speaker.drain_all(timeout=5)
