"""A report that came as a file, read as all that it says anywhere, for its check (PUB-16)."""

from collections.abc import Iterator
from typing import Final

from services.domain.anonymity.known import HitKind, Passage
from services.storage.pdf_reading import passages_of_pdf
from services.storage.word_reading import passages_of_word

_NOT_READ: Final = "The file cannot be read to its end. Save it again, and put that file forward."


def passages_of(extension: str, content: bytes) -> Iterator[Passage]:
    """Yield all that a PDF or Word file says; what cannot be read is itself said (HitKind)."""
    reading = passages_of_pdf(content) if extension == "pdf" else passages_of_word(content)
    try:
        yield from reading
    except Exception:  # noqa: BLE001 - whatever it is, the file is not read, and the check goes on
        yield Passage("the whole file", _NOT_READ, HitKind.NOT_READ)
