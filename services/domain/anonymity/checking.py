"""What a report holds that it must not, found in its passages (PUB-16).

A hit that is certain is the case's own; what is only possible is a question to who reads it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid5

from services.domain.anonymity.days import find_days
from services.domain.anonymity.known import (
    FoundWords,
    HitKind,
    KnownOfReport,
    Passage,
    without_overlaps,
)
from services.domain.anonymity.names import NameFinder
from services.domain.anonymity.patterns import as_compared, find_patterns, public_in
from services.domain.anonymity.words import (
    EVERYDAY,
    Word,
    begins_a_sentence,
    by_first_word,
    phrase_of,
    phrases_in,
    seen,
    words_in,
)

LONGEST_SHOWN: Final = 80
_HITS: Final = UUID("0f0c1c63-52b2-4c55-9b2e-4e2f0a3f9d11")
_NO_PLACES_SAID: Final = (
    "a an and at the in on of by near to from not known unknown home house flat address "
    "school hospital street road town city village park outside inside none said example "
    "local authority council county borough children elsewhere "
)
_SETTINGS_SAID: Final = (
    "family nursery residential temporary accommodation foster carer carers placement maternal "
    "paternal parents with "
)
_NO_PLACES: Final = frozenset(_NO_PLACES_SAID.split())
_SETTINGS: Final = frozenset(_SETTINGS_SAID.split())
_ROADS: Final = frozenset({"road", "street"})
_PARTS: Final = re.compile(r"[,;:/()\n]| in | at | near | of ")
_SHORTEST_REFERENCE: Final = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a report that are taken for something, and where they stand."""

    place: str
    kind: HitKind
    words: str
    id: UUID


@dataclass(slots=True)
class ReportChecker:
    """Checks the passages of a report against one case; what is known is prepared once."""

    known: KnownOfReport
    _names: NameFinder = field(init=False)
    _places: dict[tuple[str, ...], HitKind] = field(default_factory=dict, init=False)
    _places_begin: dict[str, list[tuple[str, ...]]] = field(default_factory=dict, init=False)
    _spared_begin: dict[str, list[tuple[str, ...]]] = field(default_factory=dict, init=False)
    _references: list[re.Pattern[str]] = field(default_factory=list, init=False)
    _public: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        """Prepare what is looked for."""
        self._names = NameFinder(self.known.names, self.known.spared)
        for one in self.known.places:
            self._places |= dict.fromkeys(place_phrases(one.words), one.kind)
        self._places_begin = by_first_word(self._places)
        self._spared_begin = by_first_word(map(phrase_of, self.known.spared))
        self._references = [*map(re.compile, _reference_forms(self.known.references))]
        self._public = public_in(self.known.public)

    def hits(self, passages: Iterable[Passage], source: str) -> Iterator[Hit]:
        """Yield what is found, in the order of the passages.

        ``source`` is a digest of what is checked: the same words in another text are another hit,
        and nobody has said of that one that it may stand.
        """
        counted: Counter[tuple[str, str, str]] = Counter()
        for passage in passages:
            for kind, words in self._in(passage):
                key = (passage.place, kind.value, words)
                counted[key] += 1
                told = json.dumps([source, *key, counted[key]], ensure_ascii=False)
                yield Hit(passage.place, kind, words, uuid5(_HITS, told))

    def _in(self, passage: Passage) -> Iterator[tuple[HitKind, str]]:
        text = seen(passage.text)
        if passage.kind is not None:
            is_drawing = may_be_the_genogram(passage.kind, self.known)
            yield HitKind.DRAWING if is_drawing else passage.kind, text[:LONGEST_SHOWN]
            return
        for one in without_overlaps(self._found(text)):
            yield one.kind, " ".join(text[one.start : one.end].split())[:LONGEST_SHOWN]

    def _found(self, text: str) -> Iterator[FoundWords]:
        words = words_in(text)
        yield from self._names.find(text, words)
        yield from self._in_places(text, words)
        yield from find_days(text, self.known.days)
        for led in find_patterns(text):
            if as_compared(led.kind, text[led.start : led.end]) not in self._public:
                yield led
        for form in self._references:
            for one in form.finditer(text):
                yield FoundWords(one.start(), one.end(), HitKind.REFERENCE)

    def _in_places(self, text: str, words: list[Word]) -> Iterator[FoundWords]:
        spared = [*phrases_in(words, self._spared_begin)]
        for said, start, end in phrases_in(words, self._places_begin):
            if any(one <= start and end <= other for _said, one, other in spared):
                continue
            # A single word is a place by its capital: “family” and “barrow” are words too.
            is_word = len(said) == 1 and said[0] in EVERYDAY and begins_a_sentence(text, start)
            if is_word or (len(said) == 1 and not text[start].isupper()):
                continue
            yield FoundWords(start, end, self._places[said])


def place_phrases(place: str) -> Iterator[tuple[str, ...]]:
    """Yield what of a place as it is on record names one: its runs of words with capitals."""
    for part in _PARTS.split(seen(place)):
        run: list[str] = []
        for word in words_in(part):
            if word.is_capital or (run and (word.plain.isdigit() or word.plain == "s")):
                run.append(word.plain)
            else:
                yield from _named(run)
                run = []
        yield from _named(run)


def _named(run: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the run where it names a place: “St Mary's” also without the apostrophe or the s."""
    while run and run[0] in {"the", "a", "an", "at", "in", "near", "outside"}:
        run = run[1:]
    # “Family Home” tells how somebody lives; “Foster Road” is a road.
    nameless = _NO_PLACES if run and run[-1] in _ROADS else _NO_PLACES | _SETTINGS
    if any(one not in nameless and len(one) > 2 for one in run):
        yield tuple(run)
        if "s" in run[1:]:
            said = " ".join(run)
            yield tuple(said.replace(" s ", "s ").split())
            yield tuple(said.replace(" s ", " ").split())


def _reference_forms(references: Iterable[str]) -> Iterator[str]:
    """Yield patterns of each reference, however it is parted, and of all others of its series."""
    for one in dict.fromkeys(references):
        parts = re.findall(r"[A-Za-z]+|\d+", one)
        if len("".join(parts)) < _SHORTEST_REFERENCE or not any(p.isdigit() for p in parts):
            continue
        joined = r"[\W_]{0,3}".join(map(re.escape, parts))
        yield rf"(?i)(?<![A-Za-z0-9]){joined}(?!\d)"
        if len(parts) > 2 and parts[0].isalpha() and len(parts[0]) > 1:
            numbers = r"[\W_]{1,3}".join(
                rf"\d{{{len(p)},}}" if p.isdigit() else re.escape(p) for p in parts[1:]
            )
            yield rf"(?<![A-Za-z0-9]){re.escape(parts[0])}[\W_]{{1,3}}{numbers}(?!\d)"


def may_be_the_genogram(kind: HitKind, known: KnownOfReport) -> bool:
    """Tell whether what is not read may be the genogram of the case, never published (FAM-06)."""
    return kind is HitKind.PICTURE and known.has_genogram
