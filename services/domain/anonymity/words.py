"""A text as its words are compared: without accents, capitals and what is not seen."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.domain.plain_text import normalized

_WORD: Final = re.compile(r"[^\W_]+")
_UNSEEN: Final = dict.fromkeys(
    (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x202A, 0x202B, 0x202C)
)
# What stands for no letter and cannot be kept: controls without a line's end, halves of a letter.
_CONTROLS: Final = dict.fromkeys((*range(9), *range(14, 32), *range(127, 160)), " ")
_HALVES: Final = dict.fromkeys(range(0xD800, 0xE000), " ")
_NOT_KEPT: Final = {**_CONTROLS, **_HALVES, **_UNSEEN}
_LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "þ": "th",
        "ð": "d",
        "ħ": "h",
    }
)
_ENDS: Final = re.compile(r"[.!?:\n\r\u2022|\u201c\"(]\s*$")

_WORDS: Final = (
    "about above after again all also always amber among and angel another any april are art "
    "asked august autumn away back bank bay be because been before began begin being bell "
    "below best better between bird bishop black blue bond both bridge brown bush but by call "
    "came can care case cash chance chase child christian church clay clerk come cook could "
    "court cross dale dawn day dear destiny did do does done down each earl early east end "
    "eve even ever every example faith far few field first flower for ford forest foster "
    "found frank from full gave gay gene get give given go golden gone good got grace grant "
    "green grey guy had hall hand harmony has have he head heath heather held help her here "
    "hill him his holly home honey hope house how hunt hunter if in into is it its ivy jay "
    "joy judge june just keen keep kept king knew know known lake lane large last later law "
    "leaf left less light like lily little long lord love low made major make many march mark "
    "marks may men mercy might miles mill mind moon more most mountain much must near need "
    "never new next no noble north not now nurse of off often olive on one only open or other "
    "our out over own page park parks part patience pearl penny people pepper place pole pond "
    "pool poor pope poppy porter pound powers price pride prince prior put quick rain rather "
    "ray read red reed rice rich ridge river robin rock rod rose ruby rush sage said same "
    "sample sandy savage saw say see seen sergeant set several shade sharp she short should "
    "show silver since singer sky small smart snow so some spring star steel still stone "
    "strange street strong such summer sun swift take team than that the their them then "
    "there these they thing things this those though time to together told too took town two "
    "under until up upon us use used vale van very violet wade walker wall ward warden was "
    "waters way we weeks well wells went were west what when where which while white who "
    "whole why wild will willow winter wise with within without wolf wood woods work worked "
    "worth would wren year years yet you young "
)
EVERYDAY: Final = frozenset(_WORDS.split())
"""Everyday words, also of these reports, that are names too: small letters make them words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it is compared, and from where to where it stands there."""

    plain: str
    start: int
    end: int
    is_capital: bool


def seen(text: str) -> str:
    """Return the text without what nobody sees; what is found is counted in this one."""
    return normalized("NFC", text).translate(_NOT_KEPT)


def plain(text: str) -> str:
    """Return a word in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one for one in apart if not unicodedata.combining(one))
    return kept.translate(_LETTERS)


def words_in(text: str) -> list[Word]:
    """Return the words of a text that ``seen`` returned, in its order."""
    return [
        Word(plain(one[0]), one.start(), one.end(), one[0][0].isupper())
        for one in _WORD.finditer(text)
    ]


def phrase_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    return tuple(one.plain for one in words_in(seen(text)))


def by_first_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Return sequences of words by their first, as they are looked for in many texts."""
    begins: dict[str, list[tuple[str, ...]]] = {}
    for phrase in filter(None, phrases):
        begins.setdefault(phrase[0], []).append(phrase)
    return begins


def phrases_in(
    words: Sequence[Word], begins: Mapping[str, Sequence[tuple[str, ...]]]
) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield each of these sequences that stands there, and from where to where."""
    for at, word in enumerate(words):
        for phrase in begins.get(word.plain, ()):
            here = words[at : at + len(phrase)]
            if tuple(one.plain for one in here) == phrase:
                yield phrase, here[0].start, here[-1].end


def begins_a_sentence(text: str, at: int) -> bool:
    """Tell whether a capital letter there says nothing: it begins a sentence or a line."""
    before = text[max(0, at - 8) : at]
    return not before.strip() or bool(_ENDS.search(before))
