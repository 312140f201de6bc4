"""Whether a Word or Excel file holds only its own text: no macros, links or bombs."""

import io
import re
import zipfile
from collections.abc import Iterator

DOCUMENT = "word/document.xml"
WORKBOOK = "xl/workbook.xml"
_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_RATIO = 100
_SMALL = 1024 * 1024
_LONGEST_RELATIONSHIPS = 2 * 1024 * 1024
_DAMAGED = "The file is damaged. Open it, save it again as .docx or .xlsx, and choose that file."
_BOMB = "The file unpacks to far more than it should. Save it again, or send it as a PDF."
_LOCKED = "The file is protected by a password. Save it without one and choose that file."
_MACROS = "The file holds macros. Save it as .docx or .xlsx without macros and choose that file."
_INSIDE = "The file has other files inside it. Send it as a PDF, and send each file by itself."
_LINKED = "The file is linked to other files. Break the links, or send it as a PDF."
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_DDE = re.compile(rb"<(?:\w+:)?instrText[^>]*>\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b")
_WIDE = frozenset({b"\xff\xfe", b"\xfe\xff"})
_MACRO_TYPES = (b"macroEnabled", b"vbaProject", b"activeX", b"macrosheet")


def is_old_or_locked(content: bytes) -> bool:
    """Say whether this is the old Office container, which also holds files with a password."""
    return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def main_part(content: bytes) -> str | None:
    """Return the part that makes a ZIP file a Word or an Excel file, if it has one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return next((part for part in (DOCUMENT, WORKBOOK) if part in names), None)


def why_document_refused(content: bytes) -> str | None:
    """Say why a Word file cannot be kept, or None (U2, U4, U6, U8)."""
    return _why(content, DOCUMENT)


def why_workbook_refused(content: bytes) -> str | None:
    """Say why an Excel file cannot be kept, or None (U2, U4, U6, U14)."""
    return _why(content, WORKBOOK)


def _why(content: bytes, main: str) -> str | None:
    if not content.startswith(b"PK\x03\x04"):
        return _DAMAGED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            return _why_members(members, main) or _why_text(archive, members)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError):
        return _DAMAGED
    except (NotImplementedError, RuntimeError):
        return _LOCKED


def _why_members(members: list[zipfile.ZipInfo], main: str) -> str | None:
    names = [member.filename.replace("\\", "/") for member in members]
    if any(member.flag_bits & 0x1 for member in members):
        return _LOCKED
    if _is_bomb(members):
        return _BOMB
    folded = {name.casefold() for name in names}
    if len(folded) != len(names) or main not in names or "[Content_Types].xml" not in names:
        return _DAMAGED
    if any(_escapes(name) for name in names):
        return _DAMAGED
    return _why_names(folded)


def _is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    return (
        len(members) > _MOST_MEMBERS
        or unpacked > _MOST_UNPACKED
        or (unpacked > _SMALL and unpacked > _MOST_RATIO * max(packed, 1))
    )


def _escapes(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or ":" in name


def _why_names(names: set[str]) -> str | None:
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        return _MACROS
    if any("/activex/" in name or "/macrosheets/" in name for name in names):
        return _MACROS
    if any("/embeddings/" in name or name.endswith((".exe", ".dll", ".js")) for name in names):
        return _INSIDE
    return _LINKED if any("/externallinks/" in name for name in names) else None


def _why_text(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str | None:
    for member, pieces in _xml(archive, members):
        why = _why_part(member.filename.casefold(), pieces)
        if why is not None:
            return why
    return None


def _xml(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Read every XML part, never past the size that the archive itself has promised."""
    for member in members:
        if member.filename.casefold().endswith((".xml", ".rels", ".vml")):
            with archive.open(member) as part:
                yield member, part.read(member.file_size + 1)


def _why_part(name: str, text: bytes) -> str | None:
    if text[:2] in _WIDE or _ENTITY.search(text[:4096]):
        return _DAMAGED
    if name == "[content_types].xml" and any(each in text for each in _MACRO_TYPES):
        return _MACROS
    if name.endswith(".rels"):
        return _why_relationships(text)
    return _LINKED if _DDE.search(text) else None


def _why_relationships(text: bytes) -> str | None:
    if len(text) > _LONGEST_RELATIONSHIPS:
        return _BOMB
    outside = (link for link in _EXTERNAL.findall(text) if not _HYPERLINK.search(link))
    return _LINKED if any(outside) else None
