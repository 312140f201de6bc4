"""Whether a Word or Excel file holds only its own text: no macros, links, files or bombs."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from services.storage import archives
from services.storage.office_parts import (
    DAMAGED,
    INSIDE,
    LINKED,
    MACROS,
    PartRefused,
    check_part,
    is_xml,
)

DOCUMENT: Final = "word/document.xml"
WORKBOOK: Final = "xl/workbook.xml"
MOST_XML: Final = 32 * 1024 * 1024
_TYPES: Final = "[Content_Types].xml"
_BOMB = "The file unpacks to far more than it should. Save it again, or send it as a PDF."
_LOCKED = "The file is protected by a password. Save it without one and choose that file."
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_NAMES: Final = ("vbaproject", "vbadata", "/activex/", "/macrosheets/", "/dialogsheets/")
_INSIDE_NAMES: Final = ("/embeddings/", "/webextensions/", "/afchunk", "/model/")
_LINKED_NAMES: Final = ("/externallinks/", "/querytables/", "xl/connections.xml")
# What a part of another kind than XML may be: pictures, fonts, and what a printer was set to.
_OPAQUE: Final = (
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp",
    ".odttf", ".sigs",
)  # fmt: skip
_PRINTER: Final = "/printersettings/"
_PROGRAMS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"%PDF", b"MZ", b"\x7fELF", b"{\\rtf", b"<")


def is_old_or_locked(content: bytes) -> bool:
    """Say whether this is the old Office container, which also holds files with a password."""
    return content.startswith(_OLD_OFFICE)


def main_part(content: bytes) -> str | None:
    """Return the part that makes a ZIP file a Word or an Excel file, if it has one."""
    names = archives.names_in(content)
    return next((part for part in (DOCUMENT, WORKBOOK) if part in names), None)


def why_document_refused(content: bytes) -> str | None:
    """Say why a Word file cannot be kept, or None (U2, U4, U6, U8)."""
    return _why(content, DOCUMENT)


def why_workbook_refused(content: bytes) -> str | None:
    """Say why an Excel file cannot be kept, or None (U2, U4, U6, U14)."""
    return _why(content, WORKBOOK)


def _why(content: bytes, main: str) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            why = _why_archive(content, archive.infolist(), main)
            return why or _why_parts(archives.unpacked(archive))
    except PartRefused as refused:
        return str(refused)
    except archives.NOT_A_ZIP:
        return DAMAGED


def _why_archive(content: bytes, members: list[zipfile.ZipInfo], main: str) -> str | None:
    """Say why the archive cannot be unpacked; nothing of it has been unpacked yet."""
    names = {member.filename for member in members}
    if archives.is_encrypted(members):
        return _LOCKED
    if archives.is_bomb(members) or _xml_size(members) > MOST_XML:
        return _BOMB
    if not archives.are_well_named(members) or not archives.is_nothing_else(content, members):
        return DAMAGED
    return DAMAGED if main not in names or _TYPES not in names else None


def _xml_size(members: list[zipfile.ZipInfo]) -> int:
    return sum(member.file_size for member in members if is_xml(member.filename))


def _why_parts(parts: Iterator[tuple[str, bytes]]) -> str | None:
    for name, content in parts:
        why = _why_name(f"/{name.casefold()}", content)
        if why is not None:
            return why
        if is_xml(name):
            check_part(name, content)
    return None


def _why_name(name: str, content: bytes) -> str | None:
    """Say why a part of that name cannot be kept: what is not known is refused."""
    for refused, why in (
        (_MACRO_NAMES, MACROS),
        (_INSIDE_NAMES, INSIDE),
        (_LINKED_NAMES, LINKED),
    ):
        if any(each in name for each in refused):
            return why
    if is_xml(name) or name.endswith("/"):
        return None
    is_known = name.endswith(_OPAQUE) or (_PRINTER in name and name.endswith(".bin"))
    return INSIDE if not is_known or content.startswith((*_PROGRAMS, _OLD_OFFICE)) else None
