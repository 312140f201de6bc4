"""How a guard is switched off: in its own module, for one run of its tests, and noticed."""

import ast
import json
import os
import re
import subprocess
import sys
import textwrap
from datetime import date
from enum import StrEnum
from types import ModuleType

import pytest

from deployments import CHECKOUT
from deployments.checks.citations import citing_tests
from deployments.checks.proving import GUARDS, PROVED
from deployments.checks.switched_off import otherwise, split, switch_off_in, without


def run(source: str, *name: str, part: str = "") -> dict:
    """Return what the source defines with this guard switched off, after it was defined."""
    module = ModuleType("planted")
    said = textwrap.dedent(source)
    exec(compile(said, "planted", "exec"), module.__dict__)  # noqa: S102 -- source of this test
    switch_off_in(module, said, name, part)
    return module.__dict__


ACT = """
    def act(case, told):
        if case.late:
            raise ValueError("too late")
        if case.early:
            raise ValueError("too early")
        case.done, case.day = True, 3
        told.append("a call")
        told.append("another")
        return case
"""


class Case:
    late = True
    early = False


def test_a_refusal_is_let_through_and_what_follows_is_left_out():
    told: list[str] = []
    case = run(ACT, "act")["act"](Case(), told)
    assert (told, hasattr(case, "done")) == ([], False)


def test_one_call_of_an_act_is_left_out_and_the_rest_is_done():
    told: list[str] = []
    there = run(ACT, "act", part='told.append("a call")')
    with pytest.raises(ValueError, match="too late"):
        there["act"](Case(), told)
    Case.late = False
    case = there["act"](Case(), told)
    assert (told, case.done, case.day) == (["another"], True, 3)


def test_one_refusal_of_an_act_is_let_through():
    there = run(ACT, "act", part='ValueError("too late")')
    case = Case()
    case.late = True
    assert there["act"](case, []).done
    case.early = True
    with pytest.raises(ValueError, match="too early"):
        there["act"](case, [])


def test_the_change_of_one_field_is_left_out():
    case = Case()
    case.late = False
    changed = run(ACT, "act", part="case.done")["act"](case, [])
    assert (hasattr(changed, "done"), changed.day) == (False, 3)


def test_a_call_whose_answer_is_used_answers_otherwise():
    source = """
        def owed(case):
            return bool(case)

        def act(case):
            return "owed" if owed(case) else "not owed"
    """
    assert run(source, "act", part="owed")["act"](1) == "not owed"


def test_a_part_that_is_not_there_is_said():
    with pytest.raises(LookupError, match="holds no"):
        run(ACT, "act", part='told.append("a third")')


def test_what_only_answers_answers_otherwise():
    there = run(
        """
        class Calendar:
            def counts(self, day):
                return True
        """,
        "Calendar",
        "counts",
    )
    assert there["Calendar"]().counts(None) is False


def test_who_has_imported_a_decorated_function_goes_on_with_what_is_switched_off():
    there = run(
        """
        from functools import cache

        @cache
        def answer():
            return True

        imported = answer

        class Case:
            @property
            def late(self):
                return imported()
        """,
        "answer",
    )
    assert there["Case"]().late is False


def test_a_table_gives_each_line_what_all_have():
    there = run('MAY: dict = {"a": frozenset("x"), "b": frozenset("y")}\nimported = MAY', "MAY")
    assert there["imported"] == {"a": frozenset("xy"), "b": frozenset("xy")}


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize(
    ("answer", "other"),
    [
        (True, False),
        (3, 4),
        (date(2026, 1, 1), date(2026, 1, 2)),
        (Colour.RED, Colour.BLUE),
        ("so", ""),
        ((1, 2), ()),
        ({"a": 1, "b": 2}, {"a": 2, "b": 1}),
        ({"a": 1}, {}),
        (object(), None),
    ],
)
def test_another_answer_is_of_the_same_kind(answer, other):
    assert otherwise(answer) == other


def test_a_guard_that_is_not_there_is_said():
    with pytest.raises(LookupError):
        without(ast.parse("x = 1"), ["y"])


def test_a_guard_is_found_in_its_module():
    found = split("services.domain.working_days.Calendar.is_working_day")
    assert found == ("services.domain.working_days", ("Calendar", "is_working_day"))


def test_a_test_cites_what_its_own_text_names():
    cited = citing_tests(CHECKOUT / "tests")
    here = "tests/casework/test_submission.py"
    named = f"{here}::test_the_record_and_the_letter_exist_before_they_are_sent"
    assert named in cited["RR-49"]
    assert named not in cited["RR-35"]


PLANTED = """
import pytest
from services.domain.duty import lacks_cover

@pytest.fixture
def covered():
    assert not lacks_cover(2)

def test_that_notices():
    assert lacks_cover(1)

def test_to_which_no_refusal_comes():
    with pytest.raises(ValueError):
        if lacks_cover(1):
            raise ValueError

def test_that_is_blind():
    assert lacks_cover(1) in {True, False}

def test_whose_set_up_breaks(covered):
    assert lacks_cover(1)

def test_that_breaks_before_it_looks():
    assert 1 / lacks_cover(1) == 1

def test_that_is_red_anyway():
    assert lacks_cover(2) is None
"""

RUN = ("-q", "-p", "deployments.checks.proving_run", "-c", os.devnull)


@pytest.mark.slow
def test_only_a_test_that_says_so_itself_has_noticed(tmp_path):
    (tmp_path / "test_planted.py").write_text(PLANTED)
    names = re.findall(r"def (test_\w+)", PLANTED)
    guards = [("services.domain.duty.lacks_cover", [f"test_planted.py::{name}"]) for name in names]
    plan, answer = tmp_path / "guards.json", tmp_path / "answer"
    plan.write_text(json.dumps(guards))
    with answer.open("w") as told:
        subprocess.run(  # noqa: S603 -- our own interpreter, on the source of this test
            [sys.executable, "-m", "pytest", *RUN, f"--rootdir={tmp_path}", "test_planted.py"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT), GUARDS: str(plan)}
            | {PROVED: str(told.fileno())},
            pass_fds=[told.fileno()],
            check=True,
        )
    said = {}
    for line in map(json.loads, answer.read_text().splitlines()):
        said[names[line["number"]]] = "noticed" if line["noticed"] else line["broken"]
    assert {name for name, outcome in said.items() if outcome == "noticed"} == set(names[:2])
    assert [name for name, outcome in said.items() if not outcome] == ["test_that_is_blind"]
    assert "fails with the guard on" in said["test_that_is_red_anyway"]
    assert "set_up_breaks setup: " in said["test_whose_set_up_breaks"]
