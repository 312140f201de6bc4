"""Whether a PDF holds only pages: no scripts, no attached files, no way out, no password.

Every object of the file is read by the parser, those in compressed streams and those that no page
names too: a search of the bytes would not see them.
"""

import io
import re
from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf.settings import set_qpdf_limits

from services.storage import archives

_MOST_PAGES = 2_000
_WIDEST = 14_400
_DEEPEST = 40
_DAMAGED = "The PDF is damaged. Open it, save or print it to PDF again, and choose that file."
_LOCKED = "The PDF is protected by a password. Save it without one and choose that file."
_SCRIPT = "The PDF holds scripts or actions. Print it to PDF and choose that file."
_ATTACHED = "The PDF has other files inside it. Print it to PDF, and send each file by itself."
_LINKED = "The PDF is linked to other files. Print it to PDF and choose that file."
_FORMS = "The PDF is an XFA form, which cannot be kept. Print it to PDF and choose that file."
_PAGES = "The PDF has too many pages, or pages that are too large. Send it in parts."
_PACKED = "The PDF unpacks to far more than it should. Print it to PDF and choose that file."
_TWO_KINDS = "The PDF is also a file of another kind. Print it to PDF and choose that file."
_WHITE = b"\x00\t\n\x0c\r "
_ACTIONS: Final = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMedia",
        "/RichMediaExecute",
        "/Screen",
        "/JS",
        "/AA",
    }
)
_FILES: Final = frozenset({"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/FileAttachment"})
_WAYS_OUT: Final = frozenset({"/GoToR", "/GoToE", "/Thread", "/Filespec", "/URL"})
_KINDS: Final = frozenset({"/S", "/Type", "/Subtype", "/FS"})
_FOLLOWED: Final = re.compile(r"(?:https?|mailto|tel):|(?![a-z][a-z0-9+.-]*:|[/\\])", re.IGNORECASE)
# Objects lie in packed streams too: a small file may not unpack to all the memory there is. The
# limits are the process's own; only this module lets PDFs be unpacked.
_MOST_UNPACKED: Final = 32 * 1024 * 1024
set_qpdf_limits(
    flate_max_memory=_MOST_UNPACKED,
    png_max_memory=_MOST_UNPACKED,
    tiff_max_memory=_MOST_UNPACKED,
    run_length_max_memory=_MOST_UNPACKED,
)


_NOT_UNPACKED: Final = "error decoding stream data"


class _TooDeep(Exception):
    """The objects are nested deeper than any honest program writes them."""


def why_pdf_refused(content: bytes) -> str | None:
    """Say why a PDF cannot be kept, or None (U3, U5, U17)."""
    if not content.startswith(b"%PDF-") or not content.rstrip(_WHITE).endswith(b"%%EOF"):
        return _DAMAGED
    if archives.holds_an_archive(content):
        return _TWO_KINDS
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            return _LOCKED if pdf.is_encrypted else _why_inside(pdf) or _why_unread(pdf)
    except pikepdf.PasswordError:
        return _LOCKED
    except _TooDeep:
        return _SCRIPT
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, RuntimeError):
        return _DAMAGED


def _why_inside(pdf: pikepdf.Pdf) -> str | None:
    if not 1 <= len(pdf.pages) <= _MOST_PAGES or any(_too_wide(page) for page in pdf.pages):
        return _PAGES
    if "/XFA" in pdf.Root.get("/AcroForm", {}):
        return _FORMS
    for thing in (pdf.trailer, *pdf.objects):
        why = _why_marks(set(_marks(thing, 0)))
        if why is not None:
            return why
    return None


def _why_unread(pdf: pikepdf.Pdf) -> str | None:
    """Refuse what the parser could not unpack: it left that out, so it was not looked at."""
    left_out = any(_NOT_UNPACKED in warning for warning in pdf.get_warnings())
    return _PACKED if left_out else None


def _why_marks(marks: set[str]) -> str | None:
    if marks & _FILES:
        return _ATTACHED
    if marks & _ACTIONS:
        return _SCRIPT
    return _LINKED if marks & _WAYS_OUT else None


def _marks(thing: object, depth: int) -> Iterator[str]:
    """Yield the keys, types and action names of an object and of what lies directly in it."""
    if depth > _DEEPEST:
        raise _TooDeep
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            yield str(key)
            yield from _marks_of(str(key), value)
            yield from _below(value, depth)
        if isinstance(thing, pikepdf.Stream) and "/F" in thing:
            yield "/Filespec"  # a stream whose bytes lie in another file
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            yield from _below(value, depth)


def _marks_of(key: str, value: object) -> Iterator[str]:
    if key in _KINDS and isinstance(value, pikepdf.Name):
        yield str(value)
    if key == "/URI" and isinstance(value, pikepdf.String) and not _FOLLOWED.match(str(value)):
        yield "/URL"


def _below(value: object, depth: int) -> Iterator[str]:
    """Go on into what is written here; what is only named is an object of its own."""
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        yield from _marks(value, depth + 1)


def _too_wide(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return abs(right - left) > _WIDEST or abs(top - bottom) > _WIDEST
