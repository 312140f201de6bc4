"""A workbook that is brought in: checked, scanned, read cell by cell, and not kept."""

from collections.abc import Mapping, Sequence

from services.casework.steps.file_checks import UploadPlace, checked_and_scanned
from services.casework.steps.local_review.chronology_file import SentTable, must_be_scanned
from services.domain.errors import AnswerRefused
from services.storage.sheets import sheets_of_workbook

Rows = Sequence[tuple[int, Sequence[str]]]


def sheets_of_file(place: UploadPlace, sent: SentTable) -> Mapping[str, Rows]:
    """Return the rows of each sheet by its name, with no transaction open.

    Raises AnswerRefused("file") with what is wrong, and FileIsHarmful where the scan found
    something. A formula is named by its cell, and is not worked out.
    """
    checked, scan = checked_and_scanned(place.scanner, (sent.name, sent.content))
    if checked.extension != "xlsx":
        raise AnswerRefused("file", "Choose the workbook as an Excel file (.xlsx).")
    must_be_scanned(sent, scan)
    found = sheets_of_workbook(checked.content)
    for name, (_rows, formulas) in found.items():
        for row, column in sorted(formulas)[:1]:
            raise AnswerRefused(
                "file",
                f"{name}, cell {column_letters(column)}{row}: it holds a formula, which is not "
                "worked out. Put in what it comes to, as text.",
            )
    return {name: rows for name, (rows, _formulas) in found.items()}


def column_letters(number: int) -> str:
    """Return the letters of a column, as a spreadsheet has them: A is the first, AA the 27th."""
    letters, left = "", number
    while left:
        left, place = divmod(left - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
