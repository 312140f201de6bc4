"""A long list as a table: how an address narrows, orders and pages it, by codes alone.

What the list holds is asked of `casework`, a page at a time. A code that is not known narrows
nothing, and the page says that it was left out: nobody takes the whole list for what they asked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from services.web.path_ids import number_told

_DOWN: Final = "-"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column; where it can be ordered by: under which code, and what both ways are called."""

    title: str
    code: str = ""
    upward: str = ""
    downward: str = ""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """One question by which the list is narrowed: its choices by code, or codes of one shape.

    ``every`` is what stands there while it narrows nothing, ``helps`` an example of a typed code.
    One that ``is_kept`` is asked by a form of its own, and stays while others are changed.
    """

    name: str
    title: str
    every: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    shape: str = ""
    helps: str = ""
    is_kept: bool = False

    def takes(self, code: str) -> bool:
        """Tell whether the list can be narrowed by it."""
        if self.shape:
            return re.fullmatch(self.shape, code, re.ASCII) is not None
        return any(code == known for known, _ in self.choices)


REFERENCE: Final = ListFilter(
    "reference",
    "Reference",
    shape="[A-Za-z0-9-]{0,20}[0-9][A-Za-z0-9-]{0,20}",
    helps="All or part of it, with its number",
)
"""The question for a case's reference: a name that is typed there is no code, and in no address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """What a table has: where it stands, what its rows are called, columns, filters, its order."""

    path: str
    one: str
    several: str
    columns: tuple[ListColumn, ...]
    filters: tuple[ListFilter, ...] = ()
    order: str

    @property
    def orders(self) -> tuple[tuple[str, str], ...]:
        """Return every order that may be asked for, with its words; both ways of each column."""
        known = [one for one in self.columns if one.code]
        both = [((one.code, one.upward), (_DOWN + one.code, one.downward)) for one in known]
        return tuple(way for pair in both for way in pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAsked:
    """What an address asks of a table; ``left_out`` are the questions whose codes are not known."""

    narrowed: Mapping[str, str]
    order: str
    number: int
    left_out: tuple[str, ...]

    @property
    def sort(self) -> str:
        """Return the code of the column that the list is ordered by."""
        return self.order.removeprefix(_DOWN)

    @property
    def is_down(self) -> bool:
        """Tell whether it is ordered from the greatest down."""
        return self.order.startswith(_DOWN)

    def of(self, name: str) -> str:
        """Return the code by which a question narrows the list, or nothing."""
        return self.narrowed.get(name, "")


def asked_of(shape: TableShape, query: Mapping[str, str]) -> TableAsked:
    """Return what the address asks; what it asks by a code that is not known is left out."""
    told = {one.name: query.get(one.name, "") for one in shape.filters}
    known = {one.name: told[one.name] for one in shape.filters if one.takes(told[one.name])}
    left_out = [one.title for one in shape.filters if told[one.name] and one.name not in known]
    order = query.get("sort", "")
    if order and order not in dict(shape.orders):
        left_out.append("Order")
    number = number_told(query.get("page", ""))
    return TableAsked(
        narrowed=known,
        order=order if order in dict(shape.orders) else shape.order,
        number=1 if number is None else max(number, 1),
        left_out=tuple(left_out),
    )


def query_of(shape: TableShape, asked: TableAsked, *, order: str = "", page: int = 1) -> str:
    """Return the query by which the same is asked in another order, or its other page."""
    order = order or asked.order
    told = {name: code for name, code in asked.narrowed.items() if code}
    told |= {"sort": order} if order != shape.order else {}
    told |= {"page": str(page)} if page > 1 else {}
    return urlencode(told)


def address_of(shape: TableShape, query: str) -> str:
    """Return the address of the table with that query."""
    return f"{shape.path}?{query}" if query else shape.path
