"""What a document is called as a file: by case, kind and agency, and by nobody's name."""

import re
from hashlib import sha256
from typing import Final

from services.database.documents import Document
from services.domain.documents import DocumentForm, DocumentKind

_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9]+")
_LONGEST: Final = 40
_EXTENSIONS: Final = {DocumentForm.PDF.value: "pdf", DocumentForm.WORD.value: "docx"}


def download_name(document: Document, reference: str, agency: str = "") -> str:
    """Return the name under which the document is saved: no two of a case have the same.

    A paper is called by its kind and by what it is about, such as the agency. A file that somebody
    added is called by whose it is and by its id: the name that it had may hold a child's. What is
    published is called by no reference, since it leads to no other paper of the case (PUB-27).
    """
    is_upload = document.kind is DocumentKind.UPLOAD
    about = _about(agency if is_upload else document.title)
    last = document.id.hex[:8] if is_upload else f"v{document.version}"
    case = "" if document.kind.particulars.is_public else _slug(reference) or "case"
    kind = "added-file" if is_upload else _slug(document.kind.value)
    extension = _EXTENSIONS.get(document.form, document.form)
    return f"{'-'.join(filter(None, (case, kind, about, last)))}.{extension}"


def _about(text: str) -> str:
    """Return what it is about, short; what had to be cut ends in digits that tell it from others.

    Two agencies may be called alike in all but their last words.
    """
    whole = _slug(text)
    if len(whole) <= _LONGEST:
        return whole
    return f"{whole[:_LONGEST].rstrip('-')}-{sha256(text.encode()).hexdigest()[:4]}"


def _slug(text: str) -> str:
    return _NOT_IN_A_NAME.sub("-", text).strip("-")
