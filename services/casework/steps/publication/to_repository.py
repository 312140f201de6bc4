"""What is made and sent of a report once it is published: to the national repository (PUB-30)."""

from services.casework.effects import ToSend, order_dispatches, order_document
from services.casework.effects.dispatches_made import go_on_if_made
from services.casework.steps.publication.file_sent import file_sent
from services.casework.steps.publication.laid_out import file_published
from services.database.cases import Case
from services.database.dispatches import on_occasion
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.workflow import Step


def submit_to_repository(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Have the published report sent to the national repository, once.

    It is the file that went ahead, the same bytes as at its address. Where the report is laid out
    as a file of its own, that goes with it.
    """
    notice = Notice.REPORT_PUBLISHED
    file = file_sent(work, case) or file_published(work, case, entry)
    to_send = ToSend(Step.PUBLISH, notice, files=(file,) if file else ())
    order_dispatches(work, case, entry, to_send)
    for one in on_occasion(work.session, case.id, notice, str(entry.number)):
        go_on_if_made(work, case, one)


def keep_published(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Have the published file made where none went ahead: who publishes beside sends it nowhere."""
    if file_sent(work, case) is None:
        order_document(work, entry, Step.PUBLISH, DocumentKind.PUBLISHED_REPORT)
