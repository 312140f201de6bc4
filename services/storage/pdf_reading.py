"""All that a PDF says anywhere, with where it says it: pages, properties, notes, what is read out.

The library parses the file, its pages and its maps of letters. A page whose letters cannot be
read, or which is only a picture, is said to be so: nobody has checked what stands there.
A file that was checked (`pdfs.py`) has no other files inside it.
"""

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from services.domain.anonymity.known import HitKind, Passage
from services.storage.office_parts import PartRefused, elements
from services.storage.pdf_letters import UNREAD, PageText, text_of_page

_TITLES: Final = {
    "/Contents": "note on a page",
    "/RC": "note on a page",
    "/T": "name of a field or of a note's author",
    "/TU": "name of a field",
    "/V": "what a field holds",
    "/DV": "what a field holds",
    "/Subj": "note on a page",
    "/Title": "heading in the list of contents",
    "/Alt": "alternative text",
    "/ActualText": "text that is read out",
    "/E": "text that is read out",
    "/URI": "address of a link",
    "/Name": "name of a layer or field",
    "/Desc": "name of a file",
    "/UF": "name of a file",
}
_PROPERTIES: Final = "the document's properties"
_MOST_UNREAD: Final = 3
_SPACED: Final = 0.4
_DEEPEST: Final = 40
_MOST_STEPS: Final = 5_000_000


def passages_of_pdf(content: bytes) -> Iterator[Passage]:
    """Yield all that a PDF says, its pages first; the file was checked when it was sent."""
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        steps = 0
        for number, page in enumerate(pdf.pages, 1):
            said = text_of_page(page)
            yield from _page(f"page {number}", said)
            steps += said.steps
            if steps > _MOST_STEPS:
                yield Passage("the pages after it", "They draw too much.", HitKind.NOT_READ)
                break
        for key, value in dict(pdf.trailer.get("/Info", {})).items():
            if isinstance(value, pikepdf.String) and str(key) not in {"/CreationDate", "/ModDate"}:
                yield Passage(_PROPERTIES, str(value))
        for thing in pdf.objects:
            yield from _around(thing, 0)


def _page(place: str, said: PageText) -> Iterator[Passage]:
    yield Passage(place, said.text)
    if _is_unread(said):
        yield Passage(place, "The letters of this page cannot be read.", HitKind.NOT_READ)
    elif said.pictures and not said.text.strip():
        yield Passage(place, "This page is a picture.", HitKind.NOT_READ)
    elif said.pictures:
        yield Passage(place, f"{said.pictures}", HitKind.PICTURE)


def _is_unread(said: PageText) -> bool:
    """Tell whether letters are missing, or stand so far apart that no word is read as one."""
    words = said.text.split()
    alone = sum(len(one) == 1 and one.isalpha() for one in words)
    is_spaced = len(words) > 20 and alone / len(words) > _SPACED
    return said.is_broken or said.text.count(UNREAD) > _MOST_UNREAD or is_spaced


def _around(thing: Any, depth: int) -> Iterator[Passage]:  # noqa: ANN401 - any PDF object
    """Yield the texts of an object and of what is written in it, and of the file's metadata."""
    if depth > _DEEPEST:
        return
    if isinstance(thing, pikepdf.Array):
        for value in thing:
            yield from _below(value, depth)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            if isinstance(value, pikepdf.String) and _TITLES.get(str(key)):
                yield Passage(_TITLES[str(key)], str(value))
            yield from _below(value, depth)
        if thing.get("/Type") == pikepdf.Name("/Metadata"):
            yield from _metadata(thing)


def _below(value: Any, depth: int) -> Iterator[Passage]:  # noqa: ANN401 - any PDF object
    """Go on into what is written here; what is only named is an object of its own."""
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        yield from _around(value, depth + 1)


def _metadata(stream: Any) -> Iterator[Passage]:  # noqa: ANN401 - a PDF stream
    try:
        for element in elements(stream.read_bytes().strip()):
            for text in (element.text, *element.attrib.values()):
                if text and text.strip():
                    yield Passage(_PROPERTIES, text)
    except (PartRefused, pikepdf.PdfError, AttributeError):
        yield Passage(_PROPERTIES, "The metadata cannot be read.", HitKind.NOT_READ)
