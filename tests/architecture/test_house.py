"""The house rules that no linter knows, and for each of them a piece that must fail."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from deployments import CHECKOUT, VERSION
from tests.source_files import PRODUCT, ROOMS, TEMPLATES, TESTS, TRACKED, name_of, nodes_of, parsed

CATCH_ALL = {"base", "common", "core", "helpers", "manager", "misc", "shared", "util", "utils"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 40, 200
LONGEST_TASK_BODY, LONGEST_PAGE_HANDLER = 12, 15
ENDS_TRANSACTIONS = "services/database/unit_of_work.py"
DOORS = {"get", "post"}
# Spelled in two halves, so that this file keeps its own rules.
PATCHES = ("mock" + ".patch", "monkeypatch" + ".setattr")
OF_THE_WHOLE_MACHINE = ("process" + "_iter", "psutil.pi" + "ds", "psutil.net_conn" + "ections")
PRIVATE_PLACES = ("/wo" + "rk/", "/ro" + "ot/")
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "registry.npm" + "js", "docker" + ".io/")

Function = ast.FunctionDef | ast.AsyncFunctionDef


# The rules: each takes a text and returns what is wrong with it.


def is_too_long(text: str) -> list[str]:
    lines = text.count("\n")
    return [f"{lines} lines"] if lines > LONGEST_FILE else []


def template_is_too_long(text: str) -> list[str]:
    lines = text.count("\n")
    return [f"{lines} lines"] if lines > LONGEST_TEMPLATE else []


def has_long_functions(text: str) -> list[str]:
    return [
        f"{each.name}: {length(each)} lines"
        for each in functions(text)
        if length(each) > LONGEST_FUNCTION
    ]


def has_long_task_bodies(text: str) -> list[str]:
    return [
        f"{each.name}: {body_length(each)} lines"
        for each in functions(text)
        if {"task", "step"} & decorators(each) and body_length(each) > LONGEST_TASK_BODY
    ]


def has_long_page_handlers(text: str) -> list[str]:
    return [
        f"{each.name}: {body_length(each)} lines"
        for each in functions(text)
        if DOORS & decorators(each) and body_length(each) > LONGEST_PAGE_HANDLER
    ]


def ends_a_transaction(text: str) -> list[str]:
    return [
        f"line {node.lineno}: {node.attr}"
        for node in nodes_of(text)
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]


def opens_a_transaction(text: str) -> list[str]:
    """Find `engine.begin()`, `session.begin()` and the like; a savepoint is none."""
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in nodes_of(text)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr, node.args) == ("begin", [])
        and re.search("engine|session|connection", ast.unparse(node.func.value), re.IGNORECASE)
    ]


def patches(text: str) -> list[str]:
    return [word for word in PATCHES if word in text]


def looks_at_the_whole_machine(text: str) -> list[str]:
    return [word for word in OF_THE_WHOLE_MACHINE if word in text]


def names_a_private_place(text: str) -> list[str]:
    return [place for place in PRIVATE_PLACES if re.search(rf"(?<![\w.]){place}", text)]


def names_a_registry(text: str) -> list[str]:
    return [host for host in REGISTRIES if host in text]


def speaks_to_nobody(text: str) -> list[str]:
    return [] if (ast.get_docstring(parsed(text)) or not text.strip()) else ["no docstring"]


# What the rules look at.


def functions(text: str) -> Iterable[Function]:
    return (node for node in nodes_of(text) if isinstance(node, Function))


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def body_length(function: Function) -> int:
    """Count the lines of the body that do something: its docstring does not."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def decorators(function: Function) -> set[str]:
    called = (each.func if isinstance(each, ast.Call) else each for each in function.decorator_list)
    return {
        each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in called
    }


def broken(rule: Callable[[str], list[str]], paths: Iterable[Path]) -> dict[str, list[str]]:
    found = {name_of(path): rule(path.read_text(errors="replace")) for path in paths}
    return {name: wrong for name, wrong in found.items() if wrong}


def test_there_is_a_house_to_look_at():
    assert PRODUCT
    assert TESTS


@pytest.mark.parametrize("rule", [is_too_long, has_long_functions, speaks_to_nobody])
def test_every_file_of_the_product_keeps(rule: Callable[[str], list[str]]):
    assert broken(rule, PRODUCT) == {}


@pytest.mark.parametrize(
    "rule", [is_too_long, has_long_functions, patches, looks_at_the_whole_machine]
)
def test_every_test_keeps(rule: Callable[[str], list[str]]):
    assert broken(rule, TESTS) == {}


def test_a_task_of_prefect_only_passes_on():
    paths = [path for path in PRODUCT if name_of(path).startswith("tasks/")]
    assert broken(has_long_task_bodies, paths) == {}


def test_a_page_handler_only_opens_the_door():
    paths = [path for path in PRODUCT if name_of(path).startswith("services/web/pages/")]
    assert broken(has_long_page_handlers, paths) == {}


def test_a_template_fits_in_one_sitting():
    assert broken(template_is_too_long, TEMPLATES) == {}


def test_a_file_is_named_for_what_it_is():
    assert [name_of(path) for path in PRODUCT if path.stem in CATCH_ALL] == []


def test_only_the_unit_of_work_ends_a_transaction():
    paths = [path for path in PRODUCT if name_of(path) != ENDS_TRANSACTIONS]
    assert broken(ends_a_transaction, paths) == {}


def test_a_cases_transaction_is_opened_by_the_unit_of_work_and_others_only_outside_cases():
    """Decision 0002 lists them: signing in, regular rounds, the mail catcher, a new partnership."""
    services = [path for path in PRODUCT if name_of(path).startswith("services/")]
    assert set(broken(opens_a_transaction, services)) == {
        ENDS_TRANSACTIONS,
        "services/casework/provisioning.py",
        "services/database/caught_emails.py",
        "services/database/sessions.py",
        "services/database/ticks.py",
    }


@pytest.mark.parametrize("rule", [names_a_private_place, names_a_registry])
def test_every_tracked_text_keeps(rule: Callable[[str], list[str]]):
    texts = {".py", ".md", ".toml", ".txt", ".in", ".yaml", ".yml", ".sh", ".html", ""}
    assert broken(rule, [path for path in TRACKED if path.suffix in texts]) == {}


def test_no_test_folder_is_a_package():
    assert [name_of(path) for path in TESTS if path.name == "__init__.py"] == []


@pytest.mark.parametrize("name", ROOMS)
def test_no_installed_distribution_takes_our_names(name: str):
    assert set(packages_distributions().get(name, [])) <= {"keyline"}


def test_the_version_is_said_once():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION


A_LONG_BODY = "\n".join(f"    x = {number}" for number in range(50))
MUST_FAIL = [
    (is_too_long, "x = 1\n" * 301),
    (template_is_too_long, "<p>\n" * 201),
    (has_long_functions, f"def act():\n{A_LONG_BODY}\n"),
    (has_long_task_bodies, f"@task(name='notify')\ndef notify():\n{A_LONG_BODY}\n"),
    (has_long_task_bodies, f"@step\ndef notify():\n{A_LONG_BODY}\n"),
    (has_long_page_handlers, f"@router.post('/x')\ndef page():\n{A_LONG_BODY}\n"),
    (ends_a_transaction, "session.commit()\n"),
    (ends_a_transaction, "work.session.rollback()\n"),
    (opens_a_transaction, "with engine.begin() as link:\n    pass\n"),
    (opens_a_transaction, "with Session(engine) as session, session.begin():\n    pass\n"),
    (patches, f"with {PATCHES[0]}('x'): pass\n"),
    (looks_at_the_whole_machine, f"next(psutil.{OF_THE_WHOLE_MACHINE[0]}())\n"),
    (names_a_private_place, f"see {PRIVATE_PLACES[0]}notes"),
    (names_a_registry, f"https://{REGISTRIES[0]}/simple"),
    (speaks_to_nobody, "x = 1\n"),
]


@pytest.mark.parametrize(("rule", "text"), MUST_FAIL)
def test_a_rule_finds_what_breaks_it(rule: Callable[[str], list[str]], text: str):
    assert rule(text)


@pytest.mark.parametrize("rule", [rule for rule, _ in MUST_FAIL])
def test_a_rule_lets_good_work_pass(rule: Callable[[str], list[str]]):
    assert rule('"""Says what."""\n\n\ndef act():\n    """Do it."""\n    return 1\n') == []
