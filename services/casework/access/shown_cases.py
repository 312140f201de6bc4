"""What another partnership shows us of its case, and who of ours may read it.

What is shown is decided by row-level security, statement by statement: a grant that ended a moment
ago shows nothing. Who of ours reads it is decided here: somebody who may read the whole of our own
case in the same joint review, and has declared on it (LC-01, G7).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import col, select

from services.casework.access.cases import case_to_read, keep_viewing, viewing_of
from services.database.audit import OtherChain
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.documents import Document, DocumentState
from services.database.history import Entry
from services.database.joint_reviews import case_beside
from services.database.shown import SharedCase, invited_case, reviews_of, shared_cases, shown
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId, DocumentId
from services.domain.roles import Permission
from services.domain.viewings import Viewed


@dataclass(frozen=True, slots=True)
class ShownCase:
    """What is shown of another partnership's case at this moment, each part newest first.

    ``own_case`` is our own case in the same review; none in another partnership's context.
    """

    case: SharedCase
    entries: Sequence[Entry]
    documents: Sequence[Document]
    clocks: Sequence[RunningClock]
    own_case: UUID | None = None


def cases_shown(work: UnitOfWork, case: Case) -> list[SharedCase]:
    """Return the other partnerships' cases that are shown to us beside our own case."""
    reviews = reviews_of(work.session, case)
    beside = [one for one in shared_cases(work.session) if one.joint_review_id in reviews]
    return [one for one in beside if _own_id(work, one) == case.id]


def open_shown_case(work: UnitOfWork, case_id: CaseId) -> ShownCase:
    """Return what is shown of the case, and record on our own case that it was looked at.

    The look stands in both audit chains: what others saw of a case is known to its owner.
    """
    shared, own = shown_to_actor(work, case_id)
    _record(work, shared, own, Viewed.SHOWN_CASE, case_id)
    return replace(what_is_shown(work, shared), own_case=own.id)


def shown_to_actor(work: UnitOfWork, case_id: CaseId) -> tuple[SharedCase, Case]:
    """Return the shown case with our own one, to somebody of ours who may read both.

    Raises NotFound for every other, as if there were no such case; DeclareFirst where the actor
    has yet to declare on our own case.
    """
    shared = _shared(work, case_id)
    own_id = _own_id(work, shared)
    if own_id is None or not work.actor.may(Permission.READ_CASE):
        raise NotFound("There is no such case.")
    return shared, case_to_read(work, CaseId(own_id))


def what_is_shown(work: UnitOfWork, shared: SharedCase) -> ShownCase:
    """Return what the acting partnership may see of the case, and nothing of its own."""
    session, theirs = work.session, shared.case_id
    entries = select(Entry).where(Entry.case_id == theirs, Entry.tenant_id == shared.tenant_id)
    papers = select(Document).where(
        Document.case_id == theirs,
        Document.tenant_id == shared.tenant_id,
        Document.standing == DocumentState.KEPT,
    )
    clocks = select(RunningClock).where(
        RunningClock.case_id == theirs, RunningClock.tenant_id == shared.tenant_id
    )
    return ShownCase(
        case=shared,
        entries=session.exec(shown(entries.order_by(col(Entry.number).desc()))).all(),
        documents=session.exec(shown(papers.order_by(col(Document.made_at).desc()))).all(),
        clocks=session.exec(shown(clocks.order_by(col(RunningClock.due)))).all(),
    )


def shown_document(work: UnitOfWork, case_id: CaseId, document_id: DocumentId) -> Document:
    """Return one document that is shown now; for everybody else there is none."""
    shared, _own = shown_to_actor(work, case_id)
    question = select(Document).where(
        Document.case_id == case_id,
        Document.tenant_id == shared.tenant_id,
        Document.id == document_id,
        Document.standing == DocumentState.KEPT,
    )
    document = work.session.exec(shown(question)).one_or_none()
    if document is None or not work.actor.may(Permission.KEEP_DOCUMENTS):
        raise NotFound("There is no such document on this case.")
    return document


def open_shown_document(work: UnitOfWork, case_id: CaseId, document_id: DocumentId) -> Document:
    """Return one document that is shown now, and record on our own case that it was opened."""
    document = shown_document(work, case_id, document_id)
    shared, own = shown_to_actor(work, case_id)
    _record(work, shared, own, Viewed.SHOWN_DOCUMENT, document_id)
    return document


def _record(work: UnitOfWork, shared: SharedCase, own: Case, what: Viewed, object_id: UUID) -> None:
    viewing = viewing_of(work, own, what, object_id)
    keep_viewing(work, viewing, (OtherChain(shared.tenant_id, shared.case_id),))


def _own_id(work: UnitOfWork, shared: SharedCase) -> UUID | None:
    """Return our own case beside a shown one: in the review, or opened by the invitation."""
    session, review = work.session, shared.joint_review_id
    return case_beside(session, review) or invited_case(session, review)


def _shared(work: UnitOfWork, case_id: CaseId) -> SharedCase:
    for one in shared_cases(work.session):
        if one.case_id == case_id:
            return one
    raise NotFound("There is no such case.")
