"""The worker: wakes the cases that have work, claims their flow runs and hands them to threads.

The backlog is held in our record and in fair turns between partnerships; Prefect is told of no
more cases than there are free threads. Prefect is spoken to by its REST interface and its public
names only: what a dying process leaves is healed by the lease, the fencing token and the
reconciler.
"""

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import Protocol
from uuid import UUID

from prefect.client.schemas.objects import FlowRun

from services.domain.case_run import CaseRun
from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId, PartnershipId
from services.orchestration.deployment_registry import BEATS_EVERY, POOL
from services.orchestration.ended_runs import AttemptOfCase, attempt_of, call_cancelled, end_second
from services.orchestration.left_to_others import LEFT_FOR, LeftToOthers
from services.orchestration.prefect_client import PrefectClient
from services.orchestration.run_pool import CarriedRun, RunPool
from services.orchestration.turns import Turns

POLLS_EVERY = 10.0
LOOKS_AT_RUNS_EVERY = 2.0
CALLED_CANCELLED_AFTER = 4.0
STEP_TIME_LIMIT = 120.0
FINISHES_WITHIN = 10.0
_MOST_OFFERED = 20
_AHEAD = timedelta(seconds=1)

_log = logging.getLogger("keyline.worker")


class Cases(Protocol):
    """What the worker asks of the record; each may raise Unavailable."""

    def case_of(self, case_id: CaseId) -> CaseRun | None:
        """Return where the case is on its way."""
        ...

    def cases_of(self, case_ids: Collection[CaseId]) -> Iterable[CaseRun]:
        """Return where each of the cases is on its way, or the one that carries it."""
        ...

    def wake(self, case_id: CaseId) -> bool:
        """Have the case's run scheduled, if no other worker does; tell whether this one did."""
        ...


@dataclass(frozen=True, slots=True)
class Woken:
    """Whose case was woken, and whether it goes alone."""

    partnership_id: PartnershipId | None = None
    is_alone: bool = False


@dataclass(slots=True, kw_only=True)
class Worker:
    """One loop that finds work for a pool of threads.

    ``is_first`` tells the cases that this process carries before any other does. ``on_turn`` is
    called at each turn of the loop, ``on_resting`` with a case that was called and has nothing to
    do, and ``on_overdue`` with the cases whose piece of work has gone on longer than any may:
    nothing but the end of the process stops such a thread.
    """

    name: str
    client: PrefectClient
    cases: Cases
    pool: RunPool
    now: Callable[[], datetime]
    is_first: Callable[[CaseId], bool] = lambda _case_id: True
    on_turn: Callable[[], None] = lambda: None
    on_resting: Callable[[CaseId], None] = lambda _case_id: None
    on_overdue: Callable[[list[CaseId]], None] = lambda _cases: None
    step_time_limit: float = STEP_TIME_LIMIT
    is_over: Event = field(default_factory=Event)
    _called: Event = field(default_factory=Event)
    _heard: deque[CaseId] = field(default_factory=deque)
    _left: LeftToOthers = field(default_factory=LeftToOthers)
    _turns: Turns = field(default_factory=Turns)
    _suspects: Turns = field(default_factory=Turns)
    _woken: dict[CaseId, Woken] = field(default_factory=dict)
    _may_be_scheduled: bool = False
    _is_away: bool = False
    _next_poll: float = 0.0
    _next_beat: float = 0.0
    _next_look: float = 0.0

    def call(self, case_id: CaseId) -> None:
        """Have a case woken in its turn; from any thread."""
        self._heard.append(case_id)
        self._called.set()

    def hear(self, case_id: CaseId) -> None:
        """Have a case woken that every process hears of; another's only if that is late."""
        if self.is_first(case_id):
            self.call(case_id)
            return
        self._left.put(case_id)
        self._called.set()

    def drop(self, case_id: CaseId) -> None:
        """Forget a case that another process has carried to its rest; from any thread."""
        self._left.drop(case_id)

    def poll(self) -> None:
        """Have the worker look for scheduled runs; from any thread."""
        self._may_be_scheduled = True
        self._called.set()

    def stop(self) -> None:
        """Take no more work; from any thread, or a signal's handler."""
        self.is_over.set()
        self._called.set()

    def work(self) -> None:
        """Wake, claim and hand over until it is over; then let what runs come to its rest."""
        self.pool.on_free = self._called.set
        self.pool.start()
        with ThreadPoolExecutor(self.pool.threads, "wake") as wakers:
            while not self.is_over.is_set():
                self._called.wait(self._patience())
                self._called.clear()
                self.on_turn()
                self._turn(wakers)
        self.pool.stop(FINISHES_WITHIN)

    def _patience(self) -> float:
        if self._left and self.pool.room(is_alone=False):
            return LEFT_FOR
        return LOOKS_AT_RUNS_EVERY if self.pool.carried() else POLLS_EVERY

    def _turn(self, wakers: ThreadPoolExecutor) -> None:
        try:
            self._look_for_overdue()
            self._beat()
            self._take_in()
            self._fill_threads(wakers)
            if self._may_be_scheduled or monotonic() >= self._next_poll:
                self._claim()
            self._end_cancelled()
        except Unavailable as away:
            self._say_whether_away(type(away).__name__)
            self._may_be_scheduled = True
            self.is_over.wait(1)
            self._called.set()
        else:
            self._say_whether_away("")

    def _beat(self) -> None:
        """Let Prefect's page of the pool show a live worker."""
        if monotonic() < self._next_beat:
            return
        beat = {"name": self.name, "heartbeat_interval_seconds": int(BEATS_EVERY)}
        self.client.ask("POST", f"/work_pools/{POOL}/workers/heartbeat", beat)
        self._next_beat = monotonic() + BEATS_EVERY

    def _take_in(self) -> None:
        """Let the called cases that have work wait for their partnership's turn.

        What waits already is not asked about again; the record is asked when its turn comes. What
        was heard and could not be asked about stays to be asked about.
        """
        if not self._turns:
            self._heard.extend(self._left.take(self.pool.room(is_alone=False)))
        heard = list(self._heard)
        waiting = (self._turns, self._suspects)
        new = [one for one in dict.fromkeys(heard) if not any(one in each for each in waiting)]
        cases = self.cases.cases_of(new) if new else ()
        for _ in heard:
            self._heard.popleft()
        for case in cases:
            if case.is_leased:
                continue
            if not case.is_to_be_woken:
                self.on_resting(case.case_id)
                continue
            turns = self._suspects if case.is_suspect else self._turns
            turns.put(case.tenant_id, case.case_id)

    def _fill_threads(self, wakers: ThreadPoolExecutor) -> None:
        """Wake no more cases than there is room for, and claim them, as long as there are any.

        Cases that another worker has woken meanwhile are passed by. What was woken and is not
        offered is held back by its queue: nothing more is woken until something ends. Threads can
        end as quickly as they are filled, so what is heard meanwhile is taken in between: it may be
        another partnership's, whose turn is next.
        """
        while some := self._next_cases():
            if any(wakers.map(self._wake, some)) and not self._claim():
                return
            self._take_in()

    def _next_cases(self) -> list[CaseId]:
        carried = [one for one in self.pool.carried() if not one.is_alone]
        some = self._turns.take(
            self.pool.room(is_alone=False),
            in_hand=[one.partnership_id for one in carried if one.partnership_id],
            each=self.pool.threads_each,
        )
        suspects = self._suspects.take(self.pool.room(is_alone=True))
        self._woken = {one: Woken(owner, is_alone=False) for one, owner in some.items()}
        self._woken |= {one: Woken(owner, is_alone=True) for one, owner in suspects.items()}
        return list(self._woken)

    def _wake(self, case_id: CaseId) -> bool:
        try:
            return self.cases.wake(case_id)
        except Unavailable as away:
            _log.warning("Case %s is woken later: %s.", case_id, type(away).__name__)
            return False

    def _claim(self) -> bool:
        """Hand as many scheduled runs to threads as are free; tell whether there were any."""
        if not any(self.pool.room(is_alone=is_alone) for is_alone in (False, True)):
            return False
        wish = {"limit": _MOST_OFFERED, "scheduled_before": (self.now() + _AHEAD).isoformat()}
        path = f"/work_pools/{POOL}/get_scheduled_flow_runs"
        offered = [
            FlowRun.model_validate(each["flow_run"])
            for each in self.client.need("POST", path, wish)
        ]
        self._next_poll = monotonic() + POLLS_EVERY
        left = [run for run in offered if not self._hand_over(run)]
        self._may_be_scheduled = bool(left)
        return len(left) < len(offered)

    def _hand_over(self, run: FlowRun) -> bool:
        """Hand a run to a thread, or end what is none of ours; tell whether a thread took it."""
        attempt = attempt_of(run)
        woken = None if attempt is None else self._how_it_goes(attempt)
        if woken is None:
            end_second(self.client, run, self.cases.case_of)
            return False
        if not self.pool.carried():
            self._next_look = monotonic() + LOOKS_AT_RUNS_EVERY
        return self.pool.take(CarriedRun(run, woken.is_alone, woken.partnership_id))

    def _how_it_goes(self, attempt: AttemptOfCase) -> Woken | None:
        """Return how a run of ours goes; nothing where a later attempt carries its case."""
        if woken := self._woken.get(attempt.case_id):
            return woken
        case = self.cases.case_of(attempt.case_id)
        if case is None:
            return Woken()
        is_over = case.case_id == attempt.case_id and attempt.number < case.attempt
        return None if is_over else Woken(case.tenant_id, is_alone=case.is_suspect)

    def _look_for_overdue(self) -> None:
        overdue = [
            carried.case_id
            for carried in self.pool.carried()
            if carried.control.working_for() > self.step_time_limit
        ]
        if overdue:
            self.on_overdue(overdue)

    def _end_cancelled(self) -> None:
        """Have the runs that an operator cancels end; call them cancelled even if they linger."""
        carried = {one.run.id: one for one in self.pool.carried()}
        if not carried or monotonic() < self._next_look:
            return
        self._next_look = monotonic() + LOOKS_AT_RUNS_EVERY
        cancelling = {
            "id": {"any_": [str(run_id) for run_id in carried]},
            "state": {"type": {"any_": ["CANCELLING"]}},
        }
        for seen in self.client.need("POST", "/flow_runs/filter", {"flow_runs": cancelling}):
            one = carried[UUID(seen["id"])]
            one.control.end()
            if one.cancelling_since is None:
                one.cancelling_since = monotonic()
            elif monotonic() > one.cancelling_since + CALLED_CANCELLED_AFTER:
                call_cancelled(self.client, one.run.id)

    def _say_whether_away(self, what: str) -> None:
        if what and not self._is_away:
            _log.warning("The worker waits: %s.", what)
        elif self._is_away and not what:
            _log.info("The worker goes on.")
        self._is_away = bool(what)
