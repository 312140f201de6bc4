"""Tests that take turns: each run of the suite does a part of the dear ones, the check all.

Of the rows of a function with parameters a run does a sixth, of the other functions a twelfth.
Whose turn it is follows from the code: what failed fails again until the code is another one, and
other code is tried by other tests.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from zlib import crc32

TURNS: Final = 12
OF_ROWS: Final = 6  # the rows come round twice in all turns
WAYS: Final = 3  # as many functions of a file try the same acts or pages, each in its own way
OPTION: Final = "--turn"


def turn_of(code: str) -> int:
    """Return whose turn it is with this code, which is told as a hexadecimal number: 1 to 12."""
    return int(code, 16) % TURNS + 1


def is_row(test: str) -> bool:
    """Tell whether a test, named as pytest names it, is one row of a function with parameters."""
    return "[" in test


def of_others(tests: Iterable[str], turn: int) -> Iterator[str]:
    """Yield the tests, named as pytest names them, that are left to the other turns.

    Of each file every twelfth function stays, and every sixth row of each function with parameters:
    where three functions that follow each other try the same acts or pages, one of them tries each
    in one of two turns.
    """
    functions, rows = dict[str, dict[str, int]](), Counter[str]()
    for test in tests:
        file, function = test.partition("::")[0], test.partition("[")[0]
        of_file = functions.setdefault(file, {})
        place = of_file.setdefault(function, len(of_file))
        every = TURNS
        if is_row(test):
            every, place = OF_ROWS, place * (OF_ROWS // WAYS) + rows[function]
        if (crc32(file.encode()) + place + 1 - turn) % every:
            yield test
        rows[function] += 1


def said(turn: int, left: int, taking: int) -> str:
    """Return how many tests were left to the others, as it stands in the last line of a run."""
    return f"turn {turn} of {TURNS}: {left} of the {taking} tests that take turns are left out"
