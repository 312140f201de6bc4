"""What Keyline does with a version of the report: it makes its paper, and checks it (PUB-16)."""

from services.casework.effects import order_document
from services.casework.joint.telling_draft import tell_draft
from services.casework.steps.anonymity.checks import order_check
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.workflow import Step


def make_and_check(work: UnitOfWork, entry: Entry) -> None:
    """Order the paper of this version, and the check of what it holds of the case's own."""
    order_document(work, entry, Step.COMMISSION, DocumentKind.REPORT_VERSION)
    order_check(work, entry, Step.COMMISSION)


def make_check_and_tell(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Order the same of a new version, and that who contributes is told of it (PUB-19)."""
    make_and_check(work, entry)
    tell_draft(work, case, entry.id)
