"""A plugin of pytest: for each guard a process of its own runs the tests that cite its rule.

Everything is imported and collected once. Each process is forked from there, switches its guard
off and stops at the first test that notices. `KEYLINE_GUARDS` names the file with the guards and
their tests, `KEYLINE_PROVED` the open file to which one line a guard is written.
"""

import json
import os
import signal
import time
import traceback
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from _pytest.runner import runtestprotocol

from deployments import CHECKOUT
from deployments.checks.proving import GUARDS, PROVED
from deployments.checks.switched_off import switch_off
from deployments.checks.switched_off_question import QUESTION, switch_off_question

AT_A_TIME: Final = 2
PATIENCE: Final = 300.0
NO_GUARD: Final = ""
NOTICED: Final = ("noticed", True)
PRODUCT: Final = CHECKOUT / "services"


@dataclass(frozen=True)
class GuardVerdict:
    """Which test noticed that a guard was off, or what broke before a test could."""

    number: int
    noticed: str = ""
    broken: str = ""
    said: str = ""


@dataclass
class Job:
    """A process: what it was asked, where it keeps its files, and since when it runs."""

    number: int
    folder: Path
    began: float = field(default_factory=time.monotonic)

    @property
    def answer(self) -> Path:
        """Return where its answer is read."""
        return self.folder / "verdict.json"


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the tests of each guard without it, and afterwards with it those that noticed."""
    guards = json.loads(Path(os.environ[GUARDS]).read_text())
    by_name = _by_name(session.items)
    plan = [(guard, _items(by_name, tests)) for guard, tests in guards]
    noticed: dict[int, str] = {}
    with os.fdopen(int(os.environ[PROVED]), "w") as told:
        for verdict in _run(plan):
            noticed |= {verdict.number: verdict.noticed} if verdict.noticed else {}
            print(json.dumps(asdict(verdict)), file=told, flush=True)
        for number in _fails_anyway(noticed, by_name):
            broken = f"{noticed[number]} fails with the guard on as well"
            print(json.dumps(asdict(GuardVerdict(number, broken=broken))), file=told, flush=True)
    return True


def _by_name(items: Sequence[pytest.Item]) -> Mapping[str, list[pytest.Item]]:
    """Return the tests by their own name, by that of their function, and by their file."""
    found: dict[str, list[pytest.Item]] = {}
    for item in items:
        function = item.nodeid.partition("[")[0]
        for name in {item.nodeid, function, function.partition("::")[0]}:
            found.setdefault(name, []).append(item)
    return found


def _items(by_name: Mapping[str, list[pytest.Item]], tests: Sequence[str]) -> list[pytest.Item]:
    return list(dict.fromkeys(item for test in tests for item in by_name.get(test, ())))


def _fails_anyway(noticed: Mapping[int, str], by_name: Mapping[str, list[pytest.Item]]) -> set[int]:
    """Return the guards whose test fails with every guard on: it proves nothing."""
    tests = list(dict.fromkeys(noticed.values()))
    plan = [(NO_GUARD, _items(by_name, [test])) for test in tests]
    red = {tests[verdict.number] for verdict in _run(plan) if verdict.noticed or verdict.broken}
    return {number for number, test in noticed.items() if test in red}


def _run(plan: Sequence[tuple[str, Sequence[pytest.Item]]]) -> Iterator[GuardVerdict]:
    """Yield what each guard comes to, a few of them at a time."""
    waiting, running = list(enumerate(plan)), dict[int, Job]()
    with TemporaryDirectory(prefix="keyline-proved-") as folder:
        while waiting or running:
            while waiting and len(running) < AT_A_TIME:
                number, (guard, items) = waiting.pop(0)
                job = Job(number, Path(folder, str(number)))
                job.folder.mkdir()
                running[_forked(job, guard, items)] = job
            yield from _ended(running)


def _ended(running: dict[int, Job]) -> Iterator[GuardVerdict]:
    time.sleep(0.02)
    for pid, job in list(running.items()):
        is_late = time.monotonic() - job.began > PATIENCE
        if is_late:
            os.killpg(pid, signal.SIGKILL)
        if os.waitpid(pid, 0 if is_late else os.WNOHANG)[0]:
            del running[pid]
            why = "it took too long" if is_late else "its process ended early"
            said = job.answer.read_text() if job.answer.exists() else ""
            yield GuardVerdict(**json.loads(said)) if said else GuardVerdict(job.number, broken=why)


def _forked(job: Job, guard: str, items: Sequence[pytest.Item]) -> int:
    """Return the process that answers for the guard; it ends without going on with the run."""
    if pid := os.fork():
        return pid
    try:
        os.setsid()
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(job.folder)
        verdict = _verdict(job.number, guard, items)
        job.answer.write_text(json.dumps(asdict(verdict)))
    except BaseException:  # noqa: BLE001 -- told as broken
        said = GuardVerdict(job.number, broken=traceback.format_exc(limit=-1))
        job.answer.write_text(json.dumps(asdict(said)))
    finally:
        os._exit(0)


def _verdict(number: int, guard: str, items: Sequence[pytest.Item]) -> GuardVerdict:
    if guard.startswith(QUESTION):
        switch_off_question(guard)
    elif guard:
        switch_off(guard)
    broken = "" if items else "none of its tests is there"
    for item, following in zip(items, [*items[1:], None], strict=False):
        for report in runtestprotocol(item, log=False, nextitem=following):
            if not report.failed:
                continue
            said = f"{report.when}: {_first_line(report)}"
            if NOTICED in report.user_properties:
                with suppress(Exception):  # ends the parts that were started for the tests
                    item.session._setupstate.teardown_exact(None)  # noqa: SLF001
                return GuardVerdict(number, noticed=item.nodeid, said=said)
            broken = broken or f"{item.nodeid} {said}"
    return GuardVerdict(number, broken=broken)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Mark a report of a test whose own assertion failed, or to which no refusal came."""
    report = yield
    if call.when == "call" and call.excinfo is not None and _is_own(call.excinfo):
        report.user_properties.append(NOTICED)
    return report


def _is_own(failure: pytest.ExceptionInfo[BaseException]) -> bool:
    """Tell whether a test says it: what breaks in the product, or in a set-up, shows no rule."""
    is_said = failure.errisinstance((AssertionError, pytest.fail.Exception))
    return is_said and not Path(failure.traceback[-1].path).is_relative_to(PRODUCT)


def _first_line(report: pytest.TestReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr).splitlines()[0]
