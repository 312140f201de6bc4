"""That two partnerships agreed which of them leads: made as a paper on the case of each (RR-28)."""

from services.casework.effects import order_document
from services.database.cases import Case
from services.database.history import Entry, newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.workflow import Step


def order_lead_agreement(work: UnitOfWork, case: Case, entry: Entry | None = None) -> None:
    """Have the agreement made as of this entry, or as of the newest of the case that joins.

    Where a case of ours joins that was there already, what was agreed stands on the case that the
    invitation opened, and the paper in the one that joins.
    """
    place = entry or newest_place(work.session, case.id)
    order_document(work, place, Step.NOTIFY, DocumentKind.LEAD_AGREEMENT)
