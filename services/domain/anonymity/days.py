"""Days in a text, in whichever way they are written: 3 March 2024, 03/03/2024, March 3, 3rd March.

A numeric day is read as it is written in England; where that is no day, as in America.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.domain.anonymity.known import FoundWords, HitKind, KnownDay
from services.domain.plain_dates import MONTHS

_MONTHS: Final = tuple(one.casefold() for one in MONTHS)
_ORDINALS_SAID: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS: Final = _ORDINALS_SAID.split()
_MONTH: Final = "|".join([*_MONTHS, *(one[:3] for one in _MONTHS), "sept"])
_BY_NAME: Final = {one[:3]: number for number, one in enumerate(_MONTHS, 1)}
_SPELT: Final = {
    **{one: number for number, one in enumerate(_ORDINALS, 1)},
    **{f"twenty {one}": 20 + number for number, one in enumerate(_ORDINALS[:9], 1)},
    "thirtieth": 30,
    "thirty first": 31,
}
_DAY: Final = (
    r"(?P<day>[0-3]?\d)(?:\s?(?:st|nd|rd|th))?"
    rf"|(?P<spelt>(?:twenty[\s-])?(?:{'|'.join(_ORDINALS)})|thirtieth|thirty[\s-]first)"
)
_YEAR: Final = r"(?P<year>(?:19|20)\d\d|['\u2019]\d\d|\d\d(?![\d:.]))"
_GAP: Final = r"[\s,.\-/\u2013]{1,3}"
_DAY_FIRST: Final = (
    rf"(?<![\w/])(?:{_DAY})(?:\s+day)?(?:\s+of)?[\s,.\-/\u2013]{{0,3}}(?P<month>{_MONTH})\b"
    rf"(?:{_GAP}{_YEAR}\b)?"
)
_MONTH_FIRST: Final = (
    rf"\b(?P<month>{_MONTH})\.?{_GAP}(?:the\s+)?(?:{_DAY})(?!\w)(?:{_GAP}{_YEAR}\b)?"
)
_NUMBERS: Final = (
    r"(?<![\d/.-])(?P<day>\d{1,2})\s?(?P<by>[/.\-\u2013])\s?(?P<number>\d{1,2})\s?(?P=by)\s?"
    r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
)
_YEAR_FIRST: Final = (
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<by>[/.\-]?)(?P<number>[01]\d)(?P=by)(?P<day>[0-3]\d)"
    r"(?!\d)"
)
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE) for form in (_DAY_FIRST, _MONTH_FIRST, _NUMBERS, _YEAR_FIRST)
)
_OF_MONTH: Final = re.compile(
    rf"\b(?P<month>{_MONTH})[\s,.\-]{{1,2}}(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Written:
    day: int
    month: int
    year: int | None
    start: int
    end: int


def find_days(text: str, known: Sequence[KnownDay]) -> Iterator[FoundWords]:
    """Yield the days of a case in a text, and as possible every other day with its year."""
    by_day: dict[tuple[int, int], list[KnownDay]] = {}
    for one in known:
        by_day.setdefault((one.on.day, one.on.month), []).append(one)
    for written in _written(text):
        same = [
            one
            for one in by_day.get((written.day, written.month), ())
            if written.year in (None, one.on.year, one.on.year % 100)
        ]
        if same:
            yield FoundWords(written.start, written.end, same[0].kind)
        elif written.year is not None:
            yield FoundWords(written.start, written.end, HitKind.FULL_DATE)
    months = {(one.on.month, one.on.year) for one in known}
    for found in _OF_MONTH.finditer(text):
        if (_month(found["month"]), int(found["year"])) in months:
            yield FoundWords(found.start(), found.end(), HitKind.MONTH)


def _written(text: str) -> Iterator[_Written]:
    for form in _FORMS:
        for found in form.finditer(text):
            said = found.groupdict()
            day, month = _day(said), _month(said.get("month")) or int(said.get("number") or 0)
            if month > 12 and day <= 12:
                day, month = month, day
            if 1 <= day <= 31 and 1 <= month <= 12:
                yield _Written(day, month, _year(said.get("year")), found.start(), found.end())


def _day(said: dict[str, str | None]) -> int:
    spelt = " ".join((said.get("spelt") or "").casefold().replace("-", " ").split())
    return _SPELT[spelt] if spelt else int(said.get("day") or 0)


def _month(name: str | None) -> int:
    return _BY_NAME.get((name or "")[:3].casefold(), 0)


def _year(said: str | None) -> int | None:
    return int(said.strip("'\u2019")) if said else None
