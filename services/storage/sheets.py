"""A spreadsheet that somebody sends is read by a process of its own, within limits."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from threading import BoundedSemaphore
from typing import Any, Final

from services.domain.errors import AnswerRefused
from services.storage.sheet_child import SEVERAL_SHEETS
from services.storage.sheet_text import TOO_MUCH

PATIENCE: Final = 20.0
AT_ONCE: Final = 2
_COMMAND: Final = (sys.executable, "-P", "-B", "-m", "services.storage.sheet_child")
_turns = BoundedSemaphore(AT_ONCE)

SheetRows = Sequence[tuple[int, Sequence[str]]]


def rows_of_workbook(content: bytes) -> tuple[SheetRows, frozenset[tuple[int, int]]]:
    """Return the rows of an Excel file that was checked, by their numbers, and where formulas are.

    Raises AnswerRefused("file") for one that cannot be read within the limits.
    """
    return _rows(_read(content))


def sheets_of_workbook(
    content: bytes,
) -> dict[str, tuple[SheetRows, frozenset[tuple[int, int]]]]:
    """Return the same of every sheet that holds anything, by its name."""
    found = _read(content, SEVERAL_SHEETS)
    return {name: _rows(one) for name, one in found["sheets"].items()}


def _rows(found: Mapping[str, Any]) -> tuple[SheetRows, frozenset[tuple[int, int]]]:
    rows = [(number, tuple(cells)) for number, cells in found["rows"]]
    return rows, frozenset((row, column) for row, column in found["formulas"])


def _read(content: bytes, *how: str) -> dict[str, Any]:
    there = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with _turns:
        try:
            ended = subprocess.run(  # noqa: S603 -- the command is our own
                (*_COMMAND, *how),
                input=content,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env=there,
            )
        except subprocess.TimeoutExpired:
            raise AnswerRefused("file", TOO_MUCH) from None
    if ended.returncode != 0:
        raise AnswerRefused("file", TOO_MUCH)
    found: dict[str, Any] = json.loads(ended.stdout)
    if "refused" in found:
        raise AnswerRefused("file", found["refused"])
    return found
