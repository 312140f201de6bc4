"""`./keyline rules --prove`: each guard is off in turn, and a test that cites its rule fails.

A test cites a rule that it names: in its docstring, its parameters or a comment; where no function
of a file does and the file does, all tests of the file are taken.
"""

import ast
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from deployments import CHECKOUT
from deployments.checks.switched_off import GUARD
from deployments.local import temporary
from deployments.rules.coverage import Coverage
from services.domain.rule_keeping import RuleKeeping

AN_ID: Final = re.compile(r"\b(?:[A-Z]+-\d{2}|[KG]\d{1,2}b?)\b")
TESTS_FAILED, NO_TESTS = 1, 5
SERVER: Final = "TEST_DATABASE_URL"


class GuardResult(Enum):
    """What became of the tests that cite a rule, with its guard switched off."""

    PROVEN = "proven"
    SURVIVED = "survived"
    BROKEN = "broken"
    UNCITED = "uncited"


@dataclass(frozen=True, slots=True)
class Proved:
    """One rule, one guard that keeps it, and whether a test noticed that it was off."""

    rule: str
    guard: str
    result: GuardResult

    def __str__(self) -> str:
        return f"{self.rule} {self.result.value}: {self.guard}"


def prove(every: Sequence[Coverage], only: str = "") -> Iterator[Proved]:
    """Yield what each guard of the rules that code keeps comes to, or those of one rule."""
    kept = [each for each in every if each.how is RuleKeeping.CODE and only in {"", each.id}]
    cited = citing_tests(CHECKOUT / "tests")
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="keyline-")))
        server = os.environ.get(SERVER) or running.enter_context(temporary.postgres(folder)).url()
        for each in kept:
            for guard in each.where:
                tests = each.tests or cited.get(each.id, ())
                yield Proved(each.id, guard, _result(guard, tests, {SERVER: server}))


def citing_tests(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return for each id the tests that cite it, as pytest names them."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        source = path.read_text("utf-8")
        own = list(_citations(path, source))
        of_functions = {id_ for id_, _ in own}
        whole = (id_ for id_ in dict.fromkeys(AN_ID.findall(source)) if id_ not in of_functions)
        for id_, test in [*own, *((id_, _named(path)) for id_ in whole)]:
            found.setdefault(id_, []).append(test)
    return {id_: tuple(dict.fromkeys(tests)) for id_, tests in found.items()}


def _citations(path: Path, source: str) -> Iterator[tuple[str, str]]:
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            said = "\n".join(lines[first - 1 : node.end_lineno])
            for id_ in dict.fromkeys(AN_ID.findall(said)):
                yield id_, f"{_named(path)}::{node.name}"


def _named(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def _result(guard: str, tests: Sequence[str], settings: Mapping[str, str]) -> GuardResult:
    """Run the tests without the guard, until the first of them fails."""
    if not tests:
        return GuardResult.UNCITED
    plugin = ("-p", "deployments.checks.switched_off", "-p", "no:cacheprovider")
    done = subprocess.run(  # noqa: S603 -- our own tests, with our own interpreter
        [sys.executable, "-m", "pytest", "-x", "-q", *plugin, *tests],
        cwd=CHECKOUT,
        env={**os.environ, **settings, GUARD: guard, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == TESTS_FAILED:
        return GuardResult.PROVEN
    return GuardResult.SURVIVED if done.returncode in {0, NO_TESTS} else GuardResult.BROKEN
