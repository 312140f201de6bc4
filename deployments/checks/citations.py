"""Which tests cite a rule, and in which order they are tried.

A test cites a rule that it names: in its docstring, its parameters or a comment; where no function
of a file does and the file does, all tests of the file are taken.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from deployments import CHECKOUT

AN_ID: Final = re.compile(r"\b(?:[A-Z]+-\d{2}|[KG]\d{1,2}b?)\b")


def turn(guard: str, test: str, many: Mapping[str, int]) -> tuple[bool, bool, int]:
    """Put first the tests of the guard's own room, of them those that cite little besides.

    A whole file, or a test of everything, comes last: most guards are noticed before.
    """
    room = guard.split(".")[1]
    return test.split("/")[1] != room, "::" not in test, many[test]


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
