"""Lengthy chronologies, and events of years back whose relevance is not stated (RR-24).

The framework: "Lengthy multi-agency chronologies or events going back years - unless there is a
clear and stated relevance e.g., children who have been removed from the family in the past would be
considered relevant". It says neither how long is lengthy nor how many years: both are our reading.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Final

from services.domain.record_checks.dated import Dated, begins_with_a_date, dates_in
from services.domain.record_checks.passages import (
    KnownOfCase,
    RecordText,
    all_sentences,
    paragraphs,
    sentences,
)

LENGTHY: Final = 10
"""So many entries that begin with a date are asked about as a chronology [inf]."""
YEARS: Final = 2
"""An event so many years before the incident, or more, is asked about [inf]: "years" is several."""
_SAYS_SOMETHING: Final = 6

_RELEVANT: Final = re.compile(
    r"\brelevance\b(?! (?:(?:to|of|for) (?:[\w'\u2019-]{1,20} ){1,6})?(?:is|was|has|remains|seems) "
    r"(?:been )?(?:not|none|un\w{1,20}|doubtful|limited|minimal|low)\b)"
    r"|\brelevant(?=\W{0,3}$|[,;:)]| (?:to|because|as|since|for|here|now|in that|today|still)\b)",
    re.I,
)
_REMOVED: Final = re.compile(
    r"\bremoved from (?:[\w'\u2019-]{1,20} ){0,3}?(?:family|home|parents?|mother|father|household|"
    r"care|custody)\b|\b(?:taken into care|care proceedings|care order|placed for adoption)\b",
    re.I,
)
_CLAUSE: Final = re.compile(
    r"[,;:]|\b(?:but|although|though|yet|which|because)\b"
    r"|\band (?:is|are|was|were|it|this|that|they)\b",
    re.I,
)
_DENIED: Final = re.compile(
    r"\b(?:not(?! only\b)|no|never|nor|neither|none|nothing|nobody|without|little|any|hardly|"
    r"barely|scarcely|cannot|if|whether|doubtful|unclear|lacks?|limited)\b|n['\u2019]t\b",
    re.I,
)
_PERSON: Final = re.compile(
    r"(?:\b(?:(?:step|half|grand|god)-?)?(?:mother|father|mum|dad|parent|brother|sister|sibling|son|"
    r"daughter|child)|\b(?:baby|infant|boy|girl|twin|partner|uncle|aunt|cousin|carer|adult|man|woman)"
    r"|\b(?-i:[A-Z])[\w'\u2019.-]{0,30})\s?\($",
    re.I,
)
_PUBLISHED: Final = re.compile(
    r"\b(?:Act|Regulations|Together(?: to Safeguard Children)?|Education|Practice|Framework|"
    r"Strategy|Report|Guidance|Guidelines|Inquiry|Census|Procedures|Panel)\b[,:]? \(?$"
)
_BORN: Final = re.compile(r"\b(?:born|birth|birthday|d\.?o\.?b)\b[^.;]{0,40}$", re.I)
_MANY: Final = (
    r"(?:several|many|some|[2-9]|[1-9][0-9]|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)"
)
_AGO: Final = re.compile(
    rf"\b(?:{_MANY} years|an? decade|decades) (?:ago|before|earlier|previously|prior)\b"
    rf"|\b(?:past|last|previous|preceding) (?:{_MANY} years|decade)\b",
    re.I,
)


def lengthy_chronology(part: RecordText, _known: KnownOfCase) -> tuple[str, ...]:
    """Return the entries of a chronology where there are many of them (RR-24)."""
    entries = tuple(one for one in all_sentences(part.text) if begins_with_a_date(one))
    return entries if len(entries) >= LENGTHY else ()


def years_back(part: RecordText, known: KnownOfCase) -> tuple[str, ...]:
    """Return the sentences on events years before the incident, where no relevance is stated.

    It is stated, and not denied, where the paragraph says that it is relevant, or tells of children
    who were removed from the family, which the guidance takes to be relevant (RR-24).
    """
    limit = _years_before(known.incident_on)
    return tuple(
        one
        for line in paragraphs(part.text)
        if not _states_relevance(line)
        for one in sentences(line)
        if _AGO.search(one) or any(day <= limit for day in _of_events(one, part, known))
    )


def _states_relevance(paragraph: str) -> bool:
    said = [one for one in sentences(paragraph) if len(one.split()) >= _SAYS_SOMETHING]
    return any(_says(pattern, one) for one in said for pattern in (_RELEVANT, _REMOVED))


def _says(pattern: re.Pattern[str], sentence: str) -> bool:
    """Tell whether the sentence says it and does not deny it in the same clause."""
    begins = [0, *(one.end() for one in _CLAUSE.finditer(sentence))]
    for found in pattern.finditer(sentence):
        begin = begins[bisect_right(begins, found.start()) - 1]
        if not _DENIED.search(sentence, begin, found.start()):
            return True
    return False


def _of_events(sentence: str, part: RecordText, known: KnownOfCase) -> Iterator[date]:
    """Yield the days of a sentence that are neither of a birth nor of a published work."""
    so_far = 0
    for found in dates_in(sentence, known.incident_on):
        before = sentence[so_far : found.begin]
        so_far = found.end
        is_birth = (
            found.last in known.births
            or _BORN.search(before[-60:]) is not None
            or (_is_in_brackets(sentence, found) and (part.tells_births or _is_born(before, found)))
        )
        if not is_birth and not part.tells_years and not _PUBLISHED.search(before[-60:]):
            yield found.last


def _is_in_brackets(sentence: str, found: Dated) -> bool:
    return sentence[found.begin - 1 : found.begin] == "(" and sentence.startswith(")", found.end)


def _is_born(before: str, found: Dated) -> bool:
    """Tell whether a day in brackets stands behind a person, as a date of birth does."""
    return found.is_day and _PERSON.search(before[-60:]) is not None


def _years_before(day: date) -> date:
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - YEARS, day=28)
