"""A file that a person adds to a case: quarantined, checked, then kept among its documents."""

import hashlib
from uuid import uuid4

from pydantic import Field

from services.casework.acting import begin, record
from services.casework.tools import Tools
from services.casework.words import ShortText, Words
from services.database.documents import Document, Standing
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.history import Happened
from services.domain.identifiers import CaseId, DocumentId, PartnershipId
from services.domain.roles import Permission
from services.storage import key_for
from services.storage.uploads import check_waiting, discard, quarantine, release


class AddFile(Words):
    """What the file is; its bytes come beside these words."""

    title: ShortText = Field(title="What is this file?")


def add_file(
    work: UnitOfWork, tools: Tools, case_id: CaseId, words: AddFile, file: tuple[str, bytes]
) -> Document:
    """Keep a person's file if it is what it seems; a refused one leaves nothing behind.

    Raises AnswerRefused("file") for a wrong kind, size or content, StoreUnavailable otherwise.
    """
    case = begin(work, case_id, Permission.KEEP_DOCUMENTS)
    name, content = file
    document_id = DocumentId(uuid4())
    partnership_id = PartnershipId(case.tenant_id)
    digest = hashlib.sha256(content).hexdigest()
    waiting = quarantine(tools.store, partnership_id, document_id, content, digest)
    try:
        checked = check_waiting(tools.store, waiting, name)
        key = key_for(partnership_id, case_id, document_id, 1, checked.extension)
        stored = release(tools.store, waiting, checked, key)
    finally:
        discard(tools.store, waiting)
    document = Document(
        tenant_id=case.tenant_id,
        id=document_id,
        case_id=case.id,
        kind=DocumentKind.UPLOAD.value,
        subject=str(document_id),
        form=checked.extension,
        version=1,
        title=words.title,
        filename=checked.filename,
        media_type=checked.media_type,
        key=key,
        version_id=stored.version_id,
        size=checked.size,
        sha256=checked.sha256,
        standing=Standing.KEPT,
        made_by=work.actor.person_id,
        made_at=work.now,
    )
    work.session.add(document)
    record(work, case, Happened.FILE_ADDED, words, subject=str(document_id))
    return document
