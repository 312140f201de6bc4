"""What waits at a one-time address, and each document as it is handed out and recorded."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.access.documents import object_name
from services.casework.alerts import raise_alert
from services.casework.audit import note_opening
from services.casework.collecting.door import Brought, DoorContext, Opened, door
from services.casework.steps.dispatches.collected import collected
from services.database.collections import Opening, opened_ids
from services.database.documents import Document, get_document
from services.domain.alerts import AlertCode
from services.domain.collection import watermark
from services.domain.dispatches import DispatchState
from services.domain.identifiers import CaseId, DocumentId
from services.domain.recipients import Recipient
from services.identity.passwords import Passwords
from services.storage import KeyMissing, ObjectName, Store, StoredContentChanged
from services.storage.downloads import fetch
from services.storage.watermarks import with_watermark


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedDocument:
    """One document as the page lists it."""

    id: UUID
    title: str
    version: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What waits at the address, for somebody who brought the right code."""

    reference: str
    partnership: str
    recipient: Recipient
    closes_on: date
    documents: tuple[OfferedDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """One document as it is handed out: its bytes with the watermark."""

    filename: str
    media_type: str
    content: bytes


def offered(context: DoorContext, brought: Brought, hashing: Passwords) -> Offered | None:
    """Return what waits at the address if the code is right; this opens no document."""
    with door(context, brought, hashing) as opened:
        if opened is None:
            return None
        return Offered(
            reference=opened.case.reference,
            partnership=opened.work.partnership.name,
            recipient=opened.dispatch.recipient,
            closes_on=opened.closes_on,
            documents=tuple(_offered(one) for one in _documents(opened)),
        )


def hand_out(
    context: DoorContext, brought: Brought, hashing: Passwords, document_id: UUID
) -> HandedOut | None:
    """Return one document of the dispatch if the code is right, and record that it was opened.

    No transaction is open while the bytes are read. The door is asked before and after: what was
    taken back meanwhile is not handed out, and a document that was not read whole is no opening.
    """
    with door(context, brought, hashing) as opened:
        document = _named(opened, document_id)
        if opened is None or document is None:
            return None
        stored = (object_name(document), document.sha256, document.version_id)
        line = watermark(opened.case.reference, opened.dispatch.recipient, opened.work.today)
    try:
        content = _stamped(context.store, stored, line)
    except (StoredContentChanged, KeyMissing) as trouble:
        _alert(context, brought, hashing, trouble)
        raise
    with door(context, brought, hashing) as opened:
        document = _named(opened, document_id)
        if opened is None or document is None:
            return None
        _record(opened, document, content)
        name, kind = document.filename, document.media_type
        return HandedOut(filename=name, media_type=kind, content=content)


def _documents(opened: Opened) -> list[Document]:
    """Return the documents of the dispatch, and no other document of the case."""
    named = map(DocumentId, opened.dispatch.document_ids)
    return [get_document(opened.work.session, opened.case.id, one) for one in named]


def _named(opened: Opened | None, document_id: UUID) -> Document | None:
    found = _documents(opened) if opened is not None else []
    return next((one for one in found if one.id == document_id), None)


def _offered(document: Document) -> OfferedDocument:
    return OfferedDocument(
        id=document.id,
        title=document.shown_title,
        version=document.version,
        size=document.size,
        sha256=document.sha256,
    )


def _stamped(store: Store, stored: tuple[ObjectName, str, str | None], line: str) -> bytes:
    with fetch(store, *stored) as file:
        return with_watermark(file.read(), line)


def _alert(context: DoorContext, brought: Brought, hashing: Passwords, trouble: Exception) -> None:
    is_key = isinstance(trouble, KeyMissing)
    code = AlertCode.KEY_MISSING if is_key else AlertCode.DIGEST_MISMATCH
    with door(context, brought, hashing) as opened:
        if opened is not None:
            raise_alert(opened.work, code, CaseId(opened.case.id))


def _record(opened: Opened, document: Document, content: bytes) -> None:
    """Keep the opening with both digests; the dispatch counts once every document was opened."""
    opening = Opening(
        document_id=document.id,
        at=opened.work.now,
        sha256=document.sha256,
        collected_sha256=hashlib.sha256(content).hexdigest(),
    )
    collection = opened.collection
    collection.openings = [*collection.openings, opening.kept]
    opened.work.session.add(collection)
    note_opening(opened.work, opened.dispatch, document, opening.collected_sha256)
    is_whole = opened_ids(collection) >= set(opened.dispatch.document_ids)
    if is_whole and opened.dispatch.state is DispatchState.TO_COLLECT:
        collected(opened.work, opened.case, opened.dispatch)
