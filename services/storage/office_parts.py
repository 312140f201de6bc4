"""What the XML of a Word or Excel file says, read by a parser and never by a search of its bytes.

The parser knows the character entities and both encodings that the format allows. It loads no
DTD, resolves no entity and opens no connection, and a part with a DOCTYPE is refused.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from services.storage.office_fields import (
    FIELD_TAGS,
    FieldCodes,
    is_link_to_follow,
    reads_other_files,
)

DAMAGED = "The file is damaged. Open it, save it again as .docx or .xlsx, and choose that file."
MACROS = "The file holds macros. Save it as .docx or .xlsx without macros and choose that file."
INSIDE = (
    "The file has other files inside it, such as a workbook behind a chart. "
    "Send it as a PDF, and send each file by itself."
)
LINKED = (
    "The file is linked to other files or to a place outside it. "
    "Break the links, or send it as a PDF."
)
BREAKS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
"""Which elements of a Word file stand for a character of its text, and for which."""
GONE: Final = frozenset({"del", "moveFrom"})
"""Which of them say that a suggested change strikes text out or moves it away."""
_XML: Final = (".xml", ".rels", ".vml", ".svg")
_ENCODINGS: Final = frozenset({b"UTF-8", b"UTF-16", b"UTF-16LE", b"UTF-16BE", b"US-ASCII"})
# What stands first in a part says how the rest is to be read, and is itself plain letters.
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_MARKS: Final = b"\xef\xbb\xbf\xff\xfe"
_MACRO: Final = re.compile(r"macro|vbaproject|vbadata|activex|attachedtoolbars", re.IGNORECASE)
_FOREIGN: Final = re.compile(
    r"oleobject|/package$|afchunk|subdocument|webextension|/control$|^text/html|rtf$|rfc822"
    r"|xhtml",
    re.IGNORECASE,
)
_REFUSED: Final[Mapping[str, str]] = {
    "OLEObject": INSIDE,
    "oleObject": INSIDE,
    "oleObjects": INSIDE,
    "altChunk": INSIDE,
    "subDoc": INSIDE,
    "foreignObject": INSIDE,
    "script": MACROS,
    "ddeLink": LINKED,
    "oleLink": LINKED,
    "mailMerge": LINKED,
    "externalLink": LINKED,
}
_FORMULAS: Final = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_ATTRIBUTES_OF_LINKS: Final = ("href", "src")


class PartRefused(Exception):
    """A part holds something that is not kept; the text says what to do."""


def is_xml(name: str) -> bool:
    """Tell by its name whether a part is read as XML."""
    return name.casefold().endswith(_XML)


def check_part(name: str, content: bytes) -> None:
    """Read a part element by element and raise PartRefused at the first that cannot be kept."""
    codes = FieldCodes()
    is_types = name.casefold() == "[content_types].xml"
    for element in elements(content):
        tag = plain_name(element.tag)
        why = _REFUSED.get(tag) or _why_attributes(element)
        if tag == "Relationship":
            why = why or _why_relationship(element)
        elif is_types:
            why = why or _why_kind(element.get("ContentType", ""))
        elif tag in _FORMULAS and reads_other_files(_text(element)):
            why = LINKED
        if why is not None:
            raise PartRefused(why)
        if tag in FIELD_TAGS and codes.are_refused_after(tag, element.attrib, element.text or ""):
            raise PartRefused(LINKED)
    if codes.are_refused_at_the_end():
        raise PartRefused(LINKED)


def elements(content: bytes) -> Iterator[etree._Element]:
    """Yield each element when it ends, and forget it, so that a large part costs little memory."""
    _must_be_readable(content)
    reading = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=False,
    )
    is_first = True
    try:
        for _event, element in reading:
            if is_first:
                if element.getroottree().docinfo.internalDTD is not None:
                    raise PartRefused(DAMAGED)
                is_first = False
            if isinstance(element.tag, str):
                yield element
                _forget(element)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise PartRefused(DAMAGED) from None


def _must_be_readable(content: bytes) -> None:
    """Refuse an encoding that the format does not allow: each program would read it its own way."""
    head = content[:400].lstrip(_MARKS).replace(b"\0", b"")
    declared = _DECLARED.match(head)
    if not head.lstrip().startswith(b"<"):
        raise PartRefused(DAMAGED)
    if declared is not None and declared[1].upper() not in _ENCODINGS:
        raise PartRefused(DAMAGED)


def _forget(element: etree._Element) -> None:
    """Keep of what was read only the way down to where the reading stands."""
    parent = element.getparent()
    if parent is not None and element.getprevious() is not None:
        parent.remove(element.getprevious())


def plain_name(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())


def _why_relationship(element: etree._Element) -> str | None:
    """Say why what a part is tied to cannot be kept: outside, only links that a reader follows."""
    kind, target = element.get("Type", "").strip(), element.get("Target", "").strip()
    is_outside = element.get("TargetMode", "").strip().casefold() != "internal" and (
        element.get("TargetMode") is not None
    )
    why = _why_kind(kind)
    if why is not None:
        return why
    if not is_outside:
        return LINKED if _leads_out(target) else None
    is_hyperlink = kind.casefold().endswith("/hyperlink")
    return None if is_hyperlink and is_link_to_follow(target) else LINKED


def _why_kind(kind: str) -> str | None:
    """Say why a part of that content type, or a relationship of that type, cannot be kept."""
    if _MACRO.search(kind):
        return MACROS
    return INSIDE if _FOREIGN.search(kind) else None


def _why_attributes(element: etree._Element) -> str | None:
    for name, value in element.attrib.items():
        if not name.endswith(_ATTRIBUTES_OF_LINKS) or not _leads_out(value):
            continue
        if plain_name(name) in _ATTRIBUTES_OF_LINKS and not is_link_to_follow(value):
            return LINKED
    return None


def _leads_out(target: str) -> bool:
    """Tell whether an address names a place outside the file."""
    return bool(re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\", target.strip(), re.IGNORECASE))
