"""How a paper or a file becomes a document of the case: made, stored by its hash, listed."""

from pathlib import PurePath
from uuid import uuid5

from services.casework.tools import Tools
from services.database.cases import Case
from services.database.documents import Document, Standing, next_version
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm, DocumentKind, Made, Paper
from services.domain.identifiers import CaseId, DocumentId, PartnershipId
from services.storage import key_for


def file_paper(work: UnitOfWork, tools: Tools, paper: Paper, case: Case, subject: str = "") -> None:
    """Make the paper in each of its forms and keep it; the same order done again adds nothing.

    The bytes are stored first: after a crash between the two, the next try stores the same
    paper under the same key, and the row names what it stored.
    """
    for form in paper.kind.particulars.forms:
        make = tools.documents.pdf if form is DocumentForm.PDF else tools.documents.word
        _keep(work, tools, case, paper.kind, (subject, form, paper.title, make(paper)))


def _keep(
    work: UnitOfWork,
    tools: Tools,
    case: Case,
    kind: DocumentKind,
    what: tuple[str, DocumentForm, str, Made],
) -> None:
    subject, form, title, made = what
    version = next_version(work.session, case.id, kind.value, subject, form.value)
    artefact = DocumentId(uuid5(case.id, f"{kind.value}:{subject}:{form.value}"))
    key = key_for(
        PartnershipId(case.tenant_id),
        CaseId(case.id),
        artefact,
        version,
        PurePath(made.filename).suffix,
    )
    stored = tools.store.put(
        key, made.content, media_type=made.media_type, sha256=made.sha256, metadata={}
    )
    work.session.add(
        Document(
            tenant_id=case.tenant_id,
            case_id=case.id,
            kind=kind.value,
            subject=subject,
            form=form.value,
            version=version,
            title=title,
            filename=made.filename,
            media_type=made.media_type,
            key=key,
            version_id=stored.version_id,
            size=len(made.content),
            sha256=made.sha256,
            template=made.template,
            standing=Standing.KEPT,
            made_by=work.actor.person_id,
            made_at=work.now,
        )
    )
    work.session.flush()
