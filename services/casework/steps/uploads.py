"""A file that a person adds to a case: checked in memory, stored once, then linked by the act."""

from dataclasses import dataclass
from uuid import uuid4

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, ShortText
from services.database.documents import Document, DocumentState
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId, DocumentId, PartnershipId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.storage import Store, Stored, new_name
from services.storage.checking import Checked, check


class AddFile(Command):
    """What the file is; its bytes come beside these words."""

    title: ShortText = Field(title="What is this file?")


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A file that was checked and lies in the store, and that no document names yet."""

    id: DocumentId
    checked: Checked
    stored: Stored


def must_be_able_to_add(work: UnitOfWork, case_id: CaseId, command: AddFile) -> PartnershipId:
    """Refuse a person who may not add this file, before any byte of it is stored.

    The caller ends the transaction before it stores the file, so a slow store keeps no one
    waiting for the case.
    """
    begin(work, case_id, ADD_FILE, command)
    return work.actor.partnership_id


def store_upload(
    store: Store, partnership_id: PartnershipId, file: tuple[str, bytes]
) -> StoredUpload:
    """Check the file in memory and store it once, with no transaction open.

    Raises AnswerRefused("file") for a wrong kind, size or content, StoreUnavailable otherwise;
    a file that is refused never reaches the store.
    """
    name, content = file
    checked = check(name, content)
    stored = store.put(new_name(partnership_id), content, sha256=checked.sha256)
    return StoredUpload(DocumentId(uuid4()), checked, stored)


def add_file(work: UnitOfWork, case_id: CaseId, command: AddFile, upload: StoredUpload) -> Document:
    """Link a stored file to the case. If this fails, the object is an orphan for the sweep."""
    case = begin(work, case_id, ADD_FILE, command)
    checked, stored = upload.checked, upload.stored
    document = Document(
        tenant_id=case.tenant_id,
        id=upload.id,
        case_id=case.id,
        kind=DocumentKind.UPLOAD,
        subject=str(upload.id),
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
    record_entry(work, case, ADD_FILE, command, subject=str(upload.id))
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
