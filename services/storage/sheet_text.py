"""The cells of an Excel file as text, row by row: nothing in it is worked out or followed.

It is read part by part by the parser of the checks (`office_parts.py`), each element forgotten
when it ends. A formula is told by its place; what it came to is not read.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from services.storage.office import WORKBOOK
from services.storage.office_parts import PartRefused, elements, plain_name
from services.storage.sheet_numbers import NumberForms, forms_in

MOST_CELLS: Final = 20_000
MOST_COLUMNS: Final = 100
MOST_CHARACTERS: Final = 400_000
TOO_MUCH: Final = "The spreadsheet holds more than is read. Take out what does not belong to it."
SEVERAL: Final = (
    "More than one sheet of the file holds something, also if it is hidden. Keep the table on one "
    "sheet, and take the others out."
)
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STRINGS: Final = "xl/sharedStrings.xml"
_STYLES: Final = "xl/styles.xml"
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(slots=True)
class SheetTable:
    """The rows that hold anything, by their number in the sheet, and the places of formulas."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)


def table_in(content: bytes) -> SheetTable:
    """Return the cells of the one sheet that holds any, of a file that was checked.

    Raises PartRefused for a file that holds more than it may, or on several sheets.
    """
    filled = [one for _name, one in _tables(content) if one.rows]
    if len(filled) > 1:
        raise PartRefused(SEVERAL)
    return filled[0] if filled else SheetTable()


def tables_in(content: bytes) -> dict[str, SheetTable]:
    """Return the cells of every sheet that holds any, by its name, of a file that was checked.

    Raises PartRefused for a file that holds more than it may, in all sheets together.
    """
    found = {name: one for name, one in _tables(content) if one.rows}
    cells = [text for one in found.values() for _number, row in one.rows for text in row]
    if len(cells) > MOST_CELLS or sum(map(len, cells)) > MOST_CHARACTERS:
        raise PartRefused(TOO_MUCH)
    return found


def _tables(content: bytes) -> Iterator[tuple[str, SheetTable]]:
    """Yield each sheet by its name, as the workbook ties them to itself, with what it holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        strings = _strings(archive.read(_STRINGS)) if _STRINGS in names else []
        styles = archive.read(_STYLES) if _STYLES in names else None
        workbook = archive.read(WORKBOOK)
        forms, called = forms_in(styles, workbook), _names_of_sheets(workbook)
        for tied, part in _sheets(archive, names):
            if part in names:
                table = _SheetReading(strings, forms).read(archive.read(part))
                yield called.get(tied, part), table


def _names_of_sheets(workbook: bytes) -> dict[str, str]:
    """Return what each sheet is called, by how the workbook is tied to it."""
    found = (one for one in elements(workbook) if plain_name(one.tag) == "sheet")
    return {_tie(one): one.get("name", "") for one in found}


def _tie(sheet: etree._Element) -> str:
    """Return how a sheet is tied, in either of the two spaces of names of the format."""
    return next((said for name, said in sheet.items() if plain_name(name) == "id"), "")


def _sheets(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts that are sheets, with how the workbook ties each of them to itself."""
    if _RELATIONS not in names:
        return
    for element in elements(archive.read(_RELATIONS)):
        if element.get("Type", "").endswith("/worksheet"):
            target = element.get("Target", "")
            is_whole = target.startswith("/")
            part = target[1:] if is_whole else posixpath.normpath(f"xl/{target}")
            yield element.get("Id", ""), part


def _strings(part: bytes) -> list[str]:
    """Return the texts that cells share, by their number."""
    found, pieces = list[str](), list[str]()
    for element in elements(part):
        name = plain_name(element.tag)
        if name == "t" and not _is_how_to_say_it(element):
            pieces.append(element.text or "")
        elif name == "si":
            found.append("".join(pieces))
            pieces.clear()
    return found


def _is_how_to_say_it(element: etree._Element) -> bool:
    """Tell whether a text only says how another is pronounced."""
    return any(plain_name(one.tag) == "rPh" for one in element.iterancestors())


class _SheetReading:
    """Reads one sheet: each cell when it ends, each row with the cells that hold anything."""

    def __init__(self, strings: list[str], forms: NumberForms) -> None:
        self._table = SheetTable()
        self._strings, self._forms = strings, forms
        self._pieces = list[str]()
        self._value, self._has_formula = "", False
        self._cells = dict[int, str]()
        self._row, self._column = 0, 0
        self._many = self._long = 0

    def read(self, part: bytes) -> SheetTable:
        """Return what the sheet holds; raises PartRefused where it is too much."""
        for element in elements(part):
            name = plain_name(element.tag)
            if name == "t" and not _is_how_to_say_it(element):
                self._pieces.append(element.text or "")
            elif name == "v":
                self._value = element.text or ""
            elif name == "f":
                self._has_formula = True
            elif name == "c":
                self._end_cell(element)
            elif name == "row":
                self._end_row(element)
        return self._table

    def _end_cell(self, element: etree._Element) -> None:
        place = _PLACE.fullmatch(element.get("r", ""))
        self._column = _column_of(place[1]) if place else self._column + 1
        text = self._text_of(element.get("t", "n"), element.get("s", ""))
        if self._has_formula:
            row = int(place[2]) if place else self._row + 1
            self._table.formulas.append((row, self._column))
            text = text or "="
        if text.strip():
            self._keep(text)
        self._pieces.clear()
        self._value, self._has_formula = "", False

    def _text_of(self, kind: str, style: str) -> str:
        if kind == "inlineStr":
            return "".join(self._pieces)
        if kind == "s":
            at = int(self._value) if self._value.isdecimal() else len(self._strings)
            return self._strings[at] if at < len(self._strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(self._value, self._value)
        return self._forms.text_of(self._value, style) if kind == "n" else self._value

    def _keep(self, text: str) -> None:
        self._many, self._long = self._many + 1, self._long + len(text)
        is_far = self._column > MOST_COLUMNS
        if is_far or self._many > MOST_CELLS or self._long > MOST_CHARACTERS:
            raise PartRefused(TOO_MUCH)
        self._cells[self._column] = text

    def _end_row(self, element: etree._Element) -> None:
        said = element.get("r", "")
        self._row = int(said) if said.isdecimal() else self._row + 1
        if self._cells:
            last = max(self._cells)
            cells = [self._cells.get(at, "") for at in range(1, last + 1)]
            self._table.rows.append((self._row, cells))
        self._cells = {}
        self._column = 0


def _column_of(letters: str) -> int:
    """Return which column it is: `A` is the first, `AA` the 27th."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number
