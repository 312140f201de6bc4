"""What follows when documents of a dispatch are made, accepted, sent by hand, refused or come back.

A duty is met when the last of its recipients was sent the documents, and is open again at its old
date when that turns out not to be so (PUB-26).
"""

from datetime import date, datetime, time
from typing import Final

from services.casework.audit import note_dispatch
from services.casework.effects import close_todos, mark_met, reopen_clock
from services.casework.effects.dispatches import (
    ask_to_confirm,
    ask_to_send,
    enqueue_dispatch,
)
from services.casework.steps.beside_lead import TO_PUBLISH, is_beside_lead, tell_lead_sent
from services.casework.steps.publishers_done import go_on_when_all_sent
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.dispatches import Dispatch, dispatches, on_occasion
from services.database.documents import Document, version_of
from services.database.history import Fact, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import (
    BEFORE_PUBLICATION,
    DispatchState,
    Notice,
    Proof,
    met_on,
    move_dispatch,
)
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.entry_types import EntryType
from services.domain.todos import Todo
from services.domain.ways import CLASSES, Way
from services.domain.working_days import LONDON, london_date

_NOON: Final = time(12, tzinfo=LONDON)
_DECIDED_ANEW: Final = (
    EntryType.PUBLICATION_PLANNED,
    EntryType.PUBLICATION_WITHHELD,
    EntryType.PUBLICATION_ASKED,
)


def document_made(work: UnitOfWork, case: Case, document: Document) -> None:
    """Go on with the dispatches that wait for the document, once they have all of theirs."""
    wanted = {"kind": document.kind.value, "version": document.version}
    for one in dispatches(work.session, case.id):
        waits = one.state is DispatchState.BEING_MADE
        if waits and wanted in [_named(document) for document in one.documents]:
            _go_on_if_made(work, case, one)


def accepted(work: UnitOfWork, case: Case, dispatch: Dispatch, proof: Proof, on: date) -> None:
    """Count a dispatch that the mail service accepted on the day; an address waits to be used."""
    to = DispatchState.TO_COLLECT if dispatch.is_collected else DispatchState.ACCEPTED
    dispatch.state = move_dispatch(dispatch.state, to)
    dispatch.sent_on, dispatch.proof = on, proof
    changed(work, case, dispatch)


def refused(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Ask for another way: the mail service refused it for good."""
    dispatch.state = move_dispatch(dispatch.state, DispatchState.REFUSED)
    dispatch.ended_on = work.today
    ask_to_send(work, case, dispatch)
    changed(work, case, dispatch)


def came_back(work: UnitOfWork, case: Case, dispatch: Dispatch, on: date) -> None:
    """Take the dispatch back: it counted, and did not reach its recipient."""
    dispatch.state = move_dispatch(dispatch.state, DispatchState.RETURNED)
    dispatch.ended_on = on
    ask_to_send(work, case, dispatch)
    changed(work, case, dispatch)


def _named(document: dict[str, object]) -> dict[str, object]:
    return {"kind": document["kind"], "version": document["version"]}


def _go_on_if_made(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    made = [
        version_of(
            work.session,
            case.id,
            kind=DocumentKind(one["kind"]),
            form=DocumentForm.PDF,
            version=one["version"],
        )
        for one in dispatch.documents
    ]
    found = [one for one in made if one is not None]
    if len(found) < len(made):
        return
    dispatch.documents = [
        {
            "kind": one.kind.value,
            "version": one.version,
            "id": str(one.id),
            "sha256": one.sha256,
        }
        for one in found
    ]
    work.session.add(dispatch)
    if dispatch.way is not Way.ATTACHED:
        dispatch.state = move_dispatch(dispatch.state, DispatchState.TO_SEND)
        ask_to_send(work, case, dispatch)
    elif CLASSES[dispatch.notice.rule.document_class].has_free_text:
        dispatch.state = move_dispatch(dispatch.state, DispatchState.TO_CONFIRM)
        ask_to_confirm(work, case, dispatch)
    else:
        enqueue_dispatch(work, case, dispatch)


def changed(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Note what became of the dispatch, and meet its duty or open it again."""
    work.session.add(dispatch)
    work.session.flush()
    note_dispatch(work, dispatch)
    sent = on_occasion(work.session, case.id, *dispatch.occasion)
    day = met_on(one.as_sent for one in sent)
    if dispatch.notice in BEFORE_PUBLICATION:
        _before_publication(work, case, dispatch.part, day)
        return
    if dispatch.notice is Notice.RAPID_REVIEW_SUBMITTED:
        _submitted(work, case, day)
    if day is not None:
        mark_met(work, case, *dispatch.notice.rule.clocks, on=day)
    else:
        reopen_clock(work, case, *dispatch.notice.rule.clocks)


def _submitted(work: UnitOfWork, case: Case, day: date | None) -> None:
    """Date the submission by what counts: one that came back was none, and is sent again (P7).

    A dispatch that a person sends again has a day and no hour: noon stands for it.
    """
    if day is None:
        case.submitted_at = None
    elif case.submitted_at is None or london_date(case.submitted_at) != day:
        case.submitted_at = datetime.combine(day, _NOON)
    work.session.add(case)


def _before_publication(work: UnitOfWork, case: Case, part: str, day: date | None) -> None:
    """Go on to publication when the last body was sent the text; wait again when one was not.

    Of a plan that was made anew meanwhile, what was sent before counts no longer (K12).
    """
    if not _is_current(work, case, part) or day == case.presented_on:
        return
    if day is None:
        if case.published_on is None:
            case.presented_on = None
            work.session.add(case)
            close_todos(work, case, *TO_PUBLISH[1:])
        reopen_clock(work, case, ClockId.K12)
        return
    if case.published_on is None:
        case.presented_on = day
        work.session.add(case)
    if is_beside_lead(work, case):
        tell_lead_sent(work, case, day)
    else:
        go_on_when_all_sent(work, case)


def _is_current(work: UnitOfWork, case: Case, part: str) -> bool:
    """Tell whether what was sent is what is to be published: nothing was decided since."""
    found = facts(work.session, case.id, EntryType.PRE_SENT, *_DECIDED_ANEW)
    sent = [one for one in found if one.entry_type is EntryType.PRE_SENT]
    if not sent or str(sent[-1].number) != part:
        return False
    since = [one for one in found if one.number > sent[-1].number and _asks_to_send(one)]
    to_send = [one.todo for one in open_assignments(work.session, case.id)]
    return not since and Todo.PRE_SEND not in to_send


def _asks_to_send(decided: Fact) -> bool:
    """Tell whether the text must be sent again: a publisher is also asked to publish it."""
    return not decided.subject.endswith(":True")
