"""What `test` and `check` say at their end: everything is counted, nothing under a wrong name."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from deployments import CHECKOUT
from deployments.checks import figures, suite, turns
from deployments.checks.command import Record, run, table
from deployments.checks.isolation import pooler
from deployments.checks.named import CHECKS, Check
from deployments.checks.results import Results
from deployments.checks.timed_command import TimedCommand

pytestmark = pytest.mark.slow

TESTS = {
    "pages/test_good.py": """
        import pytest

        @pytest.mark.parametrize("number", range(3))
        def test_it(number): pass
    """,
    "pages/test_bad.py": "def test_it(): assert False",
    "rules/test_left_out.py": """
        import pytest

        def test_it(): pytest.skip("not of this year")
        def test_no_tool(): pytest.skip("not run: there is no object store for this machine")

        @pytest.fixture
        def broken(): raise LookupError
        def test_cannot_begin(broken): pass
    """,
    "rules/test_cannot_be_imported.py": "import nothing_of_this_name",
}


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Results:
    """What a real run over these tests comes to."""
    folder = tmp_path_factory.mktemp("checkout")
    for name, program in TESTS.items():
        place = folder / "tests" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(dedent(program))
    words = ("-q", "--continue-on-collection-errors", "--junitxml=report.xml", "--rootdir=.")
    subprocess.run(  # noqa: S603 -- our own program, in our own Python
        [sys.executable, "-m", "pytest", *words, "tests"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return Results.of(folder / "report.xml")


def test_a_test_counts_as_passed_failed_skipped_or_not_run(results: Results):
    assert str(results) == "3 passed, 3 failed, 1 skipped, 1 not run"


def test_the_tests_are_counted_by_folder(results: Results):
    assert dict(results.tests) == {"pages": 4, "rules": 4}
    assert set(results.seconds) == {"pages", "rules"}


def test_two_reports_are_counted_together(tmp_path: Path):
    for name, many in (("one", 2), ("other", 3)):
        cases = f'<testcase classname="tests.{name}.test_it" name="x"/>' * many
        (tmp_path / name).write_text(f"<testsuite>{cases}</testsuite>")
    results = Results.of(tmp_path / "one", tmp_path / "none", tmp_path / "other")
    assert (results.passed, dict(results.tests)) == (5, {"one": 2, "other": 3})


def test_a_run_without_a_report_has_passed_nothing(tmp_path: Path):
    assert str(Results.of(tmp_path / "none.xml")) == "0 passed, 0 failed, 0 skipped, 0 not run"


def test_what_was_under_way_when_a_run_was_broken_off_has_not_passed(tmp_path: Path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuite><testcase/><testcase classname="tests.web.x" name="y"/></testsuite>'
    )
    assert str(Results.of(report)) == "1 passed, 0 failed, 0 skipped, 0 not run"


def python(program: str) -> tuple[str, ...]:
    return ("python", "-c", program)


def test_the_static_checks_run_beside_the_tests_and_each_failure_is_named(tmp_path: Path, capfd):
    """The tests wait for the first check, and the second one for the tests: none comes first."""
    file = f"import pathlib, time; here = pathlib.Path({str(tmp_path)!r})"
    wait = """
for _ in range(3000):
    if (here / '{}').exists(): break
    time.sleep(0.01)
else: raise SystemExit(0)
"""
    touch = "\n(here / '{}').touch()"
    bad = python(file + wait.format("tests") + "print('of types')" + "\nraise SystemExit(1)")
    static = (
        TimedCommand("good", python(file + touch.format("good") + "; print('of format')")),
        TimedCommand("bad", bad),
    )
    tests = python(file + wait.format("good") + touch.format("tests"))
    assert suite._run_beside(static, TimedCommand("tests", tests)) == ["bad"]
    assert suite._run_beside((), TimedCommand("tests", python("raise SystemExit(1)"))) == ["tests"]
    said = capfd.readouterr().out
    begins, ends = said.index("== bad: python"), said.index("== bad: 0 s, FAILED")
    assert "of types" in said[begins:ends], "what it said stands in one piece"
    assert "of format" not in said[begins:ends]


EVERY_TURN = range(1, turns.TURNS + 1)
NAMES = [f"tests/{file}.py::test_{number}" for file in "abcdef" for number in range(13)]
EACH_ACT = [f"tests/g.py::test_{it}[{act}]" for it in ("one", "two", "three") for act in range(14)]


def kept(turn: int) -> set[str]:
    return set(NAMES) - set(turns.of_others(NAMES, turn))


def test_every_test_that_takes_turns_has_its_turn_once_and_each_file_in_each():
    every = [kept(turn) for turn in EVERY_TURN]
    assert sorted(name for one in every for name in one) == sorted(NAMES)
    assert all(
        {name.partition("::")[0] for name in one} == {name.partition("::")[0] for name in NAMES}
        for one in every
    )
    assert any("test_0" in name for name in every[0]), "not each file begins at another turn"


def test_every_row_has_its_turn_in_the_first_half_and_again_in_the_other():
    every = [set(EACH_ACT) - set(turns.of_others(EACH_ACT, turn)) for turn in EVERY_TURN]
    assert sorted(name for one in every[: turns.OF_ROWS] for name in one) == sorted(EACH_ACT)
    assert every[: turns.OF_ROWS] == every[turns.OF_ROWS :]


@pytest.mark.parametrize("turn", range(1, turns.TURNS))
def test_where_three_functions_try_each_act_one_of_them_does_in_two_turns(turn):
    kept = [set(EACH_ACT) - set(turns.of_others(EACH_ACT, one)) for one in (turn, turn + 1)]
    tried = [test.partition("[")[2] for one in kept for test in one]
    assert sorted(tried) == sorted(f"{act}]" for act in range(14))


def test_the_same_code_has_the_same_turn_and_other_code_has_each():
    assert {turns.turn_of(f"{code:064x}") for code in range(2 * turns.TURNS)} == set(EVERY_TURN)
    assert turns.turn_of("ff") == turns.turn_of("ff")


def test_the_suite_does_one_turn_and_the_whole_check_every_one():
    assert suite._pytest(None, turn=2)[-2:] == (turns.OPTION, "2")
    assert turns.OPTION not in suite._pytest(["tests/web"], turn=2)
    done = [one[-1] for one in CHECKS["long-tests"].parts().values() if turns.OPTION in one]
    assert done == [f"{turn}" for turn in EVERY_TURN]
    assert turns.TURNS == 2 * turns.OF_ROWS, "what long-tests leaves of the later turns is done"


def test_the_fast_tier_reads_each_room_without_servers_once_and_starts_none():
    read = [[word for word in one if word.startswith("tests/")] for one in suite._fast().values()]
    tests = (CHECKOUT / "tests").iterdir()
    rooms = {room.name for room in tests if any(room.glob("test_*.py"))} - suite.WITH_SERVERS
    assert sorted(name for one in read for name in one) == sorted(f"tests/{one}" for one in rooms)
    assert {"tests/domain", "tests/architecture", "tests/acceptance"} <= {*read[0], *read[1]}
    assert {one[one.index("-m") + 1] for one in suite._fast().values()} == {suite.AT_ONCE}
    assert all(f"not {mark}" in suite.AT_ONCE for mark in ("server", "slow", "in_turns"))


def test_who_is_lent_a_case_takes_turns(monkeypatch):
    monkeypatch.delenv(figures.FILE, raising=False)  # the run that this is a part of tells its own
    file = "tests/casework/test_after_a_withdrawal.py"
    asked = ("-q", "--collect-only", turns.OPTION, "1", file)
    run = subprocess.run(  # noqa: S603 -- our own tests, with our own Python
        [sys.executable, "-m", "pytest", *asked], cwd=CHECKOUT, capture_output=True, check=False
    )
    said, all_ = run.stdout.decode(), (CHECKOUT / file).read_text().count("\ndef test_")
    kept = said.count("::test_")
    assert kept < all_ / 3, said
    assert turns.said(1, all_ - kept, all_) in said


def a_check(folder: Path) -> Check:
    """A check of two parts: each adds a line when it runs, the second until there is a file."""

    def command(part: str, last: str) -> tuple[str, ...]:
        program = f"import pathlib; open({str(folder / part)!r}, 'a').write('ran '); {last}"
        return ("python", "-c", program)

    fails = f"assert pathlib.Path({str(folder / 'mended')!r}).exists()"
    return Check("", lambda: {"first": command("first", ""), "second": command("second", fails)})


def test_a_check_goes_on_where_it_stopped(tmp_path: Path):
    record = Record(tmp_path / "record", "this code")
    assert run(a_check(tmp_path), record) == ["second"]
    (tmp_path / "mended").touch()
    assert run(a_check(tmp_path), record) == []
    assert run(a_check(tmp_path), record) == []
    assert set(record.passed()) == {"first", "second"}
    assert (tmp_path / "first").read_text() == "ran "
    assert (tmp_path / "second").read_text() == "ran ran "


def test_a_check_ends_with_what_each_part_has_told(tmp_path: Path):
    told = "from deployments.checks.figures import tell; tell('  7 of 7 noticed')"
    parts = {
        "good": ("python", "-c", told),
        "bad": ("python", "-c", f"{told}; raise SystemExit(1)"),
    }
    record = Record(tmp_path / "record", "this code")
    assert run(Check("", lambda: parts), record) == ["bad"]
    lines = [line.split() for line in "\n".join(table(record, ["bad"])).splitlines() if line]
    assert [line[:2] for line in lines] == [
        ["good", "passed"],
        ["7", "of"],
        ["bad", "FAILED"],
        ["7", "of"],
    ]


def test_what_other_code_has_passed_counts_for_nothing(tmp_path: Path):
    run(a_check(tmp_path), Record(tmp_path / "record", "the code before"))
    now = Record(tmp_path / "record", "this code")
    assert now.passed() == {}
    run(a_check(tmp_path), now)
    assert (tmp_path / "first").read_text() == "ran ran "


def test_a_check_that_is_run_again_counts_nothing_that_was(tmp_path: Path):
    record = Record(tmp_path / "record", "this code")
    run(a_check(tmp_path), record)
    record.forget()
    assert record.passed() == {}


@pytest.mark.parametrize(
    ("results", "is_installed", "counts"),
    [
        (Results(passed=6), True, True),
        (Results(not_run=6), False, True),
        (Results(not_run=6), True, False),
        (Results(passed=5, not_run=1), True, False),
        (Results(passed=5, skipped=1), True, False),
        (Results(passed=5, failed=1), True, False),
        (Results(), True, False),
        (Results(), False, False),
    ],
)
def test_where_the_pooler_is_installed_its_tests_have_run(results, is_installed, counts):
    assert pooler.counts(results, is_installed=is_installed) is counts
