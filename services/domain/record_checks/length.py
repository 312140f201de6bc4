"""How long a record is (RR-27): enough for its purposes, and not so much that it obscures them.

The guidance gives no number, so none is a limit: it is shown to who writes, decides and signs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from services.domain.record_checks.passages import RecordText

WORDS_A_PAGE: Final = 450
"""About so many words fill a page of A4 as the record is set."""


@dataclass(frozen=True, slots=True)
class RecordLength:
    """The words of a record, and of its longest part, which is named as its question is."""

    words: int
    longest: str
    longest_words: int

    @property
    def pages(self) -> int:
        """Return about how many pages of A4 the words fill, one at least."""
        return max(1, -(-self.words // WORDS_A_PAGE))


def length_of(parts: Iterable[RecordText]) -> RecordLength:
    """Count the words of the parts; of two that are as long, the first is the longest."""
    counted = [(len(part.text.split()), part.name) for part in parts]
    longest, name = max(counted, key=lambda one: one[0], default=(0, ""))
    return RecordLength(sum(words for words, _name in counted), name, longest)
