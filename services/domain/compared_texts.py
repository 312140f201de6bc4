"""What differs between two versions of a text: paragraph by paragraph, and word by word in each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Final

_EQUAL: Final = "equal"


class Difference(StrEnum):
    """What became of a paragraph from one version to the next."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand together, and whether the other version says them too."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """A paragraph as it was and as it is; of those that stay the same only how many there are."""

    difference: Difference
    before: tuple[Words, ...] = ()
    after: tuple[Words, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """One part of the text by its heading, with its paragraphs; none where nothing differs."""

    heading: str
    paragraphs: tuple[ComparedParagraph, ...]


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[ComparedPart, ...]:
    """Return the parts that differ, by their headings, in the order of the later version.

    A part that only one of the two has is added or removed as a whole.
    """
    headings = dict.fromkeys([*after, *before])
    return tuple(
        ComparedPart(one, _paragraphs(before.get(one, ""), after.get(one, "")))
        for one in headings
        if before.get(one, "") != after.get(one, "")
    )


def _paragraphs(before: str, after: str) -> tuple[ComparedParagraph, ...]:
    was, now = _split(before), _split(after)
    found: list[ComparedParagraph] = []
    for what, first, last, since, until in SequenceMatcher(None, was, now).get_opcodes():
        if what == _EQUAL:
            found.append(ComparedParagraph(Difference.SAME, count=last - first))
        else:
            found += _each(was[first:last], now[since:until])
    return tuple(found)


def _each(was: Sequence[str], now: Sequence[str]) -> Iterator[ComparedParagraph]:
    """Yield paragraphs that take each other's place as changed, and those left as one alone."""
    for old, new in zip_longest(was, now):
        if old is None:
            yield ComparedParagraph(Difference.ADDED, after=(Words(new),))
        elif new is None:
            yield ComparedParagraph(Difference.REMOVED, before=(Words(old),))
        else:
            yield _word_by_word(old, new)


def _word_by_word(old: str, new: str) -> ComparedParagraph:
    was, now = old.split(), new.split()
    before: list[Words] = []
    after: list[Words] = []
    for what, first, last, since, until in SequenceMatcher(None, was, now).get_opcodes():
        is_changed = what != _EQUAL
        if first < last:
            before.append(Words(" ".join(was[first:last]), is_changed))
        if since < until:
            after.append(Words(" ".join(now[since:until]), is_changed))
    return ComparedParagraph(Difference.CHANGED, tuple(before), tuple(after))


def _split(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.splitlines() if one.strip()]
