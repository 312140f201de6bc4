"""A file that a person adds to a case: quarantined, checked, then kept among its documents."""

import hashlib
import logging
from uuid import uuid4

from pydantic import Field

from services.casework.access.cases import must_be_open_to_actor
from services.casework.act import Act, begin, record_entry, refuse_repeat
from services.casework.commands import Command, ShortText
from services.database.cases import get_case
from services.database.documents import Document, DocumentState
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import StoreUnavailable
from services.domain.identifiers import CaseId, DocumentId
from services.domain.roles import Permission
from services.domain.sections import Section
from services.domain.workflow import Stage
from services.storage import Store, Stored, key_for
from services.storage.checking import Checked, must_be_of_a_size
from services.storage.uploads import check_waiting, discard, quarantine, release

_log = logging.getLogger("keyline.files")


class AddFile(Command):
    """What the file is; its bytes come beside these words."""

    title: ShortText = Field(title="What is this file?")


def add_file(
    work: UnitOfWork, store: Store, case_id: CaseId, command: AddFile, file: tuple[str, bytes]
) -> Document:
    """Keep a person's file if it is what it seems; a refused one leaves nothing behind.

    The case is locked only once the file lies in the store: a slow store keeps nobody else
    waiting. If the act fails after that, the store holds an object that no row names, which
    nobody can open.

    Raises AnswerRefused("file") for a wrong kind, size or content, StoreUnavailable otherwise.
    """
    work.actor.must(ADD_FILE.permission)
    must_be_open_to_actor(work, get_case(work.session, case_id))
    refuse_repeat(work, ADD_FILE, command, case_id)
    document_id = DocumentId(uuid4())
    checked, stored = _take_in(work, store, (case_id, document_id), *file)
    case = begin(work, case_id, ADD_FILE, command)
    document = Document(
        tenant_id=case.tenant_id,
        id=document_id,
        case_id=case.id,
        kind=DocumentKind.UPLOAD.value,
        subject=str(document_id),
        form=checked.extension,
        version=1,
        title=command.title,
        filename=checked.filename,
        media_type=checked.media_type,
        key=stored.key,
        version_id=stored.version_id,
        size=checked.size,
        sha256=checked.sha256,
        standing=DocumentState.KEPT,
        made_by=work.actor.person_id,
        made_at=work.now,
    )
    work.session.add(document)
    record_entry(work, case, ADD_FILE, command, subject=str(document_id))
    return document


ADD_FILE = Act(
    name="add_file",
    command=AddFile,
    perform=add_file,
    permission=Permission.KEEP_DOCUMENTS,
    doing="add a file",
    stages=frozenset(Stage),
    entry=EntryType.FILE_ADDED,
    is_listed=False,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def _take_in(
    work: UnitOfWork, store: Store, ids: tuple[CaseId, DocumentId], name: str, content: bytes
) -> tuple[Checked, Stored]:
    """Quarantine the bytes, check what really lies there, and let them in; or keep none of them.

    A file too large or empty never reaches the store.
    """
    must_be_of_a_size(content)
    case_id, document_id = ids
    partnership_id = work.actor.partnership_id
    digest = hashlib.sha256(content).hexdigest()
    waiting = quarantine(store, partnership_id, document_id, content, digest)
    try:
        checked = check_waiting(store, waiting, name)
        key = key_for(partnership_id, case_id, document_id, 1, checked.extension)
        return checked, release(store, waiting, checked, key)
    finally:
        _empty(store, waiting)


def _empty(store: Store, waiting: Stored) -> None:
    """Empty the place in quarantine; where that fails, what was said of the file still stands.

    What stays there can be opened by nobody.
    """
    try:
        discard(store, waiting)
    except StoreUnavailable:
        _log.warning("Quarantine was not emptied: %s.", waiting.key)
