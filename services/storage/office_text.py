"""The text of a Word file, paragraph by paragraph, as its reader sees it."""

import io
import zipfile
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from services.storage.office import DOCUMENT
from services.storage.office_parts import elements, plain_name

_BREAKS: Final = frozenset({"br", "cr"})
# What was moved away, and what stands in for a drawing in programs that cannot show it.
_NOT_READ: Final = frozenset({"moveFrom", "Fallback"})


def paragraphs_of(content: bytes) -> tuple[str, ...]:
    """Return the paragraphs of a Word file that was checked; empty ones are left out.

    Changes that are only suggested are read as taken: what was struck out is not there. Headers,
    footers, comments and notes are other parts of the file, and are not read.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(DOCUMENT)
    found, text = [], list[str]()
    for element in elements(part):
        name = plain_name(element.tag)
        if name == "t":
            text.append(_read(element))
        elif name in _BREAKS:
            text.append("\n")
        elif name == "tab":
            text.append(" ")
        elif name == "p":
            found.append("".join(text).strip())
            text.clear()
    return tuple(filter(None, found))


def _read(element: etree._Element) -> str:
    above = {plain_name(one.tag) for one in element.iterancestors()}
    return "" if above & _NOT_READ else element.text or ""
