"""Rows of a chronology that are brought in as a table: all of them, or none (LC-33, Doc 10).

What cannot be read is named by its row and column, so that it is found in the spreadsheet.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from io import StringIO
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from services.casework.steps.local_review.chronology_columns import TableColumn, columns_of
from services.domain.chronologies import MOST_ROWS
from services.domain.errors import AnswerRefused
from services.domain.filled_forms import same_words
from services.domain.labels import label
from services.domain.plain_dates import months_beginning

T = TypeVar("T", bound=BaseModel)
Lines = Sequence[tuple[int, Sequence[str]]]
MOST_TOLD: Final = 10
_BY_NUMBERS: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_IN_WORDS: Final = re.compile(r"([0-9]{1,2}) ([a-z]{3,9}) ([0-9]{4})", re.ASCII)
_WHY: Final[Mapping[str, str]] = {
    "missing": "is not filled in",
    "string_too_short": "is not filled in",
    "string_too_long": "is longer than it may be",
    "string_pattern_mismatch": "is no time such as 14:30",
}


def rows_pasted(text: str, row: type[T]) -> list[tuple[int, T]]:
    """Return the rows of the table, each with its number there; of no text there are none.

    Raises AnswerRefused("pasted"), which names what is wrong.
    """
    return rows_in(lines_of(text), row) if text else []


def rows_in(lines: Lines, row: type[T]) -> list[tuple[int, T]]:
    """Return the rows under the heading row, each with its number in the table.

    Raises AnswerRefused("pasted"), which names what is wrong.
    """
    _must_have_rows(lines)
    columns = _columns(lines[0][1], row)
    found, faults = list[tuple[int, T]](), list[str]()
    for number, cells in lines[1:]:
        try:
            found.append((number, _row(cells, columns, row)))
        except _Faulty as faulty:
            faults.extend(f"Row {number}, {one}" for one in faulty.told)
    if len(found) > MOST_ROWS:
        faults.append(f"There are {len(found)} rows, and no more than {MOST_ROWS} can be sent")
    if faults:
        more = len(faults) - MOST_TOLD
        ending = f" And {more} more." if more > 0 else ""
        raise AnswerRefused("pasted", ". ".join(faults[:MOST_TOLD]) + f".{ending}")
    return found


def _must_have_rows(lines: Lines) -> None:
    if len(lines) < 2:
        raise AnswerRefused("pasted", "Paste a heading row and at least one row under it.")


def table_of(rows: Sequence[BaseModel]) -> str:
    """Return rows as the table by which they could be brought in."""
    (kind,) = {type(one) for one in rows}
    out = StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write([one.title for one in columns_of(kind)])
    for row in rows:
        write(cells_of(row))
    return out.getvalue()


def cells_of(row: BaseModel) -> list[str]:
    """Return the cells of a row as they could be brought in, by its columns in their order."""
    return [_cell(getattr(row, name)) for name in type(row).model_fields]


def _cell(value: object) -> str:
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, StrEnum):
        return label(value)
    return "" if value is None else str(value)


class _Faulty(Exception):
    """What is wrong with one row, by column."""

    def __init__(self, told: Sequence[str]) -> None:
        super().__init__("; ".join(told))
        self.told = told


def lines_of(text: str) -> Lines:
    """Return the rows of a text that hold anything, by their number; the first is the head."""
    head = text.partition("\n")[0]
    between = next((one for one in "\t;" if one in head), ",")
    try:
        rows = list(csv.reader(StringIO(text), delimiter=between, strict=True))
    except csv.Error:
        raise AnswerRefused(
            "pasted", "This is no table: a quotation mark is opened and not closed."
        ) from None
    return [(number, row) for number, row in enumerate(rows, start=1) if any(map(str.strip, row))]


def _columns(head: Sequence[str], row: type[BaseModel]) -> list[TableColumn]:
    """Return which field each column is; refuse one that is not asked, twice, or missing."""
    asked = columns_of(row)
    known = {same_words(one.title): one for one in asked}
    while head and not head[-1].strip():
        head = head[:-1]
    other = [one for one in head if same_words(one) not in known]
    if other:
        titles = ", ".join(one.title for one in asked)
        raise AnswerRefused("pasted", f"No column is called “{other[0]}”. They are: {titles}.")
    columns = [known[same_words(one)] for one in head]
    twice = [one for one in columns if columns.count(one) > 1]
    if twice:
        raise AnswerRefused("pasted", f"The column “{twice[0].title}” is there twice.")
    missing = [one.title for one in asked if one.is_needed and one not in columns]
    if missing:
        raise AnswerRefused("pasted", f"A column is missing: {', '.join(missing)}.")
    return columns


def _row(cells: Sequence[str], columns: Sequence[TableColumn], row: type[T]) -> T:
    if any(one.strip() for one in cells[len(columns) :]):
        raise _Faulty([f"column {len(columns) + 1}: it stands under no heading"])
    said, faults = dict[str, Any](), list[str]()
    for column, cell in zip(columns, cells, strict=False):
        if not cell.strip():
            continue
        try:
            said[column.name] = _read(cell.strip(), column)
        except ValueError as error:
            faults.append(f"{column.title}: “{cell.strip()[:40]}” {error}")
    try:
        made = row.model_validate(said)
    except ValidationError as refused:
        faulty = {one.partition(":")[0] for one in faults}
        faults.extend(one for one in _told(refused, row) if one.partition(":")[0] not in faulty)
        raise _Faulty(faults) from None
    if faults:
        raise _Faulty(faults)
    return made


def _told(refused: ValidationError, row: type[BaseModel]) -> Iterator[str]:
    titles = {one.name: one.title for one in columns_of(row)}
    for error in refused.errors(include_url=False, include_input=False):
        yield f"{titles[str(error['loc'][0])]}: it {_WHY.get(error['type'], 'cannot be read')}"


def _read(cell: str, column: TableColumn) -> object:
    if column.is_day:
        return _day(cell)
    return cell if column.words is None else _word(cell, column.words)


def _word(cell: str, words: type[StrEnum]) -> StrEnum:
    named = {same_words(label(one)): one for one in words} | {one.value: one for one in words}
    found = named.get(same_words(cell))
    if found is None:
        raise ValueError(f"is none of: {', '.join(label(one) for one in words)}")
    return found


def _day(cell: str) -> date:
    plain = " ".join(cell.casefold().split())
    try:
        if found := _YEAR_FIRST.fullmatch(plain):
            return date(*map(int, found.groups()))
        if found := _BY_NUMBERS.fullmatch(plain):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        if found := _IN_WORDS.fullmatch(plain):
            return date(int(found[3]), _month(found[2]), int(found[1]))
    except ValueError:
        pass
    raise ValueError("is no date such as 27/3/2024 or 27 March 2024")


def _month(written: str) -> int:
    fits = months_beginning(written)
    if len(fits) != 1:
        raise ValueError(written)
    return fits[0]
