"""Which typed characters may stand in a paper, and which of them a PDF can show.

`glyph_ranges.txt` holds the code points of the fonts inside the pinned Typst (Libertinus Serif,
New Computer Modern, DejaVu Sans Mono) and of the Noto fonts beside it, which have the letters of
other scripts; a test asks Typst itself whether it is still right.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from services.domain.plain_text import normalized

MARK = "\N{REPLACEMENT CHARACTER}"
_RANGES = Path(__file__).with_name("glyph_ranges.txt")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")
_BREAK = "\u200b"


def plain(text: str) -> str:
    """Return the text without what no paper may hold: controls, broken pairs, direction tricks."""
    lines = _LINE_ENDS.sub("\n", normalized("NFC", _without_halves(text)))
    return "".join(mark for mark in lines.replace("\t", " ") if _may_stand(mark)).strip()


def showable(text: str) -> str:
    """Return the text with a mark in place of each character that a PDF of ours cannot show."""
    return "".join(mark if _is_covered(mark) else MARK for mark in text if mark not in _INVISIBLE)


def showable_singly(text: str) -> str:
    """Return the text with a mark also for each accent that stands apart from its letter.

    Two characters that fonts have may still not be had together, in one font: Typst alone knows.
    """
    return "".join(
        MARK if unicodedata.category(each)[0] == "M" else each for each in showable(text)
    )


def unshown(text: str) -> tuple[str, ...]:
    """Return each letter or sign that no PDF of ours can show, once, in the order it was typed."""
    return tuple(dict.fromkeys(each for each in plain(text) if showable(each) not in ("", each)))


def name_of(mark: str) -> str:
    """Return the name that Unicode gives a letter or sign."""
    return unicodedata.name(mark, f"U+{ord(mark):04X}").lower()


def breakable(text: str, longest: int) -> str:
    """Return the text with places to break inside words too long for a line."""

    def broken(found: re.Match[str]) -> str:
        word = found[0]
        return _BREAK.join(word[start : start + longest] for start in range(0, len(word), longest))

    return re.sub(rf"\S{{{longest + 1},}}", broken, text)


def _without_halves(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8")


def _may_stand(mark: str) -> bool:
    if mark == "\n":
        return True
    if mark in _BIDI or ord(mark) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(mark) <= 0xFDEF:
        return False
    return unicodedata.category(mark) != "Cc"


def _is_covered(mark: str) -> bool:
    return mark.isspace() or mark == _BREAK or ord(mark) in _covered()


@cache
def _covered() -> frozenset[int]:
    points: set[int] = set()
    for word in _RANGES.read_text().split():
        first, _, last = word.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)
