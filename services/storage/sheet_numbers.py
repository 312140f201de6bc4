"""How the numbers of a spreadsheet are shown: which of them are days and times, and what they say.

A spreadsheet keeps a day as a count of days; that it is one, only the form of its cell says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.storage.office_parts import elements, plain_name

_DAYS: Final = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_TIMES: Final = frozenset({18, 19, 20, 21, 45, 46, 47})
_NOT_FORM: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_FIRST_DAY: Final = date(1899, 12, 31)
_FIRST_DAY_1904: Final = date(1904, 1, 1)
_LAST_COUNT: Final = 2_958_465  # the last day of the year 9999
_NO_LEAP_DAY: Final = 60  # the count of 29 February 1900, which there was not
_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class NumberForms:
    """Which styles of a workbook show a number as a day, which as a time, and its first day."""

    days: frozenset[str]
    times: frozenset[str]
    from_1904: bool

    def text_of(self, value: str, style: str) -> str:
        """Return what the number says: a day as 2024-03-27, a time as 14:30, else itself."""
        try:
            number = float(value)
        except ValueError:
            return value
        if style in self.days and 0 < number < _LAST_COUNT:
            time = f" {_time(number)}" if style in self.times and number % 1 else ""
            return f"{self._day(int(number)).isoformat()}{time}"
        if style in self.times and 0 <= number < 1:
            return _time(number)
        return value.removesuffix(".0")

    def _day(self, count: int) -> date:
        if self.from_1904:
            return _FIRST_DAY_1904 + timedelta(days=count)
        return _FIRST_DAY + timedelta(days=count - (count > _NO_LEAP_DAY))


def forms_in(styles: bytes | None, workbook: bytes) -> NumberForms:
    """Return the forms of numbers that these parts of a workbook name."""
    days, times = set[str](), set[str]()
    for style, (number, code) in _styles(styles).items() if styles is not None else ():
        if number in _DAYS or (code and _has(code, "dy")):
            days.add(style)
        if number in _TIMES or number == 22 or (code and _has(code, "hs")):
            times.add(style)
    from_1904 = any(
        one.get("date1904", "") in {"1", "true"}
        for one in elements(workbook)
        if plain_name(one.tag) == "workbookPr"
    )
    return NumberForms(frozenset(days), frozenset(times), from_1904)


def _styles(part: bytes) -> Mapping[str, tuple[int, str]]:
    """Return of each style of cells, by its place, the form of its numbers and how it is written.

    The styles of cells stand under one element, and other styles of the same name under another.
    """
    codes, found = dict[int, str](), dict[str, tuple[int, str]]()
    for element in elements(part):
        name = plain_name(element.tag)
        if name == "numFmt":
            codes[_number(element.get("numFmtId", ""))] = element.get("formatCode", "")
        elif name == "xf" and _is_of_cells(element.getparent()):
            number = _number(element.get("numFmtId", ""))
            found[str(len(found))] = (number, codes.get(number, ""))
    return found


def _is_of_cells(above: object) -> bool:
    return above is not None and plain_name(str(getattr(above, "tag", ""))) == "cellXfs"


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else -1


def _has(code: str, letters: str) -> bool:
    """Tell whether the form shows any of these: what is only text in it is passed over."""
    plain = _NOT_FORM.sub("", code.partition(";")[0]).casefold()
    return any(one in plain for one in letters)


def _time(number: float) -> str:
    minutes = round(number % 1 * _MINUTES) % _MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"
