"""What is asked of a search: words, days and references, and which part of a text answers it."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.domain.alike import stem
from services.domain.plain_dates import months_beginning
from services.domain.plain_text import normalized

LONGEST: Final = 200  # letters that a search may have
MOST_WORDS: Final = 8
AROUND: Final = 80  # letters of the text on each side of the word that was found
BEGINS: Final = 4  # a word of so many letters is found by its beginning as well

_WORD: Final = re.compile(r"[^\W_]+")
_DAY: Final = re.compile(
    r"(?<![\w-])(?:(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})"
    r"|(?P<dd>\d{1,2}) (?P<name>[A-Za-z]{3,9}) (?P<yyyy>\d{4}))(?![\w-])"
)


class FoundIn(StrEnum):
    """Where in a case a search found something: the nearest to what was meant first."""

    REFERENCE = "reference"
    CHILD = "child"
    INCIDENT = "incident"
    AGENCY = "agency"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """What is asked: each word and each day has a place; a case answers that has all of them.

    ``references`` are the texts between blanks, with the places of the words in each: of a
    reference all of them are found together.
    """

    words: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    references: tuple[tuple[str, frozenset[int]], ...] = ()

    @property
    def places_of_days(self) -> frozenset[int]:
        """Return the places of the days, which come after the words."""
        return frozenset(range(len(self.words) + 1, len(self.words) + len(self.days) + 1))

    @property
    def places_of_words(self) -> frozenset[int]:
        """Return the places of the words, from 1."""
        return frozenset(range(1, len(self.words) + 1))


@dataclass(frozen=True, slots=True)
class Extract:
    """A piece of a text: the words that answer, with what stands before and after them."""

    before: str
    found: str
    after: str


def asked_in(typed: str) -> SearchAsked:
    """Return what is asked in what a person typed; of more than eight words the first eight."""
    text = normalized("NFC", typed)[:LONGEST]
    days = []
    for found in _DAY.finditer(text):
        with suppress(ValueError):
            days.append(_day_of(found))
    words: list[str] = []
    references = []
    for piece in _DAY.sub(" ", text).split():
        begun = len(words)
        words += _WORD.findall(piece)
        words = words[:MOST_WORDS]
        if len(words) > begun:
            references.append((piece, frozenset(range(begun + 1, len(words) + 1))))
    return SearchAsked(tuple(words), tuple(dict.fromkeys(days)), tuple(references))


def extract(texts: Iterable[str], words: Collection[str]) -> Extract | None:
    """Return the first place in the texts at which one of the words stands, and what is around.

    A word stands there in another of its forms as well, as the index finds it.
    """
    asked = [folded(one) for one in words]
    for text in texts:
        for found in _WORD.finditer(text):
            if any(answers(folded(found[0]), one) for one in asked):
                return Extract(
                    _cut(text[: found.start()], at_end=False),
                    found[0],
                    _cut(text[found.end() :], at_end=True),
                )
    return None


def answers(word: str, asked: str) -> bool:
    """Tell whether a word of a text is the word that is asked for, or a form of it."""
    return (
        word == asked
        or (len(asked) >= BEGINS and word.startswith(asked))
        or (len(asked) >= BEGINS and stem(word) == stem(asked))
    )


def names_answering(names: Iterable[str], asked: str) -> Iterator[str]:
    """Yield the names in which a word stands that is asked for."""
    wanted = folded(asked)
    for name in names:
        if any(answers(folded(one), wanted) for one in _WORD.findall(name)):
            yield name


def folded(word: str) -> str:
    """Return a word without capitals and accents."""
    plain = unicodedata.normalize("NFKD", word[:LONGEST].casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))


def _day_of(found: re.Match[str]) -> date:
    """Return the day; raises ValueError where the calendar has no such day."""
    told = found.groupdict()
    if told["year"]:
        return date(int(told["year"]), int(told["month"]), int(told["day"]))
    if told["y"]:
        return date(int(told["y"]), int(told["m"]), int(told["d"]))
    months = months_beginning(told["name"])
    if len(months) != 1:
        raise ValueError
    return date(int(told["yyyy"]), months[0], int(told["dd"]))


def _cut(text: str, *, at_end: bool) -> str:
    """Return the text shortened to whole words, with a mark where something is left out."""
    one_line = " ".join(text.split())
    space = " " if (text[:1] if at_end else text[-1:]).isspace() else ""
    if len(one_line) <= AROUND:
        return space + one_line if at_end else one_line + space
    if at_end:
        return f"{space}{one_line[:AROUND].rsplit(' ', 1)[0]} …"
    return f"… {one_line[-AROUND:].split(' ', 1)[-1]}{space}"
