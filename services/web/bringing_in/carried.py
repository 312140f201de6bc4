"""What a workbook says, as the page carries it from the look at it to the bringing in."""

import json
from typing import Any, Final

from services.domain.errors import AnswerRefused
from services.web.bringing_in.cells import Book

LONGEST: Final = 600_000
_LOST: Final = "What the file says was lost on the way. Choose the file again."


def carried(book: Book) -> str:
    """Return the cells as one text; raises AnswerRefused("file") for too many of them."""
    text = json.dumps({name: [[at, list(row)] for at, row in rows] for name, rows in book.items()})
    if len(text) > LONGEST:
        raise AnswerRefused("file", "The workbook holds more text than can be sent in one.")
    return text


def book_in(text: str) -> Book:
    """Return the cells that the page carried; raises AnswerRefused("file") for anything else."""
    try:
        said: Any = json.loads(text) if len(text) <= LONGEST else None
        return {_text(name): [_row(one) for one in rows] for name, rows in said.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise AnswerRefused("file", _LOST) from None


def _row(said: Any) -> tuple[int, tuple[str, ...]]:  # noqa: ANN401 - as JSON has it
    number, cells = said
    if type(number) is not int or not 0 < number < 2_000_000:
        raise ValueError
    return number, tuple(_text(one) for one in cells)


def _text(said: Any) -> str:  # noqa: ANN401 - as JSON has it
    if not isinstance(said, str):
        raise TypeError
    return said
