"""What text may be typed into an answer, and what may be shown back."""

import re
import unicodedata
from typing import Final

from services.domain.plain_text import normalized

_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff]"
    "|[\u202a-\u202e\u2066-\u2069]|[\U000e0000-\U000e007f]"
)
_SEPARATORS: Final = re.compile("[\u2028\u2029\r\n]")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
MOST_MARKS: Final = 6


class Unreadable(Exception):
    """An answer that cannot be read; the message is shown beside the question."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part


def plain(text: str, *, lines: bool = False) -> str:
    """Return the text in one form (NFC, one kind of line end), or refuse what is no text."""
    if _CONTROL.search(text):
        raise Unreadable("type the answer again: it holds characters that no page can show")
    if not lines and _SEPARATORS.search(text):
        raise Unreadable("write it on one line")
    composed = normalized("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        composed = composed.replace("\t", " ")
    if _has_a_pile_of_marks(composed):
        raise Unreadable("type the answer again: accents are piled up in it")
    return composed.strip() if _UNSEEN.sub("", composed).strip() else ""


def showable(text: str) -> str:
    """Return what was typed with anything that no page can carry left out."""
    return _CONTROL.sub("", text)


def is_blank(text: str) -> bool:
    """Tell whether nothing that can be seen was typed."""
    return not _UNSEEN.sub("", text).strip()


def _has_a_pile_of_marks(text: str) -> bool:
    pile = 0
    for character in text:
        pile = pile + 1 if unicodedata.combining(character) else 0
        if pile > MOST_MARKS:
            return True
    return False
