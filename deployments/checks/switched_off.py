"""One guard of the product is switched off in this process, and stays off until it ends.

A guard is named by module and name, such as `services.domain.roles.ROLE_PERMISSIONS`, or by a part
of a function, such as `services.casework.closing.close#mark_met(ClockId.K14)`. What it refuses is
let through and what it brings about is left out; what only answers, answers otherwise.
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

from deployments.checks.guard_parts import GuardPart, left_out
from services.database.clocks import RunningClock
from services.domain.clocks.due_dates import DueDate

OTHERWISE: Final = "_answered_otherwise"
CHECKOUT: Final = Path(__file__).parents[2]


def switch_off(guard: str) -> None:
    """Switch the guard off, in whatever has imported it; LookupError where there is none."""
    place, _, part = guard.partition("#")
    name, inner = split(place)
    module = importlib.import_module(name)
    switch_off_in(module, Path(str(module.__file__)).read_text("utf-8"), inner, part)


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


def switch_off_in(module: ModuleType, source: str, name: Sequence[str], part: str = "") -> None:
    """Switch off what the module of that source calls so.

    The function stays the same object with other code, and the table the same table with other
    lines: the modules that have imported it by name go on with what is switched off.
    """
    tree = without(ast.parse(source), name, part)
    found = _found(module, name)
    if isinstance(found, dict):
        others = otherwise(found)
        found.clear()
        found.update(others)
        return
    function = _function(found)
    function.__globals__[OTHERWISE] = otherwise
    code = compile(tree, function.__code__.co_filename, "exec", dont_inherit=True)
    function.__code__ = _code(code, name)


def _found(module: ModuleType, name: Sequence[str]) -> object:
    found: object = module
    for one in name:
        found = vars(found)[one]
    return found


def _function(found: object) -> FunctionType:
    """Return the function itself, below what decorates it."""
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, staticmethod | classmethod):
        found = found.__func__
    elif isinstance(found, cached_property):
        found = found.func
    if forget := getattr(found, "cache_clear", None):
        forget()
    function = inspect.unwrap(found) if callable(found) else found
    if isinstance(function, FunctionType):
        return function
    raise LookupError(f"{found} is neither a function nor a table.")


def _code(module: CodeType, name: Sequence[str]) -> CodeType:
    code = module
    for one in name:
        inner = (each for each in code.co_consts if isinstance(each, CodeType))
        code = next(each for each in inner if each.co_name == one)
    return code


def without(module: ast.Module, name: Sequence[str], part: str = "") -> ast.Module:
    """Return the module without the guard; LookupError where it holds none of that name."""
    body: list[ast.stmt] = module.body
    for outer in name[:-1]:
        body = _named(body, outer).body  # type: ignore[attr-defined]
    guard = _named(body, name[-1])
    if isinstance(guard, ast.FunctionDef):
        _switch_off(guard, part)
    elif part or not isinstance(guard, ast.Assign | ast.AnnAssign):
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


def _switch_off(function: ast.FunctionDef, part: str) -> None:
    """Leave out the part; or all that the function refuses and brings about, or its answers."""
    if part:
        named = GuardPart(part, OTHERWISE)
        named.visit(function)
        if not named.found:
            raise LookupError(f"{function.name} holds no {part}.")
        return
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
        return left_out(node)


class _Answers(ast.NodeTransformer):
    """Makes each answer of a function another one."""

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        if node.value is not None:
            name = ast.Name(id=OTHERWISE, ctx=ast.Load())
            node.value = ast.Call(func=name, args=[node.value], keywords=[])
        return node


def otherwise(answer: Any) -> Any:  # noqa: ANN401 - whatever a guard answers
    """Return another answer of the same kind: not so, a day later, nothing of it, all for each."""
    for kind, other in _OTHERS:
        if isinstance(answer, kind):
            return other(answer)
    return None


def _a_day_later(clock: RunningClock) -> RunningClock:
    """Let a clock that was started count to another last day."""
    clock.due += timedelta(days=1)
    return clock


def _another_member(answer: Enum) -> Enum:
    return next((one for one in type(answer) if one is not answer), answer)


def _of_table(table: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Give each line of the table what all have together, or what the next line has."""
    if len(table) == 1:
        return {}
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
    (RunningClock, _a_day_later),
    (DueDate, lambda answer: replace(answer, due=answer.due + timedelta(days=1))),
    (Mapping, _of_table),
    ((AbstractSet, tuple, list), lambda answer: type(answer)()),
)
