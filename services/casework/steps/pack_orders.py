"""The meeting pack as it is made: whole for the listed seats, and without what a mark hides.

A police mark hides the whole pack from every seat that is not listed, since it says the marked
words. The others attend the same meeting: they read the rest of it (RR-45).
"""

from services.casework.access.meeting import is_settled
from services.casework.effects import EmailContext, enqueue_email, order_document, order_unmarked
from services.database.cases import Case
from services.database.history import Entry, EntryPlace, last_fact
from services.database.police_marks import live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.workflow import Stage, Step


def order_pack(work: UnitOfWork, case: Case, entry: Entry | EntryPlace) -> None:
    """Order the pack as of the entry, and beside it the one for those whom a mark does not list."""
    order_document(work, entry, Step.MEET, DocumentKind.MEETING_PACK)
    if live_marks(work.session, case.id):
        order_unmarked(work, entry, Step.MEET, DocumentKind.MEETING_PACK)


def order_rest_of_pack(work: UnitOfWork, case: Case) -> None:
    """Order the pack without what is marked now, where one was released already."""
    accepted = last_fact(work.session, case.id, EntryType.PACK_ACCEPTED)
    if accepted is None or case.pack_accepted_on is None or case.stage is not Stage.RAPID_REVIEW:
        return
    place = EntryPlace(case.id, accepted.number)
    order_unmarked(work, place, Step.MEET, DocumentKind.MEETING_PACK)


def renew_pack(work: UnitOfWork, case: Case, entry: Entry, told: EmailContext) -> None:
    """Make the papers of the meeting anew where they are being read, and tell who reads them.

    Papers that are not shared yet are made from the newest returns when they are.
    """
    is_shared = case.pack_accepted_on is not None and case.stage is Stage.RAPID_REVIEW
    if not is_shared or is_settled(work, case):
        return
    order_pack(work, case, entry)
    enqueue_email(work, case, EmailTrigger.PACK_RENEWED, told)
