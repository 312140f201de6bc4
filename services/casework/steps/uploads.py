"""A file that a person adds to a case: checked in memory, stored once, then linked by the act."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol
from uuid import uuid4

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.audit import note_document
from services.casework.commands import Command, ShortText
from services.database.documents import Document, DocumentState
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId, DocumentId, PartnershipId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.storage import Store, Stored, new_name
from services.storage.checking import Checked, check
from services.storage.scanning import Scan, Scanner, Verdict


class AddFile(Command):
    """What the file is; its bytes come beside these words."""

    title: ShortText = Field(title="What is this file?")


class FileIsHarmful(AnswerRefused):
    """A virus scanner found something in the file."""


class UploadPlace(Protocol):
    """Where a file that is sent goes to: a scanner looks at it, the store keeps it."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is
    @property
    def scanner(self) -> Scanner: ...  # noqa: D102 - named for what it is


class FileAdded(Command):
    """What is kept of it: its title, and the digests by which the file is known again."""

    title: str = Field(title="What is this file?")
    sha256: str | None = Field(default=None, title="SHA-256 of the file that is kept")
    sent_sha256: str | None = Field(
        default=None,
        title="SHA-256 of the picture as it was sent, before place, time and camera were removed",
    )


class FileSent(AddFile):
    """What the key of a posted form is bound to: its words, and the file as it was sent."""

    sent_sha256: str = Field(title="SHA-256 of the file as it was sent")


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A file that was checked and lies in the store, and that no document names yet."""

    id: DocumentId
    checked: Checked
    scan: Scan
    stored: Stored


def must_be_able_to_add(
    work: UnitOfWork, case_id: CaseId, command: AddFile, content: bytes
) -> PartnershipId:
    """Refuse a person who may not add this file, before any byte of it is stored.

    The caller ends the transaction before it stores the file, so a slow store keeps no one
    waiting for the case.
    """
    begin(work, case_id, ADD_FILE, _sent(command, sha256(content).hexdigest()))
    return work.actor.partnership_id


def store_upload(
    place: UploadPlace, partnership_id: PartnershipId, file: tuple[str, bytes]
) -> StoredUpload:
    """Check the file in memory, have it scanned, and store it once, with no transaction open.

    Raises AnswerRefused("file") for a wrong kind, size or content, FileIsHarmful where the scan
    found something, StoreUnavailable otherwise; a file that is refused never reaches the store.
    """
    checked, scan = checked_and_scanned(place.scanner, file)
    stored = place.store.put(new_name(partnership_id), checked.content, sha256=checked.sha256)
    return StoredUpload(DocumentId(uuid4()), checked, scan, stored)


def checked_and_scanned(scanner: Scanner, file: tuple[str, bytes]) -> tuple[Checked, Scan]:
    """Check the file in memory and have it scanned; refuse one that cannot be, or is harmful."""
    name, content = file
    checked = check(name, content)
    scan = scanner.scan(checked.content)
    if scan.verdict is Verdict.FOUND:
        raise FileIsHarmful(
            "file",
            "The virus scan found something harmful in this file, so it was not kept. Do not "
            "open it again, and tell the people who look after your computer.",
        )
    return checked, scan


def add_file(work: UnitOfWork, case_id: CaseId, command: AddFile, upload: StoredUpload) -> Document:
    """Link a stored file to the case. If this fails, the object is an orphan for the sweep."""
    checked, stored = upload.checked, upload.stored
    sent = _sent(command, checked.sent_sha256)
    case = begin(work, case_id, ADD_FILE, sent)
    document = Document(
        tenant_id=case.tenant_id,
        id=upload.id,
        case_id=case.id,
        kind=DocumentKind.UPLOAD,
        subject=str(upload.id),
        section=ADD_FILE.section,
        form=checked.extension,
        version=1,
        title=command.title,
        filename=checked.filename,
        media_type=checked.media_type,
        key=stored.key,
        version_id=stored.version_id,
        size=checked.size,
        sha256=checked.sha256,
        standing=_standing(work, upload.scan),
        made_by=work.actor.person_id,
        made_at=work.now,
        said=[],
    )
    kept = FileAdded(
        title=command.title,
        sha256=checked.sha256,
        sent_sha256=None if checked.is_as_sent else checked.sent_sha256,
    )
    entered = Entered(subject=str(upload.id), kept=kept)
    entry = record_entry_as(work, case, ADD_FILE, sent, entered)
    document.said = [entry.id]
    work.session.add(document)
    note_document(work, document)
    return document


def _sent(command: AddFile, sent_sha256: str) -> FileSent:
    return FileSent(title=command.title, sent_sha256=sent_sha256)


def _standing(work: UnitOfWork, scan: Scan) -> DocumentState:
    """Return whether the file may be read now, or waits for the virus scanner."""
    policy = stored_policy(work.partnership.policy)
    if scan.lets_read(is_demanded=policy.hold_until_scanned):
        return DocumentState.KEPT
    return DocumentState.QUARANTINED


ADD_FILE = Act(
    name="add_file",
    command=AddFile,
    perform=add_file,
    permission=Permission.KEEP_DOCUMENTS,
    doing="add a file",
    stages=frozenset(Stage),
    entry=EntryType.FILE_ADDED,
    kept=FileAdded,
    is_listed=False,
    section=Section.INTERNAL,
    holds_family_data=True,
)
