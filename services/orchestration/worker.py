"""The worker that carries cases: Prefect's own in every respect but two, warmth and waking.

Flow runs are carried out in processes that have everything imported already, and a case's wake
makes the worker look at once instead of at its next poll, which stays as the safety net.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import anyio
import anyio.abc
import anyio.to_thread
import httpx
from prefect.client.schemas.objects import FlowRun, State
from prefect.client.schemas.responses import WorkerFlowRunResponse
from prefect.exceptions import PrefectHTTPStatusError
from prefect.runner._flow_run_executor import FlowRunExecutionResult, FlowRunExecutorContext
from prefect.runner._process_manager import ProcessHandle
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker, ProcessWorkerResult

from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId
from services.orchestration.children import ForkHost, WarmStarter
from services.orchestration.deployment_registry import ENTRYPOINT, POOL, POOL_TYPE
from services.orchestration.pg_listener import listen

FINISHES_WITHIN = 10.0

_log = logging.getLogger("keyline.worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmth:
    """What a warm worker needs to know besides Prefect's address."""

    listens_to: str
    wake: Callable[[CaseId], bool]
    notice: Callable[[CaseId | None], None] = lambda _case_id: None
    entrypoint: str = ENTRYPOINT
    prepare: str = "tasks.environment:prepare"
    at_once: int = 4
    spares: int = 1


@dataclass(slots=True)
class Wakes:
    """The cases that are to be woken: each once, however often it was called meanwhile."""

    called: asyncio.Event = field(default_factory=asyncio.Event)
    _cases: dict[CaseId, None] = field(default_factory=dict)

    def call(self, case_id: CaseId) -> None:
        """Ask for the case to be woken."""
        self._cases[case_id] = None
        self.called.set()

    def all(self) -> list[CaseId]:
        """Take every case that was called since the last time."""
        self.called.clear()
        cases, self._cases = list(self._cases), {}
        return cases


class NoHooks:
    """The flow has no hooks, so the worker need not load it when a run is cancelled or crashes."""

    async def run_cancellation_hooks(self, flow_run: FlowRun, state: State) -> None:
        """Do nothing."""

    async def run_crashed_hooks(self, flow_run: FlowRun, state: State) -> None:
        """Do nothing."""


class WarmWorker(ProcessWorker):
    """Carries flow runs out in warm processes, and wakes them when an act says so."""

    type = POOL_TYPE
    _display_name = "Warm"
    _description = "Carries cases in processes that are ready, woken by the record."

    def __init__(self, warmth: Warmth, name: str | None = None) -> None:
        super().__init__(work_pool_name=POOL, name=name, limit=warmth.at_once)
        self._warmth = warmth
        self._wakes = Wakes()
        self._busy: dict[UUID, anyio.Event] = {}
        self._is_full = False
        self._is_leaving = False

    async def setup(self) -> None:
        """Start the zygote and begin to listen."""
        await super().setup()
        warmth = self._warmth
        self._host = ForkHost([warmth.entrypoint], warmth.prepare, warmth.spares)
        await self._host.start()
        self._context = FlowRunExecutorContext()
        await self._context.__aenter__()
        self._standing_by = [
            asyncio.create_task(listen(warmth.listens_to, self._hear)),
            asyncio.create_task(self._wake_for_ever()),
        ]
        assert self._runs_task_group is not None  # noqa: S101 - made by Prefect's own setup
        self._runs_task_group.start_soon(self._stand_by)

    async def teardown(self, *exc_info: object) -> None:
        """Stop listening, let what runs finish, and leave as Prefect's workers leave."""
        self._is_leaving = True
        for standing_by in self._standing_by:
            standing_by.cancel()
        await asyncio.gather(*self._standing_by, return_exceptions=True)
        with anyio.move_on_after(FINISHES_WITHIN, shield=True):
            for gone in list(self._busy.values()):
                await gone.wait()
        await self._context.__aexit__(None, None, None)
        await self._host.stop()
        await super().teardown(*exc_info)

    async def run(
        self,
        flow_run: FlowRun,
        configuration: ProcessJobConfiguration | None = None,
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> ProcessWorkerResult:
        """Carry one flow run out in a warm process, under Prefect's own executor."""
        del configuration
        starter = WarmStarter(self._host, self._context.control_channel, self._warmth.entrypoint)
        executor = self._context.create_executor(
            flow_run, starter, hook_runner=NoHooks(), propose_submitting=False
        )
        ends: list[FlowRunExecutionResult | None] = []

        async def carry_out(
            *, task_status: anyio.abc.TaskStatus[ProcessHandle] = anyio.TASK_STATUS_IGNORED
        ) -> None:
            ends.append(await executor.submit(task_status=task_status))

        gone = self._busy[flow_run.id] = anyio.Event()
        try:
            async with anyio.create_task_group() as group:
                handle = await group.start(carry_out)
                (task_status or anyio.TASK_STATUS_IGNORED).started(handle.pid)
        finally:
            del self._busy[flow_run.id]
            gone.set()
        end = ends[0] if ends else None
        status = end.status_code if end and end.status_code is not None else 1
        return ProcessWorkerResult(status_code=status, identifier=str(handle.pid))

    async def _submit_scheduled_flow_runs(
        self, flow_run_response: list[WorkerFlowRunResponse]
    ) -> list[FlowRun]:
        """Claim what is scheduled, but no run whose last process is still leaving."""
        free = [each for each in flow_run_response if each.flow_run.id not in self._busy]
        claimed = await super()._submit_scheduled_flow_runs(free)
        self._is_full = len(claimed) < len(flow_run_response)
        return claimed

    async def _submit_run(self, flow_run: FlowRun) -> None:
        """Claim the run (to make it Pending is the server's mutex) and start it: no more calls."""
        try:
            if await self._propose_pending_state(flow_run):
                assert self._runs_task_group is not None  # noqa: S101 - made in setup
                pid = await self._runs_task_group.start(self._carry_out_and_make_room, flow_run)
                await self.client.update_flow_run(
                    flow_run.id, infrastructure_pid=f"{socket.gethostname()}:{pid}"
                )
            else:
                self._release_limit_slot(flow_run.id)
        except (httpx.HTTPError, PrefectHTTPStatusError, RuntimeError) as error:
            _log.warning("Run %s was not started: %s.", flow_run.id, type(error).__name__)
            self._release_limit_slot(flow_run.id)
        finally:
            self._submitting_flow_run_ids.discard(flow_run.id)
            if self._cancelling_observer is not None:
                self._cancelling_observer.remove_in_flight_flow_run_id(flow_run.id)

    async def _carry_out_and_make_room(
        self,
        flow_run: FlowRun,
        *,
        task_status: anyio.abc.TaskStatus[int] = anyio.TASK_STATUS_IGNORED,
    ) -> None:
        try:
            await self.run(flow_run, None, task_status)
        except* (httpx.HTTPError, PrefectHTTPStatusError, RuntimeError) as errors:
            kinds = ", ".join(type(one).__name__ for one in errors.exceptions)
            _log.warning("Run %s was lost sight of: %s.", flow_run.id, kinds)
        finally:
            self._release_limit_slot(flow_run.id)
            if self._is_full:
                self._wakes.called.set()

    def _hear(self, case_id: CaseId | None) -> None:
        """Take in what was heard; it must not take time, for the next word is waiting."""
        if case_id is not None:
            self._wakes.call(case_id)
        self._warmth.notice(case_id)

    async def _wake_for_ever(self) -> None:
        """Wake the cases that were called, then claim once for all of them."""
        while True:
            await self._wakes.called.wait()
            cases = self._wakes.all()
            try:
                gone_on = await asyncio.gather(*map(self._wake, cases))
                if any(gone_on) or not cases:
                    await self.get_and_submit_flow_runs()
            except (httpx.HTTPError, PrefectHTTPStatusError) as error:
                _log.warning("Prefect is away (%s); the poll goes on.", type(error).__name__)

    async def _wake(self, case_id: CaseId) -> bool:
        try:
            return await anyio.to_thread.run_sync(self._warmth.wake, case_id)
        except Unavailable as away:
            _log.warning("Case %s is woken later: %s.", case_id, type(away).__name__)
            return False

    async def _stand_by(self) -> None:
        """End this worker when its zygote or its ear fails: whoever runs it starts another."""
        died = asyncio.create_task(self._host.died.wait())
        await asyncio.wait([died, *self._standing_by], return_when=asyncio.FIRST_COMPLETED)
        died.cancel()
        if not self._is_leaving:
            raise RuntimeError("The zygote or the listening ended.")
