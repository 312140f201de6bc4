"""The files of an agency that belong to its scoping return, such as a chronology (RR-40).

They are read by that agency, and by whoever reads its return, and by no other agency.
"""

from services.casework.act import Act, begin
from services.casework.effects import EmailContext, enqueue_email
from services.casework.steps.file_checks import StoredUpload
from services.casework.steps.uploads import AddFile, FileAdded, FileOf, FileSent, link
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.documents import Document, documents
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT, Answered, Asked
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NotPermitted
from services.domain.identifiers import CaseId
from services.domain.roles import Permission


def add_own_file(
    work: UnitOfWork, case_id: CaseId, command: AddFile, upload: StoredUpload
) -> Document:
    """Keep a file with the return of the actor's own agency, which was asked for one.

    The manager is told of one that comes after the return, as of any addition to it.
    """
    told = FileSent.of(command, upload.checked.sent_sha256)
    case = begin(work, case_id, ADD_OWN_FILE, told)
    if not was_asked(work, case):
        raise NotPermitted("Only an agency that was asked for a return adds files to it.")
    subject = str(work.actor.agency_id)
    number = 1 + _files_before(work, case, subject, upload.checked.extension)
    document = link(work, case, FileOf(ADD_OWN_FILE, subject, number), told, upload)
    if _answered(work, case) is Answered.RECEIVED:
        about = EmailContext(agency_id=work.actor.agency_id, part=f"{subject}:{document.id}")
        enqueue_email(work, case, EmailTrigger.RETURN_CORRECTED, about)
    return document


def was_asked(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor's own agency was asked for a return on the case."""
    return _answered(work, case) is not None


def _answered(work: UnitOfWork, case: Case) -> Answered | None:
    """Return how the request to the actor's own agency stands, if there is one."""
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    mine = (one.answered for one in asked if one.agency_id == work.actor.agency_id)
    return next(mine, None)


def _files_before(work: UnitOfWork, case: Case, subject: str, form: str) -> int:
    """Count the agency's files of this form: a document is known by kind, subject, form, number."""
    found = (one for one in documents(work.session, case.id) if one.kind is DocumentKind.UPLOAD)
    return sum((one.subject, one.form) == (subject, form) for one in found)


ADD_OWN_FILE = Act(
    name="add_own_file",
    command=AddFile,
    perform=add_own_file,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="add a file to the return",
    stages=RETURNED_AT,
    entry=EntryType.OWN_FILE_ADDED,
    kept=FileAdded,
    is_listed=False,
    is_offered=was_asked,
    section=Section.SCOPING_RETURNS,
    holds_family_data=True,
)
