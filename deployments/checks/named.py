"""The whole checks by name: what is run, in parts, before an issue is called resolved."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from deployments import CHECKOUT
from deployments.checks import turns
from deployments.rules.coverage import read
from services.domain.errors import Unavailable
from services.domain.rule_keeping import RuleKeeping

Parts = Mapping[str, tuple[str, ...]]
PYTHON: Final = ("python", "-P", "-m")
KEYLINE: Final = (*PYTHON, "deployments")
LOOKS: Final = (*PYTHON, "tests.looks")
IN_CHROMIUM: Final = (*PYTHON, "tests.in_chromium")
MUTATIONS: Final = "tests/database/test_isolation_mutations.py"
QUARTERS: Final = 4  # of all forms: a part of the check that was broken off is done again whole
POOLED: Final = "tests/database/test_behind_pooler.py"
API_PARTS: Final = 6
# Each is a part of its own.
ALONE: Final = ("--ignore", MUTATIONS, "--ignore", POOLED)
PROVED_BY_TESTS: Final = {RuleKeeping.CODE, RuleKeeping.FORM}
MATRICES: Final = (
    "tests/casework/test_matrix.py",
    "tests/casework/test_matrix_joint.py",
    "tests/web/test_matrix.py",
    "tests/web/test_matrix_joint.py",
    "tests/web/test_partnerships_apart.py",
    "tests/web/test_foreign_addresses.py",
)


@dataclass(frozen=True)
class Check:
    """A check: what it shows, the command of each part, and those that need a running platform."""

    title: str
    parts: Callable[[], Parts] = dict
    on_a_platform: Callable[[], Parts] = dict


def _suite() -> Parts:
    return {"test": (*KEYLINE, "test")}


def _fresh_clone() -> Parts:
    return {"clone": (*PYTHON, "deployments.checks.fresh_clone")}


def _journeys() -> Parts:
    return {**_branches(), **_in_chromium()}


def _branches() -> Parts:
    branches = _listed((*KEYLINE, "journey", "--list"))
    return {branch: (*KEYLINE, "journey", "--branch", branch) for branch in branches}


def _in_chromium() -> Parts:
    ways = (way.split(":") for way in _listed((*IN_CHROMIUM, "--list")))
    return {f"{name}, {mode}": (*IN_CHROMIUM, name, mode) for name, mode in ways}


def _listed(command: tuple[str, ...]) -> list[str]:
    """Return what the command lists: the product does not import the acceptance run."""
    listed = subprocess.run(  # noqa: S603 -- the command is our own
        [sys.executable, *command[1:]],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        raise Unavailable(f"The journeys cannot be listed: {listed.stderr.strip()}")
    return listed.stdout.split()


def _chaos() -> Parts:
    return {
        "journey": (*KEYLINE, "journey", "--chaos"),
        "operations": (*KEYLINE, "journey", "operations"),
    }


def _isolation() -> Parts:
    return {
        "lint": (*PYTHON, "deployments.checks.isolation"),
        "break-it list": ("pytest", "-q", "tests/database", *ALONE),
        "pooler": (*PYTHON, "deployments.checks.isolation.pooler"),
        "matrix": ("pytest", "-q", "--whole", *MATRICES),
        "mutations": ("pytest", "-q", "--whole", MUTATIONS),
        "canaries, short": ("pytest", "-q", "tests/canary"),
    }


def _canaries() -> Parts:
    return {"canaries, whole": (*PYTHON, "tests.canary")}


def _pages() -> Parts:
    looks = {part: (*LOOKS, *command[len(KEYLINE) + 1 :]) for part, command in _branches().items()}
    return {**looks, "newcomer": (*LOOKS, "newcomer")}


def _bad_input() -> Parts:
    command = ("pytest", "-q", "--whole", "tests/bad_input", "tests/web/test_bad_input.py")
    return {"forms": command}


def _api() -> Parts:
    at_length = "tests/web/test_api_described.py::test_every_operation_at_length"
    return {
        f"part {one + 1}": ("pytest", "-q", "-s", "--whole", f"{at_length}[{one}]")
        for one in range(API_PARTS)
    }


def _typed() -> Parts:
    command = ("pytest", "-q", "--whole", "tests/typed")
    return {f"part {one} of {QUARTERS}": (*command, turns.OPTION, str(one)) for one in _quarters()}


def _quarters() -> range:
    return range(1, QUARTERS + 1)


def _long_tests() -> Parts:
    return {
        "tests": ("pytest", "-q", "--whole", "-m", "whole"),
        "crashes": ("pytest", "-q", "--whole", "tests/casework/test_works_after_a_crash.py"),
        **{f"turn {one}": _turn(one) for one in range(1, turns.TURNS + 1)},
    }


def _turn(turn: int) -> tuple[str, ...]:
    """Return what does one turn; all rows have had theirs when half of the turns are done."""
    which = "in_turns" if turn <= turns.OF_ROWS else "in_turns and not rows"
    return ("pytest", "-q", "-n", "logical", "-m", which, turns.OPTION, str(turn))


def _rules() -> Parts:
    kept = dict.fromkeys(each.family for each in read() if each.how in PROVED_BY_TESTS)
    return {family: (*KEYLINE, "rules", "--prove", "--family", family) for family in kept}


def _acts() -> Parts:
    return {"acts": (*PYTHON, "deployments.benchmarks.acts")}


def _rows() -> Parts:
    return {"rows": (*PYTHON, "deployments.benchmarks.row_security")}


def _wakes() -> Parts:
    return {"wakes": (*PYTHON, "deployments.benchmarks.wakes")}


CHECKS: Final[Mapping[str, Check]] = {
    "suite": Check("Everything that CI runs.", _suite),
    "fresh-clone": Check("The same in a clone of what is committed.", _fresh_clone),
    "journeys": Check(
        "Every branch of the guidance through the pages; people's own ways in Chromium.",
        on_a_platform=_journeys,
    ),
    "chaos": Check(
        "The main branch, with parts killed on the way; each part broken in turn.",
        on_a_platform=_chaos,
    ),
    "isolation": Check(
        "Partnerships kept apart: lint, attempts to break in, matrix, mutations, canaries.",
        _isolation,
        on_a_platform=_canaries,
    ),
    "rules": Check("Each guard of a rule off in turn: a test that cites the rule fails.", _rules),
    "pages": Check(
        "Every page that the journeys see, at two widths in Chromium, by axe.",
        on_a_platform=_pages,
    ),
    "bad-input": Check("Every row of bad input in every field of every form.", _bad_input),
    "api": Check("Every operation of the API, sent what it describes and what it does not.", _api),
    "typed": Check(
        "In every form: session lost, saved, sent twice, gone back, two people; nothing lost.",
        _typed,
    ),
    "long-tests": Check("The tests of which the suite runs a short form only.", _long_tests),
    "bench-acts": Check("What an act costs, against two bare commits.", _acts),
    "bench-rows": Check("What keeping partnerships apart costs on a million rows.", _rows),
    "bench-wakes": Check("How soon a case is carried on.", on_a_platform=_wakes),
}
