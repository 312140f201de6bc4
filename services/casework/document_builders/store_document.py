"""The job handler of documents: read the record, make and store each form, link it to the case."""

from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from services.casework.alerts import alert_unless_waiting
from services.casework.audit import note_document
from services.casework.document_builders.building import BuiltDocument, build
from services.casework.document_builders.context import Builders
from services.casework.document_builders.rendering import own_template_of, rendered_by
from services.casework.effects import DocumentOrder
from services.casework.job_context import JobContext, Link
from services.casework.steps.dispatches.dispatched import document_made
from services.database.cases import get_case
from services.database.documents import Document, DocumentState
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.domain.documents import DocumentForm, Paper, RenderedDocument
from services.domain.identifiers import CaseId, DocumentId, PartnershipId
from services.domain.labels.own_words import own_words_in, spoken_with
from services.domain.paper_templates import is_instead
from services.storage import CannotLock, Stored, new_name


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """One form of a document that lies in the store and is not linked to its case yet."""

    id: DocumentId
    form: DocumentForm
    rendered: RenderedDocument
    stored: Stored


def make_document(builders: Builders, context: JobContext, order: DocumentOrder) -> Link:
    """Compose the document in a short transaction, then make and store it with none open.

    It is said in the words of the policy that the case follows (E-10). Every attempt stores under
    names of its own. After a crash before the link, what was stored is an orphan, which the sweep
    removes.
    """
    with context.transaction() as work:
        words = own_words_in(get_case(work.session, context.case_id).policy)
        with spoken_with(words):
            built = build(work, context.case_id, order, builders)
        partnership_id = work.actor.partnership_id
        own = own_template_of(work, order.kind, built.ordered_at)
    if not built.paper.partnership:  # the partnership's own template shows whose it is (PUB-27)
        own = None
    with spoken_with(words):
        rendered = rendered_by(context, built.paper, own)
    made = tuple(
        _store(context, partnership_id, built.paper, form, one) for form, one in rendered.items()
    )
    return partial(_link, context.case_id, built, made)


def _store(
    context: JobContext,
    partnership_id: PartnershipId,
    paper: Paper,
    form: DocumentForm,
    rendered: RenderedDocument,
) -> StoredDocument:
    document_id = DocumentId(uuid4())
    name, lasts = new_name(partnership_id), paper.kind.particulars.locked_for
    put = partial(context.store.put, name, rendered.content, sha256=rendered.sha256)
    try:
        stored = put(locked_until=context.now + lasts if lasts else None)
    except CannotLock:
        stored = put()
    return StoredDocument(id=document_id, form=form, rendered=rendered, stored=stored)


def _link(
    case_id: CaseId,
    built: BuiltDocument,
    made: tuple[StoredDocument, ...],
    work: UnitOfWork,
) -> None:
    """Link each stored form to the case: from now on the sweep leaves it alone."""
    case, paper = get_case(work.session, case_id), built.paper
    for each in made:
        document = Document(
            tenant_id=case.tenant_id,
            id=each.id,
            case_id=case.id,
            kind=paper.kind,
            subject=paper.subject,
            section=paper.kind.particulars.section,
            form=each.form.value,
            version=paper.version,
            title=paper.about,
            filename=each.rendered.filename,
            media_type=each.rendered.media_type,
            key=each.stored.key,
            version_id=each.stored.version_id,
            size=each.stored.size,
            sha256=each.rendered.sha256,
            template=each.rendered.template,
            standing=DocumentState.KEPT,
            made_by=work.actor.person_id,
            made_at=work.now,
            said=list(built.said),
        )
        work.session.add(document)
        note_document(work, document)
        work.session.flush()
        document_made(work, case, document)
    if any(is_instead(each.rendered.template) for each in made):
        alert_unless_waiting(work, AlertCode.TEMPLATE_FAILED, case.id)
