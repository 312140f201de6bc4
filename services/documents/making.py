"""How a paper is made: worded, set as PDF or Word, and given its name and digest."""

import hashlib
import re
from collections.abc import Mapping

import typst

from services.documents import OwnTemplate, TemplateFailed
from services.documents.own.filling import filled_in
from services.documents.own.starter import starter
from services.documents.pdf import set_as_pdf
from services.documents.word import set_as_word
from services.documents.wording import Worded, has_contents, worded
from services.domain.documents import DocumentForm, DocumentKind, Paper, RenderedDocument
from services.domain.labels import label
from services.domain.paper_templates import own_name

NO_PDF = (
    "What the template makes cannot be set as a PDF that is read aloud. Use plain headings, lists "
    "and tables."
)
_MEDIA = {
    DocumentForm.PDF: ("application/pdf", "pdf"),
    DocumentForm.WORD: (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
}
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]+")


class KeylineDocuments:
    """Make papers from the templates of this room."""

    def pdf(self, paper: Paper) -> RenderedDocument:
        """Make a tagged PDF of the paper."""
        _must_be_makeable(paper)
        ready = worded(paper)
        return _made(paper, set_as_pdf(ready), DocumentForm.PDF, ready.template)

    def word(self, paper: Paper) -> RenderedDocument:
        """Make a Word document of the paper, for the partnership to edit."""
        _must_be_makeable(paper)
        ready = worded(paper)
        content = set_as_word(ready, paper.prepared_on)
        return _made(paper, content, DocumentForm.WORD, ready.template)

    def from_own(self, paper: Paper, own: OwnTemplate) -> Mapping[DocumentForm, RenderedDocument]:
        """Make the paper from a partnership's template, as Word and as a PDF with its words."""
        _must_be_makeable(paper)
        made = filled_in(paper, own)
        template = own_name(paper.kind, own.sha256, own.version)
        ready = Worded(
            title=made.names["title"],
            reference=made.names["reference"],
            partnership=made.names["partnership"],
            marking=made.names["marking"],
            blocks=made.blocks,
            template=template,
            contents=has_contents(paper.kind),
        )
        try:
            contents = {DocumentForm.PDF: set_as_pdf(ready), DocumentForm.WORD: made.content}
        except typst.TypstError:
            raise TemplateFailed((NO_PDF,)) from None
        return {form: _made(paper, content, form, template) for form, content in contents.items()}

    def starter(self, kind: DocumentKind) -> bytes:
        """Return a Word template of the kind to begin with."""
        return starter(kind)


def _must_be_makeable(paper: Paper) -> None:
    if not paper.kind.particulars.forms:
        raise ValueError(f"An {label(paper.kind)} is kept as it came; it is never made.")


def _made(paper: Paper, content: bytes, form: DocumentForm, template: str) -> RenderedDocument:
    media_type, extension = _MEDIA[form]
    case = "" if paper.kind.particulars.is_public else _in_a_name(paper.reference) or "case"
    named = (case, _in_a_name(paper.kind), _in_a_name(paper.about))
    return RenderedDocument(
        content=content,
        media_type=media_type,
        filename="-".join((*filter(None, named), f"v{paper.version}.{extension}")),
        sha256=hashlib.sha256(content).hexdigest(),
        template=template,
    )


def _in_a_name(text: str) -> str:
    """Return the text as a part of a file's name that every computer takes."""
    return _NOT_IN_A_NAME.sub("-", text).strip("-")[:40].rstrip("-")
