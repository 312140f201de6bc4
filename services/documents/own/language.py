"""What a template may say: texts, lists and conditions of the names that are offered, no more.

Everything else of Jinja is refused before anything is filled in: calls, sums, macros, other files.
What is left is filled in by Jinja's own sandbox all the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.documents.own.names import TEXT, ListOf, Shape

MOST_TURNS: Final = 20_000
DEEPEST: Final = 5
_FILTERS: Final = frozenset({"upper", "lower", "capitalize", "trim"})
_LOOP: Final = MappingProxyType[str, Shape]({"first": TEXT, "last": TEXT, "index": TEXT})
_LONGEST: Final = 90
_MARKUP: Final = re.compile(r"<[^>]*>?")


class TooManyTurns(Exception):
    """The loops of a template go on for longer than any paper needs."""


@dataclass(slots=True)
class LoopTurns:
    """How many turns the loops of one template have left."""

    left: int = MOST_TURNS

    def take(self) -> None:
        """Count one turn; raises TooManyTurns where none is left."""
        self.left -= 1
        if self.left < 0:
            raise TooManyTurns


class CountedList(list[Any]):
    """A list that a template goes through, each of whose turns is counted."""

    turns: LoopTurns

    def __iter__(self) -> Iterator[Any]:
        """Yield each member and count the turn."""
        for one in super().__iter__():
            self.turns.take()
            yield one


def counted(value: Any, turns: LoopTurns) -> Any:  # noqa: ANN401  # it is what JSON holds
    """Return the value with each of its lists counted."""
    if isinstance(value, Mapping):
        return {name: counted(one, turns) for name, one in value.items()}
    if isinstance(value, list):
        found = CountedList(counted(one, turns) for one in value)
        found.turns = turns
        return found
    return value


def sandbox() -> ImmutableSandboxedEnvironment:
    """Return Jinja's sandbox with nothing in it: no global, no test, and few filters."""
    found = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    found.globals.clear()
    found.tests.clear()
    for name in set(found.filters) - _FILTERS:
        del found.filters[name]
    return found


def troubles_in(source: str, where: str, names: Mapping[str, Shape]) -> list[str]:
    """Say what of one part of a template is not offered, and where it stands, in plain words."""
    lines = source.splitlines()
    try:
        tree = sandbox().parse(source)
    except TemplateSyntaxError as wrong:
        place = _place(where, lines, wrong.lineno)
        return [f"{place}: a tag is not as it should be. {wrong.message or ''}".strip()]
    reader = _TagReader(where, lines)
    reader.body(tree.body, dict(names), 0)
    return reader.troubles


def _place(where: str, lines: Sequence[str], number: int) -> str:
    """Say where something stands, by the words around it."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    told = " ".join(_MARKUP.sub("", line).split())
    if len(told) > _LONGEST:
        told = f"…{told[-_LONGEST:]}"
    return f"{where}, at “{told}”" if told else where


@dataclass(slots=True)
class _TagReader:
    """Reads one part of a template, and notes what is not offered."""

    where: str
    lines: Sequence[str]
    troubles: list[str] = field(default_factory=list)

    def body(self, found: Sequence[nodes.Node], known: dict[str, Shape], deep: int) -> None:
        for one in found:
            self.statement(one, known, deep)

    def statement(self, one: nodes.Node, known: dict[str, Shape], deep: int) -> None:
        match one:
            case nodes.Output():
                for each in one.nodes:
                    self.printed(each, known)
            case nodes.If():
                self.value(one.test, known)
                for part in (one.body, one.elif_, one.else_):
                    self.body(part, known, deep)
            case nodes.For():
                self.loop(one, known, deep)
            case _:
                self.say(one, f"“{_called(one)}” is not offered in a template")

    def loop(self, one: nodes.For, known: dict[str, Shape], deep: int) -> None:
        over = self.value(one.iter, known)
        if one.recursive or one.test is not None or not isinstance(one.target, nodes.Name):
            self.say(one, "a loop is written {% for part in parts %}, and in no other way")
            return
        if deep >= DEEPEST:
            self.say(one, f"loops stand in one another more than {DEEPEST} deep")
            return
        if over is not None and not isinstance(over, ListOf):
            self.say(one, f"“{_said(one.iter)}” is no list")
            over = None
        each = over.each if isinstance(over, ListOf) else None
        within = {**known, "loop": _LOOP}
        within.pop(one.target.name, None)
        if each is not None:
            within[one.target.name] = each
            self.body([*one.body, *one.else_], within, deep + 1)

    def printed(self, one: nodes.Node, known: dict[str, Shape]) -> None:
        if isinstance(one, nodes.TemplateData):
            return
        found = self.value(one, known)
        if isinstance(found, ListOf):
            name = _said(one)
            self.say(one, f"“{name}” is a list: write {{% for one in {name} %}} around it")
        elif isinstance(found, Mapping):
            offered = ", ".join(found)
            self.say(one, f"“{_said(one)}” has parts of its own: write one of {offered} behind it")

    def value(self, one: nodes.Node, known: dict[str, Shape]) -> Shape | None:
        """Return what stands there, or None where that was noted as a trouble."""
        match one:
            case nodes.Name():
                return self.named(one, one.name, known)
            case nodes.Getattr():
                return self.behind(one, known)
            case nodes.Filter() if one.node is not None and one.name in _FILTERS and not one.args:
                return self.value(one.node, known)
            case nodes.Const() | nodes.Not() | nodes.And() | nodes.Or() | nodes.Compare():
                for part in _compared(one):
                    self.value(part, known)
                return TEXT
            case _:
                self.say(one, f"“{_called(one)}” is not offered in a template")
                return None

    def behind(self, one: nodes.Getattr, known: dict[str, Shape]) -> Shape | None:
        above = self.value(one.node, known)
        if above is None:
            return None
        return self.named(one, one.attr, above if isinstance(above, Mapping) else {})

    def named(self, one: nodes.Node, name: str, known: Mapping[str, Shape]) -> Shape | None:
        if name in known:
            return known[name]
        offered = ", ".join(one for one in known if one != "loop")
        behind = f" Offered there: {offered}." if offered else ""
        self.say(one, f"the name “{_said(one)}” is not offered.{behind}")
        return None

    def say(self, one: nodes.Node, trouble: str) -> None:
        told = f"{_place(self.where, self.lines, one.lineno)}: {trouble}"
        if told not in self.troubles:
            self.troubles.append(told if told.endswith(".") else f"{told}.")


def _said(one: nodes.Node) -> str:
    """Return a name as it stands in the template."""
    if isinstance(one, nodes.Name):
        return one.name
    if isinstance(one, nodes.Getattr):
        return f"{_said(one.node)}.{one.attr}"
    return _called(one)


def _compared(one: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the values that a condition is made of."""
    for part in one.iter_child_nodes():
        yield part.expr if isinstance(part, nodes.Operand) else part


def _called(one: nodes.Node) -> str:
    """Return what Jinja calls it, for what is no name."""
    return f"|{one.name}" if isinstance(one, nodes.Filter) else type(one).__name__.lower()
