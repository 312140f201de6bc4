"""Workbooks of a running case, filled in with what commands say, as a person writes it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.casework.commands import Command, Kind
from services.casework.taking_over.acts_taken import TAKEN, TakenAct
from services.documents.tables import SheetWritten, workbook_of_sheets
from services.domain.labels import label
from services.domain.working_days import LONDON
from services.web.bringing_in.cells import Book
from services.web.bringing_in.questions_there import SheetAsked, sheets_of
from services.web.bringing_in.template import HEAD
from services.web.forms.fields import Question

Said = Mapping[str, Any]


def words_for(question: Question, value: Any, agencies: Mapping[Any, str] | None = None) -> str:
    """Return an answer as a person writes it into a cell."""
    if question.kind is Kind.YES_NO:
        return {True: "Yes", False: "No", None: ""}[value]
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%d %B %Y at %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return "; ".join((agencies or {}).get(one) or label(one) for one in value)
    return label(value) if isinstance(value, StrEnum) else str("" if value is None else value)


def sheets_said(
    taken: TakenAct,
    command: Command,
    happened_at: datetime | None = None,
    agencies: Mapping[Any, str] | None = None,
) -> list[SheetWritten]:
    """Return the sheets of one act, filled in with what a command says."""
    return [_sheet(asked, command, happened_at, agencies) for asked in sheets_of(taken)]


def _sheet(
    asked: SheetAsked,
    command: Command,
    happened_at: datetime | None,
    agencies: Mapping[Any, str] | None,
) -> SheetWritten:
    if asked.rows_of:
        head = [one.label for one in asked.questions]
        rows = [
            [words_for(one, getattr(row, one.name), agencies) for one in asked.questions]
            for row in getattr(command, asked.rows_of)
        ]
        return SheetWritten(asked.name, head, rows, {})
    said = {one.name: getattr(command, one.name, happened_at) for one in asked.questions}
    rows = [(one.label, words_for(one, said[one.name], agencies), "") for one in asked.questions]
    return SheetWritten(asked.name, HEAD, rows, {})


def taken_named(sheet: str) -> TakenAct:
    """Return the act whose sheet it is."""
    return next(one for one in TAKEN if one.sheet == sheet)


def workbook(*sheets: Iterable[SheetWritten]) -> bytes:
    """Return the workbook of these sheets."""
    return workbook_of_sheets([one for several in sheets for one in several])


def book_of(sheets: Iterable[SheetWritten]) -> Book:
    """Return the cells of the sheets as they are read, without writing a file."""
    return {
        one.name: [(at, tuple(row)) for at, row in enumerate((one.head, *one.rows), start=1)]
        for one in sheets
    }


def put(sheets: Iterable[SheetWritten], sheet: str, what: str, words: str) -> list[SheetWritten]:
    """Return the sheets with other words beside a question, or in a column of a list."""
    return [_put(one, what, words) if one.name == sheet else one for one in sheets]


def _put(one: SheetWritten, what: str, words: str) -> SheetWritten:
    if tuple(one.head) == tuple(HEAD):
        rows = [(row[0], words if row[0] == what else row[1], "") for row in one.rows]
    else:
        at = list(one.head).index(what)
        rows = [[words if n == at else cell for n, cell in enumerate(row)] for row in one.rows]
    return SheetWritten(one.name, one.head, rows, one.choices)
