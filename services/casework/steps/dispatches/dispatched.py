"""What follows when documents of a dispatch are made, accepted, sent by hand, refused or come back.

A duty is met when the last of its recipients was sent the documents, and is open again at its old
date when that turns out not to be so (PUB-26).
"""

from datetime import date

from services.casework.audit import note_dispatch
from services.casework.effects import mark_met, reopen_clock
from services.casework.effects.dispatches import (
    ask_to_send,
    close_dispatch_todos,
)
from services.casework.effects.dispatches_made import go_on_if_made
from services.casework.effects.tellings import MET_BY, count_telling
from services.casework.steps.dispatches.submission_counted import date_submission
from services.casework.steps.publication.text_before_publication import date_text
from services.database.cases import Case
from services.database.dispatches import Dispatch, dispatches, on_occasion
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import (
    BEFORE_PUBLICATION,
    TO_CORRECT,
    DispatchState,
    Notice,
    Proof,
    met_on,
    move_dispatch,
)
from services.domain.documents import DocumentKind


def document_made(work: UnitOfWork, case: Case, document: Document) -> None:
    """Go on with the dispatches that wait for the document, once they have all of theirs."""
    wanted = {"kind": document.kind.value, "version": document.version}
    for one in dispatches(work.session, case.id):
        waits = one.state is DispatchState.BEING_MADE
        if waits and wanted in [_named(document) for document in one.documents]:
            go_on_if_made(work, case, one)


def make_again(
    work: UnitOfWork, case: Case, dispatch: Dispatch, kind: DocumentKind, version: int
) -> None:
    """Let whoever was not sent a document yet wait for its new version, and be asked anew.

    What has left on the same occasion stays with the version that was sent.
    """
    for one in on_occasion(work.session, case.id, *dispatch.occasion):
        if one.state in TO_CORRECT:
            one.state = move_dispatch(one.state, DispatchState.BEING_MADE)
            others = [each for each in one.documents if each["kind"] != kind.value]
            one.documents = [*others, {"kind": kind.value, "version": version}]
            work.session.add(one)
    work.session.flush()
    for one in on_occasion(work.session, case.id, *dispatch.occasion):
        if one.state is DispatchState.BEING_MADE:
            close_dispatch_todos(work, case, one)


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
    close_dispatch_todos(work, case, dispatch)
    ask_to_send(work, case, dispatch)
    changed(work, case, dispatch)


def went_astray(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Take back what went to the wrong person: it opens and meets nothing more.

    One that has failed already stays as it is.
    """
    if dispatch.state.has_failed:
        return
    dispatch.state = move_dispatch(dispatch.state, DispatchState.MISDIRECTED)
    dispatch.ended_on = work.today
    close_dispatch_todos(work, case, dispatch)
    ask_to_send(work, case, dispatch)
    changed(work, case, dispatch)


def _named(document: dict[str, object]) -> dict[str, object]:
    return {"kind": document["kind"], "version": document["version"]}


def changed(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Note what became of the dispatch, and meet its duty or open it again."""
    work.session.add(dispatch)
    work.session.flush()
    note_dispatch(work, dispatch)
    sent = on_occasion(work.session, case.id, *dispatch.occasion)
    day = met_on(one.as_sent for one in sent)
    if dispatch.notice in BEFORE_PUBLICATION:
        date_text(work, case, dispatch, day)
        return
    if dispatch.notice is Notice.RAPID_REVIEW_SUBMITTED:
        date_submission(work, case, dispatch, day)
    clocks = [one for one in dispatch.notice.rule.clocks if one not in MET_BY]
    if day is not None:
        mark_met(work, case, *clocks, on=day)
    else:
        reopen_clock(work, case, *clocks)
    for clock in MET_BY.keys() & dispatch.notice.rule.clocks:
        count_telling(work, case, clock)
