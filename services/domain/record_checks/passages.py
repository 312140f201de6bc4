"""The text of one part of a record as its checks read it: its paragraphs and sentences.

A person's text is of any shape. Every pattern of these checks takes time in proportion to the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

_END: Final = re.compile(r"[.!?][\"\u201d\u2019')\]]?[ \t]+(?=[\"\u201c\u2018'(\[]?[A-Z0-9])")
_SHORTENED: Final = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Dr|Mr|Mrs|Ms|Miss|Prof|Rev|St|No|Nos|approx|e\.g|i\.e|c|cf|vs|para|s|ss)$"
)
_GAPS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class RecordText:
    """One part of the record: the name of its question, and what was written there.

    ``tells_births`` says that dates of birth belong there, ``tells_years`` that nothing else does
    which has a year; ``cites`` says that the addresses of published works belong there.
    """

    name: str
    text: str
    tells_births: bool = False
    tells_years: bool = False
    cites: bool = False


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form of this case as it was filled in: what it asks, and what was answered."""

    questions: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownOfCase:
    """What is known of the case when its record is read.

    ``incident_on`` is the day of the incident, or the first day on which it was known.
    """

    incident_on: date
    births: frozenset[date] = frozenset()
    forms: tuple[KnownForm, ...] = ()


def paragraphs(text: str) -> Iterator[str]:
    """Yield the lines that hold something, as they stand in the text."""
    for line in text.splitlines():
        if line.strip():
            yield line.strip()


def sentences(paragraph: str) -> Iterator[str]:
    """Yield the sentences of one paragraph, each as it stands there."""
    begin = 0
    for end in _END.finditer(paragraph):
        last = paragraph[max(begin, end.start() - 12) : end.start()]
        if _SHORTENED.search(last) and paragraph[end.start()] == ".":
            continue
        yield paragraph[begin : end.end()].strip()
        begin = end.end()
    if paragraph[begin:].strip():
        yield paragraph[begin:].strip()


def all_sentences(text: str) -> list[str]:
    """Return the sentences of the whole text, in its order."""
    return [one for line in paragraphs(text) for one in sentences(line)]


def plain_words(text: str) -> str:
    """Return the words alone, in small letters with one blank between and around them."""
    return f" {_GAPS.sub(' ', text.casefold()).strip()} "
