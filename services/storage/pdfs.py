"""Whether a PDF holds only pages: no scripts, no attached files, no password."""

import io

import pikepdf

_MOST_PAGES = 2_000
_WIDEST = 14_400
_DAMAGED = "The PDF is damaged. Open it, save or print it to PDF again, and choose that file."
_LOCKED = "The PDF is protected by a password. Save it without one and choose that file."
_SCRIPT = "The PDF holds scripts or actions. Print it to PDF and choose that file."
_ATTACHED = "The PDF has other files inside it. Print it to PDF, and send each file by itself."
_FORMS = "The PDF is an XFA form, which cannot be kept. Print it to PDF and choose that file."
_PAGES = "The PDF has too many pages, or pages that are too large. Send it in parts."
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}
)


def why_pdf_refused(content: bytes) -> str | None:
    """Say why a PDF cannot be kept, or None (U3, U5, U17)."""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        return _DAMAGED
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            return _LOCKED if pdf.is_encrypted else _why_inside(pdf)
    except pikepdf.PasswordError:
        return _LOCKED
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, RuntimeError):
        return _DAMAGED


def _why_inside(pdf: pikepdf.Pdf) -> str | None:
    if not 1 <= len(pdf.pages) <= _MOST_PAGES or any(_too_wide(page) for page in pdf.pages):
        return _PAGES
    if "/XFA" in pdf.Root.get("/AcroForm", {}):
        return _FORMS
    for thing in pdf.objects:
        why = _why_thing(thing)
        if why is not None:
            return why
    return None


def _why_thing(thing: pikepdf.Object) -> str | None:
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return None
    return _why_marks(_marks(thing, 0))


def _why_marks(marks: set[str]) -> str | None:
    if marks & {"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/FileAttachment"}:
        return _ATTACHED
    return _SCRIPT if marks & (_ACTIONS | {"/JS", "/AA"}) else None


def _marks(thing: pikepdf.Object, depth: int) -> set[str]:
    """Return the keys, types and action names of a dictionary and what lies directly in it."""
    found: set[str] = set()
    if depth > 40 or (depth and thing.is_indirect):
        return found
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            found.add(str(key))
            if key in {"/S", "/Type", "/Subtype"} and isinstance(value, pikepdf.Name):
                found.add(str(value))
            found |= _marks(value, depth + 1) if isinstance(value, pikepdf.Object) else set()
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            found |= _marks(value, depth + 1) if isinstance(value, pikepdf.Object) else set()
    return found


def _too_wide(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return abs(right - left) > _WIDEST or abs(top - bottom) > _WIDEST
