"""The published report goes to the national repository (PUB-30)."""

from services.casework.effects import ToSend, order_dispatches
from services.casework.steps.publication.laid_out import file_published
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.workflow import Step


def submit_to_repository(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Have the published report sent to the national repository, once.

    With it goes the file as which it is laid out, the same bytes as at its address.
    """
    file = file_published(work, case, entry)
    files = (file,) if file else ()
    order_dispatches(work, case, entry, ToSend(Step.PUBLISH, Notice.REPORT_PUBLISHED, files=files))
