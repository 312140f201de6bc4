"""What a file sent to us must be before anybody may open it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import filetype  # type: ignore[import-untyped]  # it ships no types

from services.domain.errors import AnswerRefused
from services.storage.file_names import clean_name, extension_of
from services.storage.office import (
    DOCUMENT,
    WORKBOOK,
    is_old_or_locked,
    main_part,
    why_document_refused,
    why_workbook_refused,
)
from services.storage.pdfs import why_pdf_refused
from services.storage.pictures import PictureRefused, kept_of

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """One type of file that may be sent, who looks inside it, and what of it is kept."""

    media_type: str
    extensions: frozenset[str]
    why_refused: Callable[[bytes], str | None] = lambda _content: None
    kept_of: Callable[[bytes], bytes] = lambda content: content


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file that has been looked at, and the bytes of it that may be kept.

    The size and the SHA-256 are of what is kept; a picture was sent with more.
    """

    filename: str
    extension: str
    media_type: str
    content: bytes
    size: int
    sha256: str
    sent_sha256: str

    @property
    def is_as_sent(self) -> bool:
        """Tell whether every byte that was sent is kept."""
        return self.sha256 == self.sent_sha256


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ALLOWED: Mapping[str, Allowed] = {
    allowed.media_type: allowed
    for allowed in (
        Allowed(
            media_type="application/pdf",
            extensions=frozenset({"pdf"}),
            why_refused=why_pdf_refused,
        ),
        Allowed(media_type=_WORD, extensions=frozenset({"docx"}), why_refused=why_document_refused),
        Allowed(
            media_type=_EXCEL, extensions=frozenset({"xlsx"}), why_refused=why_workbook_refused
        ),
        Allowed(media_type="image/png", extensions=frozenset({"png"}), kept_of=kept_of),
        Allowed(media_type="image/jpeg", extensions=frozenset({"jpg", "jpeg"}), kept_of=kept_of),
    )
}
_PHONE_PICTURES = frozenset({"image/heic", "image/heif", "image/avif"})
_ON_A_PHONE = "This picture is in a format of some phones. Save it as a JPG first. "
_EMAILS = frozenset({"eml", "emlx", "mbox", "msg", "oft", "pst"})
_TYPES = "a PDF, Word (.docx), Excel (.xlsx), PNG or JPG file"


def check(name: str, content: bytes, *, field: str = "file", largest: int = LARGEST) -> Checked:
    """Look at a file's name, size and content, or refuse it and say what to do."""
    shown = clean_name(name)
    extension = extension_of(shown)
    _must_be_no_email(extension, field)
    allowed = _type(content, field, largest)
    if extension not in allowed.extensions:
        wanted = " or ".join(f".{each}" for each in sorted(allowed.extensions))
        raise AnswerRefused(
            field,
            f"The name of the file does not match what is in it. "
            f"Open it, save it again so that its name ends in {wanted}, and choose that file.",
        )
    kept = _kept(allowed, content, field)
    return Checked(
        filename=shown,
        extension=extension,
        media_type=allowed.media_type,
        content=kept,
        size=len(kept),
        sha256=hashlib.sha256(kept).hexdigest(),
        sent_sha256=hashlib.sha256(content).hexdigest(),
    )


def _kept(allowed: Allowed, content: bytes, field: str) -> bytes:
    """Return what is kept of the file, or refuse it with what to do."""
    why = allowed.why_refused(content)
    if why is not None:
        raise AnswerRefused(field, why)
    try:
        return allowed.kept_of(content)
    except PictureRefused as refused:
        raise AnswerRefused(field, str(refused)) from None


def must_be_of_a_size(content: bytes, *, field: str = "file", largest: int = LARGEST) -> None:
    """Refuse an empty file and one that is too large, before anybody has to carry it."""
    if not content:
        raise AnswerRefused(field, "The file is empty. Choose a file with something in it.")
    if len(content) > largest:
        raise AnswerRefused(field, f"Choose a file of {_size(largest)} or smaller.")


def _must_be_no_email(extension: str, field: str) -> None:
    """Refuse an e-mail as it was saved from a mail program, which may hold files of any kind."""
    if extension in _EMAILS:
        raise AnswerRefused(
            field,
            "This is an email. Open it, print it to a PDF (in Outlook: File, Print, Microsoft "
            "Print to PDF) and add that PDF. Save each attachment and add it as a file of its own.",
        )


def _type(content: bytes, field: str, largest: int) -> Allowed:
    must_be_of_a_size(content, field=field, largest=largest)
    if is_old_or_locked(content):
        raise AnswerRefused(
            field,
            "The file has a password or is in an old Office format. "
            "Save it as .docx, .xlsx or PDF without a password and choose that file.",
        )
    media_type = _media_type(content)
    allowed = ALLOWED.get(media_type)
    if allowed is None:
        first = _ON_A_PHONE if media_type in _PHONE_PICTURES else ""
        raise AnswerRefused(field, f"{first}Choose {_TYPES}. Other files cannot be kept.")
    return allowed


def _media_type(content: bytes) -> str:
    if content.startswith(b"PK"):
        return {DOCUMENT: _WORD, WORKBOOK: _EXCEL}.get(main_part(content) or "", "")
    kind = filetype.guess(content[:8192])
    return "" if kind is None else str(kind.mime)


def _size(octets: int) -> str:
    if octets >= MEGABYTE:
        return f"{octets // MEGABYTE} MB"
    return f"{octets} bytes"
