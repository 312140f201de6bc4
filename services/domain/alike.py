"""How alike two texts are, by a measure that anybody can follow: the words they have in common.

Nothing is decided by it. It brings what may be the same before somebody who can tell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
# Words that every recommendation holds say nothing of what one is about.
_EVERYWHERE_SAID: Final = (
    "about across after agencies agency also and any are area been before being between both can "
    "case child children could each ensure every families family for from had has have how into "
    "its local made make may more must need needs new not one other others our out over own "
    "partner partners partnership people practice practitioners recommend recommendation "
    "recommendations recommended review reviews safeguarding shall should some such support than "
    "that the their them then there these they this those through under until was were what when "
    "where whether which while who whole will with within work working would"
)
_EVERYWHERE: Final = frozenset(_EVERYWHERE_SAID.split())
_SHORTEST: Final = 3
_ENDINGS: Final = ("ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "y")
_STEM: Final = 4

LEAST_WORDS: Final = 3
LEAST_SHARE: Final = 1 / 3
"""Texts are alike that have so many words in common, and that share of the shorter one's words."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Which words two texts have in common, and what share that is of the shorter one's, 0 to 1."""

    words: tuple[str, ...]
    share: float

    @property
    def is_alike(self) -> bool:
        """Tell whether they have enough in common to be looked at beside each other."""
        return len(self.words) >= LEAST_WORDS and self.share >= LEAST_SHARE


def likeness(one: str, other: str) -> Likeness:
    """Return how alike two texts are; an ending such as a plural makes no other word."""
    ours, theirs = dict(_told(one)), dict(_told(other))
    both = [stem for stem in theirs if stem in ours]
    shorter = min(len(ours), len(theirs))
    return Likeness(
        words=tuple(theirs[stem] for stem in both), share=len(both) / shorter if shorter else 0.0
    )


def _told(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words that tell what a text is about, each by its stem, the last as it is said."""
    for found in _WORD.finditer(text):
        word = found[0].casefold()
        if len(word) >= _SHORTEST and word not in _EVERYWHERE:
            yield stem(word), word


def stem(word: str) -> str:
    """Return the word without an ending such as a plural's, so long as enough of it is left."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word
