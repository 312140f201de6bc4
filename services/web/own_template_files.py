"""What may be downloaded of a partnership's own template: the file itself, or a preview of it."""

from collections.abc import Mapping
from typing import Final

from fastapi import Request, Response

from services.casework.own_template_trial import KeptTemplate, previewed
from services.casework.own_templates import template_version
from services.database.unit_of_work import UnitOfWork
from services.documents import TemplateFailed
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.errors import NotFound, RuleBroken
from services.storage.file_names import disposition
from services.web.app_state import site_of

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
THE_FILE: Final = "file"
PREVIEWS: Final[Mapping[str, DocumentForm]] = {
    "preview-word": DocumentForm.WORD,
    "preview-pdf": DocumentForm.PDF,
}


def begun_with(request: Request, kind: DocumentKind) -> Response:
    """Send the template of the kind with which a partnership begins."""
    content = site_of(request).neighbours.documents.starter(kind)
    return _attached(content, WORD, f"{kind.value}-template.docx")


def kept_template(work: UnitOfWork, kind: DocumentKind, number: int) -> KeptTemplate:
    """Return where the file of one version lies; one without a file is not found."""
    row = template_version(work, kind, number)
    if not row.key:
        raise NotFound("This version has no file: Keyline's own template holds.")
    return KeptTemplate.of(row)


def downloaded(request: Request, kept: KeptTemplate, what: str) -> Response:
    """Send the file of the template, or what it makes of an invented paper."""
    around = site_of(request).neighbours
    try:
        if what == THE_FILE:
            content = kept.read_from(around.store).content
            return _attached(content, WORD, f"{kept.kind.value}-template-v{kept.version}.docx")
        if what not in PREVIEWS:
            raise NotFound("There is no such file of a template.")
        made = previewed(around, kept)[PREVIEWS[what]]
    except TemplateFailed as failed:
        raise RuleBroken(str(failed)) from None
    return _attached(made.content, made.media_type, made.filename)


def _attached(content: bytes, media_type: str, filename: str) -> Response:
    """Send bytes as a file that is saved and not shown."""
    headers = {"content-disposition": disposition(filename)}
    return Response(content, media_type=media_type, headers=headers)
