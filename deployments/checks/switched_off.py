"""A plugin of pytest: the product with one of its guards switched off.

`KEYLINE_SWITCHED_OFF` names the guard by module and name, such as
`services.casework.steps.rapid_review.submission.submit` or
`services.domain.roles.ROLE_PERMISSIONS`. What it refuses is let through and what it brings about
is left out; what only answers, answers otherwise.
"""

import ast
import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

GUARD: Final = "KEYLINE_SWITCHED_OFF"
OTHERWISE: Final = "_answered_otherwise"
CHECKOUT: Final = Path(__file__).parents[2]


def pytest_load_initial_conftests() -> None:
    """Have the guard's module loaded without it, before a conftest imports the module."""
    guard = os.environ[GUARD]
    module, name = split(guard)
    # What is compiled without its guard is for this process alone.
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, Finder(module, name))


def split(guard: str) -> tuple[str, tuple[str, ...]]:
    """Return the guard's module, and its name inside: a method stands below its class."""
    module, rest = guard, list[str]()
    while not _is_module(module):
        module, _, last = module.rpartition(".")
        rest.insert(0, last)
    return module, tuple(rest)


def _is_module(name: str) -> bool:
    """Tell by its file: to ask the import system would import what stands above it."""
    place = CHECKOUT.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


class Finder(importlib.abc.MetaPathFinder):
    """Finds the guard's module, and has it loaded by a loader of its own."""

    def __init__(self, module: str, name: Sequence[str]) -> None:
        self.module, self.name = module, name

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the guard's module only."""
        if fullname != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = Loader(fullname, spec.origin, self.name)
        return spec


class Loader(importlib.machinery.SourceFileLoader):
    """Compiles the module with the guard switched off, whatever was compiled before."""

    def __init__(self, module: str, path: str, name: Sequence[str]) -> None:
        super().__init__(module, path)
        self.guard = name

    def get_code(self, fullname: str) -> CodeType:
        """Return the module as it is without the guard."""
        path = self.get_filename(fullname)
        tree = without(ast.parse(self.get_data(path)), self.guard)
        code: CodeType = compile(tree, path, "exec")
        return code

    def exec_module(self, module: ModuleType) -> None:
        """Run it, with what makes an answer another one at hand."""
        module.__dict__[OTHERWISE] = otherwise
        super().exec_module(module)


def without(module: ast.Module, name: Sequence[str]) -> ast.Module:
    """Return the module without the guard; LookupError where it holds none of that name."""
    body: list[ast.stmt] = module.body
    for outer in name[:-1]:
        body = _named(body, outer).body  # type: ignore[attr-defined]
    guard = _named(body, name[-1])
    if isinstance(guard, ast.FunctionDef):
        _switch_off(guard)
    elif isinstance(guard, ast.Assign | ast.AnnAssign) and guard.value is not None:
        guard.value = _called(guard.value)
    else:
        raise LookupError(f"{'.'.join(name)} is neither a function nor a table.")
    return ast.fix_missing_locations(module)


def _named(body: Sequence[ast.stmt], name: str) -> ast.stmt:
    for one in body:
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name == name:
            return one
        targets = one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return one
    raise LookupError(name)


def _switch_off(function: ast.FunctionDef) -> None:
    """Leave out what the function refuses and brings about; else let it answer otherwise."""
    off = _Refusals()
    off.visit(function)
    if not off.found:
        _Answers().visit(function)


class _Refusals(ast.NodeTransformer):
    """Leaves out refusals, calls for their effect, and changes of what was given."""

    found = False

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return self._left_out(node)

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        return self._left_out(node) if isinstance(node.value, ast.Call) else node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        parts = [part for target in node.targets for part in ast.walk(target)]
        is_change = any(isinstance(part, ast.Attribute) for part in parts)
        return self._left_out(node) if is_change else node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        return self._left_out(node) if isinstance(node.target, ast.Attribute) else node

    def _left_out(self, node: ast.stmt) -> ast.stmt:
        self.found = True
        return ast.copy_location(ast.Pass(), node)


class _Answers(ast.NodeTransformer):
    """Makes each answer of a function another one."""

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        if node.value is not None:
            node.value = _called(node.value)
        return node


def _called(value: ast.expr) -> ast.expr:
    return ast.Call(func=ast.Name(id=OTHERWISE, ctx=ast.Load()), args=[value], keywords=[])


def otherwise(answer: Any) -> Any:  # noqa: ANN401 - whatever a guard answers
    """Return another answer of the same kind: not so, a day later, nothing of it, all for each."""
    for kind, other in _OTHERS:
        if isinstance(answer, kind):
            return other(answer)
    return None


def _another_member(answer: Enum) -> Enum:
    return next((one for one in type(answer) if one is not answer), answer)


def _of_table(table: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Give each line of the table what all lines have together; a line of its own is left out."""
    if all(isinstance(value, AbstractSet) for value in table.values()):
        together = frozenset().union(*table.values())
        return dict.fromkeys(table, together)
    lines = list(table.values())
    return dict(zip(table, lines[1:] + lines[:1], strict=True))


# The first that fits: a yes is a number, and a member of an enum is a text.
_OTHERS: Final[Sequence[tuple[type | tuple[type, ...], Callable[[Any], Any]]]] = (
    (bool, lambda answer: not answer),
    (Enum, _another_member),
    (int, lambda answer: answer + 1),
    (date, lambda answer: answer + timedelta(days=1)),
    (str, lambda _answer: ""),
    (Mapping, _of_table),
    ((AbstractSet, tuple, list), lambda answer: type(answer)()),
)
