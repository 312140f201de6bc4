"""The national repository is told what becomes of a published report that it holds (PUB-30)."""

from services.casework.effects import ToSend, order_dispatches
from services.database.cases import Case
from services.database.dispatches import dispatches
from services.database.documents import Document
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.workflow import Step


def tell_repository(
    work: UnitOfWork, case: Case, entry: Entry, *files: Document, step: Step = Step.PUBLISH
) -> None:
    """Have it told by a letter, with the text that it is to hold now, if there is one.

    Who publishes beside the lead sent it nothing, so that only the publisher of record writes.
    """
    sent = {one.notice for one in dispatches(work.session, case.id)}
    if Notice.REPORT_PUBLISHED in sent:
        asked = ToSend(step, Notice.REPOSITORY_TOLD, files=files)
        order_dispatches(work, case, entry, asked)
