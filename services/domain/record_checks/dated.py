"""The dates and years that stand in a sentence, as people in England write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = (
    "jan(?:uary)?",
    "feb(?:ruary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
)
_MONTH_NUMBERS: Final = {one[:3]: at for at, one in enumerate(_MONTHS, 1)}
"""By the first three letters: of the rest, a letter may be typed that only looks the same."""
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_DATE: Final = re.compile(
    rf"(?<![\w£$/.-])(?:"
    rf"(?P<iso>{_YEAR}-[0-9]{{1,2}}-[0-9]{{1,2}})"
    rf"|(?P<numbers>[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-](?:{_YEAR}|[0-9]{{2}}))"
    rf"|(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?{_MONTH},?\s(?P<year>{_YEAR})"
    rf"|(?P<alone>{_YEAR})(?:[/-](?:{_YEAR}|[0-9]{{2}}))?"
    rf")(?![\w%]|[./-][0-9])",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    rf"^\W{{0,4}}(?:(?:on|in)\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
    rf"(?:{_YEAR}-[0-9]{{1,2}}-[0-9]{{1,2}}|[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-][0-9]{{2,4}}"
    rf"|(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?)?(?:{'|'.join(_MONTHS)})\.?,?\s{_YEAR}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{'|'.join(_MONTHS)})\b)",
    re.IGNORECASE,
)
_CENTURY: Final = 2000
_AHEAD: Final = 10
"""A year of two digits is read as one of so many years after the incident, or as one before it."""
_BEFORE_A_YEAR: Final = re.compile(
    rf"\b(?:in|since|during|of|from|by|until|till|throughout|before|after|around|about|circa|early|"
    rf"mid|late|years?|spring|summer|autumn|winter|christmas|easter|{'|'.join(_MONTHS)})[\s,.-]{{1,2}}$",
    re.IGNORECASE,
)
_STREET: Final = re.compile(
    r"\s[A-Z][\w'\u2019-]{0,30}\s(?:Road|Street|Avenue|Lane|Close|Drive|Way|Court|Gardens|Crescent|"
    r"Place|Hill|Park|Terrace|Grove|House)\b"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or year as it stands at a place of a sentence, and the last day it can mean.

    ``is_day`` says that it names a day, and no month or year alone.
    """

    begin: int
    end: int
    last: date
    is_day: bool


def begins_with_a_date(text: str) -> bool:
    """Tell whether a line or sentence begins with a date, as an entry of a chronology does."""
    return _FIRST.match(text) is not None


def dates_in(sentence: str, incident_on: date) -> Iterator[Dated]:
    """Yield what can be read as a date or a year, in the order of the sentence.

    A number is taken for a year where the words before it say when, as "in 2015" does: one of a
    house or of a log is none. A year of two digits is not read as one long after the incident.
    """
    for found in _DATE.finditer(sentence):
        if found["alone"] is None or _tells_when(found):
            is_day = any(found[one] is not None for one in ("iso", "numbers", "day"))
            last = _last_day(found, incident_on.year + _AHEAD)
            yield Dated(found.start(), found.end(), last, is_day)


def _tells_when(year: re.Match[str]) -> bool:
    said, begin, end = year.string, year.start(), year.end()
    before = _BEFORE_A_YEAR.search(said[max(0, begin - 14) : begin])
    return before is not None and _STREET.match(said, end) is None


def _last_day(found: re.Match[str], latest: int) -> date:
    """Return the last day that the words can mean; of a date that is none, that of its year."""
    if found["iso"]:
        return _day(*map(int, found["iso"].split("-")))
    if found["numbers"]:
        day, month, year = map(int, re.split(r"[./-]", found["numbers"]))
        return _day(_in_full(year, latest), month, day)
    if found["alone"]:
        return date(int(found["alone"]), 12, 31)
    month = _MONTH_NUMBERS[found["month"][:3].casefold()]
    if found["day"]:
        return _day(int(found["year"]), month, int(found["day"]))
    return _day(int(found["year"]) + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _in_full(year: int, latest: int) -> int:
    if year > 99:
        return year
    return _CENTURY + year if _CENTURY + year <= latest else _CENTURY - 100 + year


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 12, 31)
