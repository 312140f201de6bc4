"""How a paper of the case becomes a document: made in each form, stored by its hash, listed."""

from dataclasses import dataclass
from pathlib import PurePath
from uuid import uuid5

from services.casework.job_context import Tools
from services.database.cases import Case
from services.database.documents import Document, DocumentState
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm, Paper, RenderedDocument
from services.domain.identifiers import CaseId, DocumentId, PartnershipId
from services.storage import Stored, key_for


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """One form of a paper, as it was made."""

    paper: Paper
    subject: str
    form: DocumentForm
    made: RenderedDocument


def file_paper(work: UnitOfWork, tools: Tools, paper: Paper, case: Case, subject: str = "") -> None:
    """Make the paper in each of its forms and keep it, as the version that it says it is.

    The bytes are stored first: after a crash between the two, the next try stores the same
    paper under the same key, and the row names what it stored.
    """
    for form in paper.kind.particulars.forms:
        make = tools.documents.pdf if form is DocumentForm.PDF else tools.documents.word
        copy = _Copy(paper=paper, subject=subject, form=form, made=make(paper))
        work.session.add(_row(work, case, copy, _store(tools, case, copy)))
    work.session.flush()


def _store(tools: Tools, case: Case, copy: _Copy) -> Stored:
    """Store the bytes under the key that this version of this artefact always has."""
    made = copy.made
    name = f"{copy.paper.kind.value}:{copy.subject}:{copy.form.value}"
    key = key_for(
        PartnershipId(case.tenant_id),
        CaseId(case.id),
        DocumentId(uuid5(case.id, name)),
        copy.paper.version,
        PurePath(made.filename).suffix,
    )
    return tools.store.put(
        key, made.content, media_type=made.media_type, sha256=made.sha256, metadata={}
    )


def _row(work: UnitOfWork, case: Case, copy: _Copy, stored: Stored) -> Document:
    made = copy.made
    return Document(
        tenant_id=case.tenant_id,
        case_id=case.id,
        kind=copy.paper.kind.value,
        subject=copy.subject,
        form=copy.form.value,
        version=copy.paper.version,
        title=copy.paper.title,
        filename=made.filename,
        media_type=made.media_type,
        key=stored.key,
        version_id=stored.version_id,
        size=len(made.content),
        sha256=made.sha256,
        template=made.template,
        standing=DocumentState.KEPT,
        made_by=work.actor.person_id,
        made_at=work.now,
    )
