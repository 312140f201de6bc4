"""Papers that are set as PDF or Word when somebody reads them: most tests read none of them.

To set a paper costs more than the act that orders it. So what is stored here is what the paper
says, as the product's builders composed it, and the product's own maker sets it for who reads.
"""

import pickle
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.documents import OwnTemplate
from services.documents.making import KeylineDocuments, _made, _must_be_makeable
from services.documents.wording import template_of
from services.domain.documents import DocumentForm, DocumentKind, Paper, RenderedDocument
from services.domain.labels.own_words import spoken_with, words_in_use

NOT_SET = b"a paper that is set when it is read: "


class PapersWhenRead:
    """Keeps what a paper says, under the name, type and template that it has when it is set."""

    def pdf(self, paper: Paper) -> RenderedDocument:
        """Keep a paper that is to be a PDF."""
        return _kept(paper, DocumentForm.PDF)

    def word(self, paper: Paper) -> RenderedDocument:
        """Keep a paper that is to be a Word document."""
        return _kept(paper, DocumentForm.WORD)

    def from_own(self, paper: Paper, own: OwnTemplate) -> Mapping[DocumentForm, RenderedDocument]:
        """Fill in a partnership's own template at once: that is what is looked at."""
        return KeylineDocuments().from_own(paper, own)

    def starter(self, kind: DocumentKind) -> bytes:
        """Return the template to begin with."""
        return KeylineDocuments().starter(kind)


def set_at_once(world: Any) -> Any:
    """Return the world with papers that are set as they are made, for who takes their own bytes."""
    return replace(world, documents=KeylineDocuments())


def set_now(content: bytes) -> bytes:
    """Return the content as the product sets it, if it is a paper that was kept here."""
    if not content.startswith(NOT_SET):
        return content
    form, paper, words = pickle.loads(content.removeprefix(NOT_SET))  # noqa: S301 -- kept by this test
    make = KeylineDocuments().pdf if form is DocumentForm.PDF else KeylineDocuments().word
    with spoken_with(words):
        return make(paper).content


def _kept(paper: Paper, form: DocumentForm) -> RenderedDocument:
    _must_be_makeable(paper)
    content = NOT_SET + pickle.dumps((form, paper, dict(words_in_use())))
    return _made(paper, content, form, template_of(paper.kind))
