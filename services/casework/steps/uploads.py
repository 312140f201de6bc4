"""A file that a person adds to a case: checked in memory, stored once, then linked by the act."""

from dataclasses import dataclass
from hashlib import sha256

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.audit import note_document
from services.casework.commands import Command, ShortText
from services.casework.steps.file_checks import StoredUpload
from services.database.cases import Case
from services.database.documents import Document, DocumentState
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NotPermitted
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.storage.scanning import Scan


class AddFile(Command):
    """What the file is; its bytes come beside these words."""

    title: ShortText = Field(title="What is this file?")


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

    @classmethod
    def of(cls, command: AddFile, sent_sha256: str) -> "FileSent":
        """Return what was sent, with these words."""
        return cls(title=command.title, sent_sha256=sent_sha256)


@dataclass(frozen=True, slots=True)
class FileOf:
    """By which act the file comes to the case, and whose it is: its own, or an agency's."""

    act: Act
    subject: str
    version: int = 1


def must_be_able_to_add(
    work: UnitOfWork, case_id: CaseId, command: AddFile, content: bytes, act: Act | None = None
) -> PartnershipId:
    """Refuse a person who may not add this file by the act, before any byte of it is stored.

    The caller ends the transaction before it stores the file, so a slow store keeps no one
    waiting for the case.
    """
    adding = act or ADD_FILE
    case = begin(work, case_id, adding, FileSent.of(command, sha256(content).hexdigest()))
    if adding.is_offered is not None and not adding.is_offered(work, case):
        raise NotPermitted(f"You cannot {adding.doing} on this case.")
    return work.actor.partnership_id


def add_file(work: UnitOfWork, case_id: CaseId, command: AddFile, upload: StoredUpload) -> Document:
    """Link a stored file to the case. If this fails, the object is an orphan for the sweep."""
    told = FileSent.of(command, upload.checked.sent_sha256)
    case = begin(work, case_id, ADD_FILE, told)
    return link(work, case, FileOf(ADD_FILE, str(upload.id)), told, upload)


def link(
    work: UnitOfWork, case: Case, of: FileOf, told: FileSent, upload: StoredUpload
) -> Document:
    """Put the file on record as a document of the case, by an act that has begun."""
    checked, stored = upload.checked, upload.stored
    document = Document(
        tenant_id=case.tenant_id,
        id=upload.id,
        case_id=case.id,
        kind=DocumentKind.UPLOAD,
        subject=of.subject,
        section=of.act.section,
        form=checked.extension,
        version=of.version,
        title=told.title,
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
        title=told.title,
        sha256=checked.sha256,
        sent_sha256=None if checked.is_as_sent else checked.sent_sha256,
    )
    entry = record_entry_as(work, case, of.act, told, Entered(subject=of.subject, kept=kept))
    document.said = [entry.id]
    work.session.add(document)
    note_document(work, document)
    return document


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
