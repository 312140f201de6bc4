"""`./keyline rules --prove`: each guard is off in turn, and a test that cites its rule fails.

Only a test whose own assertion fails, or to which an expected refusal does not come, has noticed
it; a set-up that breaks proves nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Any, Final
from uuid import uuid4

from deployments import CHECKOUT
from deployments.checks.citations import citing_tests, turn
from deployments.checks.switched_off_question import QUESTION
from deployments.local import temporary
from deployments.rules.coverage import Coverage
from services.domain.errors import Unavailable
from services.domain.rule_keeping import RuleKeeping

NO_TESTS: Final = 5
SERVER: Final = "TEST_DATABASE_URL"
TEMPLATE: Final = "TEST_DATABASE_TEMPLATE"
OF_QUESTIONS: Final = (
    "tests/architecture/test_rules_kept.py::test_a_form_does_not_go_on_without_the_answer[{}]"
)
# Read by `deployments.checks.proving_run`, which is imported by pytest alone.
GUARDS: Final = "KEYLINE_GUARDS"
PROVED: Final = "KEYLINE_PROVED"
# These databases are thrown away: what one would lose in a power cut is not waited for.
QUICK: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class GuardResult(Enum):
    """What became of the tests that cite a rule, with its guard switched off."""

    PROVEN = "proven"
    SURVIVED = "survived"
    BROKEN = "broken"
    UNCITED = "uncited"


@dataclass(frozen=True, slots=True)
class Proved:
    """One rule, one guard that keeps it, and what its tests say when it is off."""

    rule: str
    guard: str
    result: GuardResult
    why: str = ""

    def __str__(self) -> str:
        why = f" ({self.why})" if self.why else ""
        return f"{self.rule} {self.result.value}: {self.guard}{why}"


def prove(every: Sequence[Coverage], only: Collection[str] = ()) -> Iterator[Proved]:
    """Yield what each guard of the rules that code or forms keep comes to, or of those rules.

    A guard comes twice where its test turns out to fail with the guard on: the last word counts.
    """
    cited = citing_tests(CHECKOUT / "tests")
    many = Counter(test for tests in cited.values() for test in tests)
    asked = [
        (each.id, guard, sorted(tests, key=lambda test: turn(guard, test, many)))
        for each in every
        if each.id in only or not only
        for guard, tests in _guards(each, cited.get(each.id, ()))
    ]
    yield from (Proved(id_, guard, GuardResult.UNCITED) for id_, guard, tests in asked if not tests)
    with_tests = [one for one in asked if one[2]]
    for verdict in _verdicts([(guard, tests) for _, guard, tests in with_tests]):
        id_, guard, _ = with_tests[verdict["number"]]
        yield Proved(id_, guard, *_said_of(verdict))


def _guards(each: Coverage, cited: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what keeps a rule, code or a question, each with the tests that are to notice it."""
    for place in each.where:
        if each.how is RuleKeeping.CODE:
            yield place, each.tests or cited
        elif each.how is RuleKeeping.FORM:
            yield f"{QUESTION}{place}", [OF_QUESTIONS.format(place)]


def _said_of(verdict: Mapping[str, str]) -> tuple[GuardResult, str]:
    if verdict["noticed"]:
        return GuardResult.PROVEN, f"{verdict['noticed']} {verdict['said']}"
    if verdict["broken"]:
        return GuardResult.BROKEN, verdict["broken"]
    return GuardResult.SURVIVED, ""


def _verdicts(guards: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Mapping[str, Any]]:
    """Yield what the run says of each guard; Unavailable where its tests cannot be collected."""
    if not guards:
        return
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="keyline-")))
        server = os.environ.get(SERVER)
        server = server or running.enter_context(temporary.postgres(folder, QUICK)).url()
        plan, log = folder / "guards.json", folder / "pytest.log"
        plan.write_text(json.dumps(guards))
        read, write = os.pipe()
        settings = {SERVER: server, GUARDS: str(plan), PROVED: str(write)}
        files = sorted({test.partition("::")[0] for _, tests in guards for test in tests})
        run = _pytest(files, settings, write, running.enter_context(log.open("w")))
        running.callback(run.terminate)
        os.close(write)
        with os.fdopen(read) as told:
            yield from map(json.loads, told)
        if run.wait() not in {0, NO_TESTS}:
            raise Unavailable(f"The tests did not run: {log.read_text()[-2000:]}")


def _pytest(
    files: Sequence[str], settings: Mapping[str, str], write: int, log: IO[str]
) -> "subprocess.Popen[bytes]":
    """Start the run of the guards, which writes to this pipe."""
    plugin = ("-p", "deployments.checks.proving_run", "-p", "no:cacheprovider")
    paths = {"PYTHONPATH": str(CHECKOUT), TEMPLATE: f"template_{uuid4().hex[:12]}"}
    return subprocess.Popen(  # noqa: S603 -- our own tests, with our own interpreter
        [sys.executable, "-m", "pytest", "-q", *plugin, *files],
        cwd=CHECKOUT,
        env={**os.environ, **settings, **paths},
        stdout=log,
        stderr=subprocess.STDOUT,
        pass_fds=[write],
    )
