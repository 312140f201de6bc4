"""A chronology that is brought in as a file: an Excel or a CSV file, read and not kept (LC-33).

Nothing is recorded by it: its rows go into the form of the act, to be read there and sent. One
fault keeps all rows out, and is named by its row and column.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeVar

from services.casework.steps.file_checks import (
    UploadPlace,
    checked_and_scanned,
    must_be_harmless,
)
from services.casework.steps.local_review.chronology_columns import columns_of
from services.casework.steps.local_review.chronology_pasted import (
    Lines,
    lines_of,
    rows_in,
    table_of,
)
from services.casework.steps.local_review.chronology_rows import MOST_PASTED, DatedRow
from services.documents.tables import FORMULA_MARKS
from services.domain.errors import AnswerRefused
from services.storage.checking import must_be_of_a_size
from services.storage.scanning import Scan
from services.storage.sheets import rows_of_workbook

R = TypeVar("R", bound=DatedRow)
LARGEST_CSV: Final = 1024 * 1024
_CHOOSE: Final = "Choose an Excel file (.xlsx) or a CSV file (.csv)."


@dataclass(frozen=True, slots=True)
class SentTable:
    """A file as it was sent: its name, its bytes, and whether it must have been scanned."""

    name: str
    content: bytes
    must_be_scanned: bool


def rows_of_file(place: UploadPlace, sent: SentTable, row: type[R]) -> list[tuple[int, R]]:
    """Return the rows of the file, by their numbers there, with no transaction open.

    Raises AnswerRefused("file") with what is wrong, by row and column, and FileIsHarmful where the
    scan found something.
    """
    is_csv = sent.name.casefold().endswith(".csv")
    try:
        lines = _of_csv(place, sent) if is_csv else _of_workbook(place, sent, row)
        rows = rows_in(lines, row)
    except AnswerRefused as refused:
        if refused.field != "pasted":
            raise
        raise AnswerRefused("file", str(refused)) from None
    if len(table_of([one for _number, one in rows])) > MOST_PASTED:
        raise AnswerRefused(
            "file", "The table holds more text than can be sent. Shorten what its rows say."
        )
    return rows


def _of_workbook(place: UploadPlace, sent: SentTable, row: type[DatedRow]) -> Lines:
    checked, scan = checked_and_scanned(place.scanner, (sent.name, sent.content))
    if checked.extension != "xlsx":
        raise AnswerRefused("file", _CHOOSE)
    must_be_scanned(sent, scan)
    lines, formulas = rows_of_workbook(checked.content)
    if formulas:
        number, at = min(formulas)
        head = lines[0][1] if lines else ()
        called = head[at - 1] if at <= len(head) else ""
        known = {one.title for one in columns_of(row)}
        where = called if called in known else f"column {at}"
        raise AnswerRefused(
            "file",
            f"Row {number}, {where}: it holds a formula, which is not worked out. Put in what it "
            "comes to, as text.",
        )
    return lines


def _of_csv(place: UploadPlace, sent: SentTable) -> Lines:
    must_be_of_a_size(sent.content, largest=LARGEST_CSV)
    scan = place.scanner.scan(sent.content)
    must_be_harmless(scan)
    must_be_scanned(sent, scan)
    text = _text_in(sent.content)
    return [(number, [_plain(one) for one in cells]) for number, cells in lines_of(text)]


def _text_in(content: bytes) -> str:
    """Return the text of a CSV file: Unicode, or the letters in which Excel saves one here."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    else:
        text = "\0"
    if any(one < " " and one not in "\t\r\n" for one in text):
        raise AnswerRefused("file", f"This file holds no text. {_CHOOSE}")
    return text


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps it from being taken for a formula."""
    is_kept_text = cell.startswith("'") and cell[1:].startswith(FORMULA_MARKS)
    return cell[1:] if is_kept_text else cell


def must_be_scanned(sent: SentTable, scan: Scan) -> None:
    """Refuse a file that the scanner has not looked at, where the partnership demands that."""
    if not scan.lets_read(is_demanded=sent.must_be_scanned):
        raise AnswerRefused("file", "The virus scanner does not answer now. Try again later.")
