"""How the worker has a flow run carried out in a warm process, and learns how it ended."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import uuid4

import anyio
import anyio.abc
from prefect.client.schemas.objects import FlowRun
from prefect.runner._control_channel import ControlChannel
from prefect.runner._process_manager import ProcessHandle
from prefect.settings import get_current_settings
from prefect.utilities.processutils import sanitize_subprocess_env

DATAGRAM = 1 << 20
_OURS = {"PREFECT__ENABLE_CANCELLATION_AND_CRASHED_HOOKS": "false"}


@dataclass(slots=True)
class WarmRun:
    """A flow run in a warm process; to Prefect it looks like a process of its own."""

    pid: int
    returncode: int | None = None


@dataclass(slots=True)
class EndsWithTheRun:
    """How such a run is ended: the process outlives it, so what is alive is the run."""

    run: WarmRun
    wait_after_graceful_kill: bool = True

    def is_alive(self, pid: int) -> bool:
        """Tell whether the run is still going on."""
        del pid
        return self.run.returncode is None

    def graceful_kill(self, pid: int) -> None:
        """Ask the run to end."""
        if self.run.returncode is None:
            os.kill(pid, signal.SIGTERM)

    def hard_kill(self, pid: int) -> None:
        """End the run with its process."""
        if self.run.returncode is None:
            os.killpg(pid, signal.SIGKILL)

    def close(self) -> None:
        """Let go of nothing: the process belongs to the zygote."""


@dataclass(slots=True)
class ForkHost:
    """The worker's end of the line to the zygote."""

    entrypoints: Sequence[str]
    prepare: str = ""
    spares: int = 1
    runs_each: int = 200
    died: asyncio.Event = field(default_factory=asyncio.Event)
    _mother: asyncio.subprocess.Process | None = None
    _line: socket.socket | None = None
    _started: dict[str, "asyncio.Future[int]"] = field(default_factory=dict)
    _ended: dict[str, "asyncio.Future[int]"] = field(default_factory=dict)

    async def start(self) -> None:
        """Start the zygote; she forks the first children by herself."""
        ours, hers = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(0)
        settings = get_current_settings().to_environment_variables(exclude_unset=True)
        words = {
            "entrypoints": list(self.entrypoints),
            "prepare": self.prepare,
            "spares": self.spares,
            "runs_each": self.runs_each,
            "control": hers.fileno(),
        }
        self._mother = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.orchestration.zygote",
            json.dumps(words),
            pass_fds=(hers.fileno(),),
            env={**os.environ, **sanitize_subprocess_env(settings), **_OURS},
        )
        hers.close()
        self._line = ours
        asyncio.get_running_loop().add_reader(ours.fileno(), self._hear)

    async def run(
        self, flow_run: FlowRun, entrypoint: str, env: dict[str, str]
    ) -> tuple[WarmRun, "asyncio.Future[int]"]:
        """Hand the flow run over; return when a process has taken it, with its end to wait for."""
        line = self._line
        if line is None or self.died.is_set():
            raise RuntimeError("There is no zygote to run it.")
        loop, job = asyncio.get_running_loop(), uuid4().hex
        started = self._started[job] = loop.create_future()
        ended = self._ended[job] = loop.create_future()
        words = {
            "id": job,
            "flow_run_id": str(flow_run.id),
            "entrypoint": entrypoint,
            "env": {**env, **_OURS, "PREFECT__FLOW_RUN_ID": str(flow_run.id)},
        }
        await loop.sock_sendall(line, json.dumps(words).encode())
        return WarmRun(await started), ended

    async def stop(self) -> None:
        """Let the zygote go: idle children end, those at work finish."""
        self.died.set()
        if self._line is not None:
            asyncio.get_running_loop().remove_reader(self._line.fileno())
            self._line.close()
        if self._mother is not None:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._mother.wait(), 5)

    def _hear(self) -> None:
        """Take in everything the zygote has said; her silence for ever is her death."""
        assert self._line is not None  # noqa: S101 - it is this line that is read
        while True:
            try:
                words = self._line.recv(DATAGRAM)
            except BlockingIOError:
                return
            except OSError:
                words = b""
            if not words:
                self._give_up()
                return
            said = json.loads(words)
            is_start = said["op"] == "started"
            awaited = (self._started if is_start else self._ended).pop(said["id"], None)
            if awaited is not None and not awaited.done():
                awaited.set_result(said["pid"] if is_start else said["rc"])

    def _give_up(self) -> None:
        assert self._line is not None  # noqa: S101 - it is this line that broke
        asyncio.get_running_loop().remove_reader(self._line.fileno())
        self.died.set()
        for awaited in (*self._started.values(), *self._ended.values()):
            if not awaited.done():
                awaited.set_exception(RuntimeError("The zygote died."))


@dataclass(frozen=True, slots=True)
class WarmStarter:
    """What Prefect's executor of flow runs calls to have one carried out."""

    host: ForkHost
    control: ControlChannel
    entrypoint: str

    async def start(
        self,
        flow_run: FlowRun,
        task_status: anyio.abc.TaskStatus[ProcessHandle] = anyio.TASK_STATUS_IGNORED,
    ) -> None:
        """Carry the flow run out, and return at its end."""
        env: dict[str, str] = {}
        with contextlib.suppress(RuntimeError):  # no control line: cancelling is by signal alone
            port, token = self.control.register(flow_run.id)
            env = {"PREFECT__CONTROL_PORT": str(port), "PREFECT__CONTROL_TOKEN": token}
        run, end = await self.host.run(flow_run, self.entrypoint, env)
        handle = ProcessHandle(cast(anyio.abc.Process, run), EndsWithTheRun(run))
        task_status.started(handle)
        run.returncode = await end
