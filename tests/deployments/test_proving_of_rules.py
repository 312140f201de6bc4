"""How a guard is switched off: in its own module, for one run of its tests, and noticed."""

import ast
import textwrap
from datetime import date
from enum import StrEnum

import pytest

from deployments import CHECKOUT
from deployments.checks.proving import citing_tests
from deployments.checks.switched_off import OTHERWISE, otherwise, split, without
from deployments.rules.coverage import read
from services.domain.rule_keeping import RuleKeeping


def run(source: str, *name: str) -> dict:
    """Return what the source defines with this guard switched off."""
    tree = without(ast.parse(textwrap.dedent(source)), name)
    there: dict = {OTHERWISE: otherwise}
    exec(compile(tree, "planted", "exec"), there)  # noqa: S102 -- source of this test
    return there


def test_a_refusal_is_let_through_and_what_follows_is_left_out():
    told: list[str] = []
    there = run(
        """
        def act(case, told):
            if case.late:
                raise ValueError("too late")
            case.done = True
            told.append("done")
            return case
        """,
        "act",
    )

    class Case:
        late = True

    case = there["act"](Case(), told)
    assert (told, hasattr(case, "done")) == ([], False)


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


def test_a_table_gives_each_line_what_all_have():
    there = run('MAY: dict = {"a": frozenset("x"), "b": frozenset("y")}', "MAY")
    assert there["MAY"] == {"a": frozenset("xy"), "b": frozenset("xy")}


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


def test_every_guard_that_is_named_can_be_switched_off():
    for each in read():
        for guard in each.where if each.how is RuleKeeping.CODE else ():
            module, name = split(guard)
            path = CHECKOUT.joinpath(*module.split("."))
            file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            without(ast.parse(file.read_text()), name)


def test_a_test_cites_what_its_own_text_names():
    cited = citing_tests(CHECKOUT / "tests")
    here = "tests/casework/test_submission.py"
    named = f"{here}::test_the_record_and_the_letter_exist_before_they_are_sent"
    assert named in cited["RR-49"]
    assert named not in cited["RR-35"]
