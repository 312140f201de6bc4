"""All that a Word file says anywhere, with where it says it: also what its reader does not see.

The body and its tables, headers, footers, notes, comments, boxes and charts; suggested changes as
they would be taken and as the text was before; hidden text; alternative texts; names and
properties, also of the program's own; addresses of links. A file that was checked
(`office.py`) has no other files inside it. What stands in a picture is not read, and said to be so.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from services.domain.anonymity.known import HitKind, Passage
from services.storage.office_parts import BREAKS, GONE, elements, is_xml, plain_name

_TEXTS: Final = frozenset({"t", "delText", "instrText", "delInstrText"})
_HIDES: Final = frozenset({"vanish", "webHidden", "specVanish"})
_SAID: Final = frozenset(
    {
        "descr", "title", "alt", "instr", "author", "initials", "string", "tooltip", "text",
        "caption", "Target", "displayText", "value", "name", "userId", "helpText",
    }
)  # fmt: skip
_VALUES: Final = frozenset(
    {"alias", "tag", "docVar", "statusText", "helpText", "default", "result", "docPart"}
)
_OF_THE_PROGRAM: Final = ("fonttable.xml", "/theme/", "styles", "[content_types]")
_PLACES: Final = (
    ("docprops/custom", "the document's own properties"),
    ("docprops/", "the document's properties"),
    ("customxml/", "data behind the text"),
    ("word/document", "text"),
    ("word/header", "header"),
    ("word/footer", "footer"),
    ("word/footnotes", "footnote"),
    ("word/endnotes", "endnote"),
    ("word/comments", "comment"),
    ("word/glossary", "building block"),
    ("word/charts", "chart"),
    ("word/diagrams", "diagram"),
    ("_rels/", "address of a link"),
)
_PICTURES: Final = re.compile(r"^word/media/.+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|wdp)$", re.I)
_PARTING: Final = re.compile(r"[_.\-+%/\\]+")


@dataclass(slots=True)
class _Paragraph:
    """What is gathered of a paragraph: as its changes would leave it, and as it was before."""

    taken: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    is_changed: bool = False
    is_hidden: bool = False

    def add(self, text: str, above: frozenset[str], *, is_hidden: bool) -> None:
        """Add a piece of text that stands below these elements."""
        is_gone, is_new = bool(above & GONE), bool(above & {"ins", "moveTo"})
        self.is_changed |= is_gone or is_new
        self.is_hidden |= is_hidden
        if not is_gone:
            self.taken.append(text)
            if not is_hidden:
                self.shown.append(text)
        if not is_new:
            self.before.append(text)


def passages_of_word(content: bytes) -> Iterator[Passage]:
    """Yield all that a Word file says, part by part; the file was checked when it was sent."""
    pictures = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            pictures += bool(_PICTURES.match(name))
            if is_xml(name) and not any(one in name.casefold() for one in _OF_THE_PROGRAM):
                yield from _part(_place(name), archive.read(name))
    if pictures:
        yield Passage("pictures", f"{pictures}", HitKind.PICTURE)


def _place(name: str) -> str:
    low = name.casefold()
    if "_rels/" in low:
        return "address of a link"
    return next((place for begin, place in _PLACES if low.startswith(begin)), "another part")


def _part(place: str, part: bytes) -> Iterator[Passage]:
    """Yield what a part says: its paragraphs, what its attributes say, and any text besides."""
    gathered: dict[etree._Element, _Paragraph] = {}
    for element in elements(part):
        name = plain_name(element.tag)
        yield from _attributes(place, name, element)
        if name == "p":
            yield from _told(place, element, gathered.pop(element, _Paragraph()))
            continue
        text = (element.text or "") if name in _TEXTS else BREAKS.get(name, "")
        above = _paragraph_above(element)
        if above is not None and text:
            within = frozenset(plain_name(one.tag) for one in element.iterancestors())
            paragraph = gathered.setdefault(above, _Paragraph())
            paragraph.add(text, within, is_hidden=_is_hidden(element))
        elif name not in BREAKS and element.text and element.text.strip():
            yield Passage(place, element.text)


def _paragraph_above(element: etree._Element) -> etree._Element | None:
    return next((one for one in element.iterancestors() if plain_name(one.tag) == "p"), None)


def _told(place: str, element: etree._Element, said: _Paragraph) -> Iterator[Passage]:
    within = {plain_name(one.tag) for one in element.iterancestors()}
    where = f"{place}, in a table" if "tc" in within else place
    where = f"{where}, in a box" if within & {"txbxContent", "txBody"} else where
    shown, taken, before = "".join(said.shown), "".join(said.taken), "".join(said.before)
    yield Passage(where, shown if said.is_hidden else taken)
    if said.is_hidden:
        yield Passage(f"{where}, hidden text", taken)
    if said.is_changed:
        yield Passage(f"{where}, before a suggested change", before)


def _is_hidden(element: etree._Element) -> bool:
    run = element.getparent()
    settings = () if run is None else (one for one in run if plain_name(one.tag) == "rPr")
    return any(plain_name(each.tag) in _HIDES for one in settings for each in one)


def _attributes(place: str, name: str, element: etree._Element) -> Iterator[Passage]:
    """Yield what attributes say; names of files and bookmarks are told word by word too."""
    for attribute, value in element.attrib.items():
        plain = plain_name(attribute)
        is_said = plain in _SAID or (plain == "val" and name in _VALUES)
        if is_said and len(value) > 1:
            where = _where(place, plain)
            yield Passage(where, value)
            if plain in {"name", "Target"} and _PARTING.search(value):
                yield Passage(where, _PARTING.sub(" ", value))


def _where(place: str, attribute: str) -> str:
    if attribute in {"descr", "alt"}:
        return f"{place}, alternative text"
    if attribute in {"author", "initials", "userId"}:
        return f"{place}, author of a comment or change"
    return f"{place}, behind the text" if attribute != "Target" else place
