"""The documents that go with an email to a national body, and what becomes of their dispatch.

They are read from the store with no transaction open, each proven by the SHA-256 that the dispatch
keeps: what is attached is what was read and confirmed.
"""

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from services.casework.access.documents import object_name
from services.casework.effects.tellings import count_email
from services.casework.engine.digests import settle_digest
from services.casework.steps.dispatches.dispatched import accepted, refused
from services.database.cases import Case, get_case
from services.database.dispatches import Dispatch, dispatch_of
from services.database.documents import get_document
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState, Proof
from services.domain.errors import StoreUnavailable
from services.domain.identifiers import CaseId, DocumentId
from services.mail import Attachment, Email, MailPutOff, MailRefused
from services.storage import KeyMissing, ObjectName, Store, StoredContentChanged
from services.storage.downloads import fetch


class DocumentContext(Protocol):
    """Where the documents lie."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """One document to attach: where it lies, and how it is proven and named."""

    name: ObjectName
    sha256: str
    version_id: str | None
    filename: str
    media_type: str


def attached_to(
    work: UnitOfWork, email: OutboxEmail, *, is_doubtful: bool
) -> tuple[AttachedDocument, ...]:
    """Return the documents of the email's dispatch, and keep the day on which it is handed over.

    An email that may have gone keeps the day on which it was handed over first. What is collected
    is not attached.
    """
    found = _dispatch(work, email)
    if found is None:
        return ()
    case, dispatch = found
    if not is_doubtful:
        dispatch.handed_on = work.today
        work.session.add(dispatch)
    if dispatch.is_collected:
        return ()
    return tuple(_named(work, case, one) for one in dispatch.documents)


def with_documents(store: Store, email: Email, attached: tuple[AttachedDocument, ...]) -> Email:
    """Return the email with the documents attached; what is changed or gone is never sent."""
    attachments = []
    for one in attached:
        try:
            with fetch(store, one.name, one.sha256, one.version_id) as file:
                content = file.read()
        except StoreUnavailable as trouble:
            raise MailPutOff("The object store did not answer.") from trouble
        except (StoredContentChanged, KeyMissing) as trouble:
            raise MailRefused("A document is not as it was kept.") from trouble
        attachments.append(
            Attachment(filename=one.filename, media_type=one.media_type, content=content)
        )
    return replace(email, attachments=(*email.attachments, *attachments))


def settle_delivery(work: UnitOfWork, email: OutboxEmail, *, is_catcher: bool) -> None:
    """Count the dispatch of an email that was accepted; ask for another way when it was refused.

    An email that carries none may meet a duty to tell people here (K8, K9), or be a digest, with
    which others went or did not.
    """
    settle_digest(work, email)
    if email.delivery not in {DeliveryStatus.SENT, DeliveryStatus.FAILED}:
        return
    found = _dispatch(work, email)
    if found is None:
        if email.case_id is not None:
            count_email(work, get_case(work.session, CaseId(email.case_id)), email)
        return
    case, dispatch = found
    if dispatch.state is not DispatchState.ON_ITS_WAY:
        return  # a person has settled it meanwhile
    if email.delivery is DeliveryStatus.FAILED:
        refused(work, case, dispatch)
        return
    proof = Proof.CATCHER_ACCEPTED if is_catcher else Proof.RELAY_ACCEPTED
    dispatch.address = email.address
    accepted(work, case, dispatch, proof, dispatch.handed_on or work.today)


def _dispatch(work: UnitOfWork, email: OutboxEmail) -> tuple[Case, Dispatch] | None:
    dispatch_id = email.content.get("dispatch")
    if dispatch_id is None or email.case_id is None:
        return None
    case = get_case(work.session, CaseId(email.case_id))
    return case, dispatch_of(work.session, case.id, dispatch_id)


def _named(work: UnitOfWork, case: Case, told: dict[str, str]) -> AttachedDocument:
    document = get_document(work.session, case.id, DocumentId(UUID(told["id"])))
    return AttachedDocument(
        object_name(document),
        told["sha256"],
        document.version_id,
        document.filename,
        document.media_type,
    )
