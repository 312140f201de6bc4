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


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or year as it stands at a place of a sentence, and the last day it can mean."""

    begin: int
    end: int
    last: date


def begins_with_a_date(text: str) -> bool:
    """Tell whether a line or sentence begins with a date, as an entry of a chronology does."""
    return _FIRST.match(text) is not None


def dates_in(sentence: str) -> Iterator[Dated]:
    """Yield what can be read as a date or a year, in the order of the sentence."""
    for found in _DATE.finditer(sentence):
        yield Dated(found.start(), found.end(), _last_day(found))


def _last_day(found: re.Match[str]) -> date:
    """Return the last day that the words can mean; of a date that is none, that of its year."""
    if found["iso"]:
        return _day(*map(int, found["iso"].split("-")))
    if found["numbers"]:
        day, month, year = map(int, re.split(r"[./-]", found["numbers"]))
        return _day(year if year > 99 else _CENTURY + year, month, day)
    if found["alone"]:
        return date(int(found["alone"]), 12, 31)
    written = found["month"].casefold()
    month = next(at for at, one in enumerate(_MONTHS, 1) if re.fullmatch(one, written))
    if found["day"]:
        return _day(int(found["year"]), month, int(found["day"]))
    return _day(int(found["year"]) + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 12, 31)
