"""Which dispatch can have gone to the wrong person, and what is known of who opened it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from services.casework.steps.dispatches.dispatch_choice import chosen_dispatch
from services.database.cases import Case
from services.database.collections import collection_of, openings_of
from services.database.dispatches import Dispatch
from services.database.documents import documents
from services.database.history import last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import LEFT_HERE
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.labels import document_title
from services.domain.plain_dates import date_and_time
from services.domain.working_days import london_date

NOBODY_CAN_TELL: Final = "It left Keyline, so that nobody can tell here who opened it."
NOTHING_OPENED: Final = "Nothing was opened at the one-time address, which is closed now."


def astray(work: UnitOfWork, case: Case, dispatch_id: UUID, aware_at: datetime) -> Dispatch:
    """Return the dispatch that a form names; refuse one that never left, and what cannot be."""
    dispatch = chosen_dispatch(work, case, dispatch_id, set(LEFT_HERE))
    if last_fact(work.session, case.id, EntryType.BREACH_REPORTED, str(dispatch.id)) is not None:
        raise AlreadyDone("It is on record already that this went to the wrong person.")
    if aware_at > work.now:
        raise AnswerRefused("aware_at", "Enter a time that is not in the future.")
    if dispatch.sent_on is not None and london_date(aware_at) < dispatch.sent_on:
        raise AnswerRefused("aware_at", "This is before it was sent.")
    return dispatch


def what_was_sent(dispatch: Dispatch) -> tuple[str, ...]:
    """Name the documents of the dispatch."""
    return tuple(
        f"{document_title(DocumentKind(one['kind']))}, version {one['version']}"
        for one in dispatch.documents
    )


def what_was_opened(work: UnitOfWork, case: Case, dispatch: Dispatch) -> tuple[str, ...]:
    """Say what was opened and when; of what left Keyline nobody can tell."""
    if not dispatch.is_collected:
        return (NOBODY_CAN_TELL,)
    titles = {one.id: one.shown_title for one in documents(work.session, case.id)}
    found = tuple(
        f"{titles.get(one.document_id, 'A document')}: opened on {date_and_time(one.at)} "
        "with the one-time address and the code"
        for one in openings_of(collection_of(work.session, dispatch))
    )
    return found or (NOTHING_OPENED,)
