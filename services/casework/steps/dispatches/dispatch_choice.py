"""Which dispatches of a case a form may name, and the files that may show that one was sent."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.steps.dispatches.breaches import must_be_decided
from services.casework.steps.kept_files import kept_files
from services.database.cases import Case
from services.database.dispatches import Dispatch, dispatches, get_dispatch
from services.database.documents import Document, documents
from services.database.history import opened_documents
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.labels import label
from services.domain.ways import CLASSES, Way
from services.domain.working_days import london_date

READ_TO_END: Final = "Have you read the documents to their end, as they will be collected?"
OPENED_HERE: Final = "Each must have been opened here, under your name."
READ_FIRST: Final = "Read the documents to their end first: they are collected as they are."


def in_states(work: UnitOfWork, case: Case, states: Iterable[DispatchState]) -> list[Dispatch]:
    """Return the case's dispatches that stand so and were not sent in another way since."""
    wanted = set(states)
    found = dispatches(work.session, case.id)
    return [
        one
        for one in found
        if one.state in wanted and (one.state.counts or not _goes_on(one, found))
    ]


def must_all_be_sent(work: UnitOfWork, case: Case) -> None:
    """Refuse to go on while a national body was not sent what it must be told (GOV-16).

    Nor while nobody has decided on documents that went to the wrong person.
    """
    must_be_decided(work, case)
    found = dispatches(work.session, case.id)
    waiting = {
        f"{label(one.notice)} to {label(one.recipient)}"
        for one in found
        if one.state is not DispatchState.DROPPED and not _is_sent(one, found)
    }
    if waiting:
        raise RuleBroken(
            f"Send this first, or wait until it has left: {'; '.join(sorted(waiting))}."
        )


def _is_sent(dispatch: Dispatch, found: Iterable[Dispatch]) -> bool:
    return any(one.subject == dispatch.subject and one.state.counts for one in found)


def _goes_on(dispatch: Dispatch, found: Iterable[Dispatch]) -> bool:
    others = (one for one in found if one.subject == dispatch.subject and one.id != dispatch.id)
    return any(one.state.counts or one.state.is_under_way for one in others)


def chosen_dispatch(
    work: UnitOfWork, case: Case, dispatch_id: UUID, states: set[DispatchState]
) -> Dispatch:
    """Return the dispatch that a form names, if it still stands so."""
    dispatch = get_dispatch(work.session, case.id, dispatch_id)
    if dispatch is None:
        raise AnswerRefused("dispatch", "Choose one of the dispatches of this case.")
    if dispatch.state not in states:
        raise AlreadyDone("This dispatch has come further meanwhile: look at the case again.")
    return dispatch


def must_be_proven(reference: str | None, evidence: UUID | None) -> None:
    """Refuse to take a dispatch as sent on a person's word alone."""
    if not (reference or evidence):
        raise AnswerRefused("reference", "Give a reference, or the file that shows it was sent.")


def evidence_of(work: UnitOfWork, case: Case, document_id: UUID | None) -> Document | None:
    """Return the kept file that a form names; none where it names none."""
    if document_id is None:
        return None
    for one in kept_files(work, case):
        if one.id == document_id:
            return one
    raise AnswerRefused("evidence", "Choose one of the files that were added to this case.")


def must_see_every_document(work: UnitOfWork, case: Case, dispatch: Dispatch) -> list[Document]:
    """Return the documents of the dispatch; who does not see one of them cannot send it."""
    made = [one for one in documents(work.session, case.id) if one.id in dispatch.document_ids]
    if len(made) < len(dispatch.document_ids):
        raise RuleBroken("You do not see every document of this dispatch, so you cannot send it.")
    return made


def must_have_been_read(
    work: UnitOfWork, case: Case, dispatch: Dispatch, *, is_read: bool, otherwise: str
) -> tuple[str, ...]:
    """Return the SHA-256 of what the person has read to its end; refuse what they have not.

    The bytes are final: what is made again afterwards must be read again.
    """
    if not is_read:
        raise AnswerRefused("read_to_end", otherwise)
    _must_be_opened(work, case, dispatch, "read_to_end")
    return tuple(one["sha256"] for one in dispatch.documents)


def must_be_opened_first(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Refuse to send by hand what the sender has not opened, where it must tell of no family.

    What is sent before publication is public soon, by whichever way it leaves (PUB-25).
    """
    rule = CLASSES[dispatch.notice.rule.document_class]
    if rule.has_free_text and Way.ATTACHED in rule.ways:
        _must_be_opened(work, case, dispatch, "dispatch")


def _must_be_opened(work: UnitOfWork, case: Case, dispatch: Dispatch, field: str) -> None:
    opened = opened_documents(work.session, case.id, work.actor.person_id)
    if not set(dispatch.document_ids) <= opened:
        raise AnswerRefused(field, "Open the document first: you have not opened it here.")


def must_be_possible_day(
    work: UnitOfWork, case: Case, dispatch: Dispatch, day: date, field: str = "sent_on"
) -> None:
    """Refuse a day in the future, or one before the documents were made."""
    made = must_see_every_document(work, case, dispatch)
    if day > work.today:
        raise AnswerRefused(field, "Enter a day that is not in the future.")
    if any(london_date(one.made_at) > day for one in made):
        raise AnswerRefused(field, "This is before the document was made.")
