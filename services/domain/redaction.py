"""Leaving words out of a text, so that neither they nor how many they were can be told from it.

What is left out is found as people see it: any white space is as good as another, capitals do not
matter, and a word is not found inside a longer one. Passages that overlap are left out together.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

LEFT_OUT: Final = "[left out]"
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def as_seen(text: str) -> str:
    """Return the text without what no reader sees, each letter written in one way."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def stands_in(passage: str, text: str) -> bool:
    """Tell whether the passage stands in the text, as people see both."""
    return _pattern(passage).search(as_seen(text)) is not None


def without(text: str, passages: Iterable[str]) -> str:
    """Return the text with one mark in the place of each passage, wherever it stands.

    Passages that touch or overlap leave one mark, so that no end of one stays.
    """
    seen = as_seen(text)
    spans = sorted(one.span() for passage in passages for one in _pattern(passage).finditer(seen))
    kept, end = [], 0
    for begin, until in _joined(spans):
        kept += [seen[end:begin], LEFT_OUT]
        end = until
    return "".join((*kept, seen[end:]))


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans that neither touch nor overlap, from spans in order."""
    held: tuple[int, int] | None = None
    for begin, end in spans:
        if held is None:
            held = (begin, end)
        elif begin <= held[1]:
            held = (held[0], max(held[1], end))
        else:
            yield held
            held = (begin, end)
    if held is not None:
        yield held


def _pattern(passage: str) -> re.Pattern[str]:
    """Return what finds the passage; a passage of nothing that is seen is found nowhere."""
    parts = as_seen(passage).split()
    if not parts:
        return re.compile(r"(?!)")
    body = r"\s+".join(map(re.escape, parts))
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    return re.compile(f"{before}{body}{after}", re.IGNORECASE)
