"""Names of a case in a text, in whichever way they are written.

Of the family a forename or a surname alone is found; of who works with them the full name, the
surname with an initial or a title. Small and large letters, accents, hyphens, apostrophes and the
possessive make no difference, and full names are found where they run together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.domain.anonymity.known import FoundWords, HitKind, KnownWords
from services.domain.anonymity.words import (
    EVERYDAY,
    Word,
    begins_a_sentence,
    phrase_of,
    seen,
    words_in,
)

_NO_NAMES_SAID: Final = (
    "a an and the of to in mr mrs ms miss mx dr professor prof sir baby boy girl child "
    "children unborn infant twin sibling brother sister half step mother father mum dad mom "
    "parent parents partner new ex uncle aunt cousin grandmother grandfather grandparent nan "
    "carer foster guardian friend neighbour lodger unknown not known none name named person "
    "adult male female s older younger eldest youngest maternal paternal former "
)
_NO_NAMES: Final = frozenset(_NO_NAMES_SAID.split())
_TITLES_SAID: Final = (
    "dr mr mrs ms miss mx prof professor pc dc ds di dci dsi wpc sgt sergeant inspector nurse "
    "sister sw rev reverend judge "
)
_TITLES: Final = frozenset(_TITLES_SAID.split())
_NEAR: Final = 3
_GLUED: Final = 8


@dataclass(frozen=True, slots=True)
class _Person:
    kind: HitKind
    parts: tuple[str, ...]

    @property
    def glued(self) -> tuple[str, ...]:
        """Return the full name, and a surname of several words, as they may run together."""
        first, ends = self.parts[0], ["".join(self.parts[at:]) for at in range(1, len(self.parts))]
        alone = ends[:-1] if self.kind is not HitKind.PRACTITIONER_NAME else []
        both = [*(first + one for one in ends), *(one + first for one in ends), *alone]
        return tuple(one for one in both if len(one) >= _GLUED)


@dataclass(slots=True)
class NameFinder:
    """Finds the names of one case; they are prepared once."""

    names: Sequence[KnownWords]
    spared: Sequence[str] = ()
    _family: dict[str, HitKind] = field(default_factory=dict, init=False)
    _initials: set[str] = field(default_factory=set, init=False)
    _workers: dict[str, list[_Person]] = field(default_factory=dict, init=False)
    _glued: dict[str, HitKind] = field(default_factory=dict, init=False)
    _spared: list[tuple[str, ...]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Prepare what is looked for."""
        for one in self.names:
            person = _Person(one.kind, name_parts(one.words))
            if person.parts:
                self._know(person)
        self._spared = [phrase_of(name) for name in self.spared]

    def _know(self, person: _Person) -> None:
        self._glued |= dict.fromkeys(person.glued, person.kind)
        if person.kind is HitKind.PRACTITIONER_NAME:
            if len(person.parts) > 1:
                self._workers.setdefault(person.parts[-1], []).append(person)
            return
        self._initials |= {one[0] for one in person.parts}
        for part in person.parts:
            if len(part) > 1 and self._family.get(part) is not HitKind.CHILD_NAME:
                self._family[part] = person.kind

    def find(self, text: str, words: Sequence[Word]) -> Iterator[FoundWords]:
        """Yield the names in a text whose words are given."""
        allowed = list(self._allowed(words))
        found = [
            *self._of_family(text, words),
            *self._of_workers(words),
            *self._run_together(words),
        ]
        for one in found:
            if not any(start <= one.start and one.end <= end for start, end in allowed):
                yield one

    def _allowed(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Yield where a name stands that may: with its forename, an initial or a title before."""
        for at, word in enumerate(words):
            for name in filter(None, self._spared):
                if word.plain != name[-1]:
                    continue
                before = [one.plain for one in words[max(0, at - len(name) + 1) : at]]
                if tuple(before) == name[:-1]:
                    yield words[at - len(name) + 1].start, word.end
                elif at and len(name) > 1 and _is_short_for(words[at - 1].plain, name[0]):
                    yield words[at - 1].start, word.end

    def _of_family(self, text: str, words: Sequence[Word]) -> Iterator[FoundWords]:
        run: list[tuple[Word, HitKind]] = []
        for at, word in enumerate(words):
            kind = self._family_kind(word)
            if run and (kind is None or word.start - run[-1][0].end > _NEAR):
                yield from self._told(text, run)
                run = []
            if kind is not None:
                if not run and at and self._is_initial(words[at - 1], word):
                    run.append((words[at - 1], kind))
                run.append((word, kind))
        if run:
            yield from self._told(text, run)

    def _family_kind(self, word: Word) -> HitKind | None:
        bare = word.plain.rstrip("0123456789")
        for form in (bare, bare[:-1] if bare.endswith("s") and len(bare) > 4 else bare):
            kind = self._family.get(form)
            if kind is None:
                continue
            needs_capital = len(form) < 3 or form in EVERYDAY or bare in EVERYDAY
            if word.is_capital or not needs_capital:
                return kind
        return None

    def _is_initial(self, before: Word, word: Word) -> bool:
        is_near = word.start - before.end <= _NEAR
        return is_near and len(before.plain) == 1 and before.plain in self._initials

    def _told(self, text: str, run: Sequence[tuple[Word, HitKind]]) -> Iterator[FoundWords]:
        """Yield one name; a single everyday word that begins a sentence may be no name."""
        first, last = run[0][0], run[-1][0]
        kinds = {kind for _word, kind in run}
        kind = HitKind.CHILD_NAME if HitKind.CHILD_NAME in kinds else run[0][1]
        is_word = len(run) == 1 and {first.plain, first.plain.removesuffix("s")} & EVERYDAY
        if is_word and begins_a_sentence(text, first.start):
            kind = HitKind.NAME_OR_WORD
        yield FoundWords(first.start, last.end, kind)

    def _of_workers(self, words: Sequence[Word]) -> Iterator[FoundWords]:
        for at, word in enumerate(words):
            for person in self._workers.get(_without_possessive(word.plain, self._workers), ()):
                start = _name_start(words, at, person)
                if start is not None:
                    yield FoundWords(start, word.end, person.kind)
                elif _is_reversed(words, at, person):
                    yield FoundWords(word.start, words[at + 1].end, person.kind)

    def _run_together(self, words: Sequence[Word]) -> Iterator[FoundWords]:
        for word in words:
            if len(word.plain) >= _GLUED:
                kinds = [kind for glued, kind in self._glued.items() if glued in word.plain]
                if kinds:
                    yield FoundWords(word.start, word.end, kinds[0])


def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared; none of what says who somebody is.

    “Mother's new partner” is no name; of “Kayla (mother)” the first word is.
    """
    words = words_in(seen(name))
    named = [one for one in words if one.plain not in _NO_NAMES and one.plain.isalpha()]
    if any(one.is_capital for one in words):
        named = [one for one in named if one.is_capital or "-" in name or len(named) == 1]
    elif len(named) < len(words) or len(named) > 3:
        return ()
    return tuple(one.plain for one in named) if any(len(one.plain) > 1 for one in named) else ()


def _name_start(words: Sequence[Word], at: int, person: _Person) -> int | None:
    """Return where the name begins that ends with this word: a forename, an initial, a title."""
    for back in (1, 2):
        if at < back:
            break
        before = words[at - back]
        if words[at].start - before.end > _NEAR * back + 12 * (back - 1):
            break
        said = before.plain
        if said == person.parts[0] or (back == 1 and _is_short_for(said, person.parts[0])):
            return before.start
        between = words[at - 1].plain
        if back == 2 and said in _TITLES and (between.isdigit() or len(between) == 1):
            return before.start
    return None


def _is_reversed(words: Sequence[Word], at: int, person: _Person) -> bool:
    return at + 1 < len(words) and (
        words[at + 1].plain == person.parts[0] and words[at + 1].start - words[at].end <= _NEAR
    )


def _is_short_for(said: str, forename: str) -> bool:
    return said in _TITLES or (len(said) == 1 and said == forename[0])


def _without_possessive(word: str, known: dict[str, list[_Person]]) -> str:
    return word if word in known else word.removesuffix("s")
