"""The published report goes to the national repository (PUB-30)."""

from services.casework.effects import ToSend, order_dispatches
from services.casework.effects.dispatches_made import go_on_if_made
from services.casework.steps.publication.laid_out import file_published
from services.casework.steps.publication.own_file import own_order
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
    own, file = own_order(work, case), file_published(work, case, entry)
    if own is not None:
        version = (DocumentKind(own["kind"]), int(own["version"]))
        to_send = ToSend(Step.PUBLISH, notice, ordered=(version,))
    else:
        to_send = ToSend(Step.PUBLISH, notice, files=(file,) if file else ())
    order_dispatches(work, case, entry, to_send)
    for one in on_occasion(work.session, case.id, notice, str(entry.number)):
        go_on_if_made(work, case, one)
