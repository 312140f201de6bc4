"""What an act asks to be sent to national bodies: documents, and one dispatch to each body.

Nothing leaves with the act: the documents are made first, and read first where they hold free
text. What follows stands in `steps/dispatches/dispatched.py`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.casework.effects.clocks import last_day, policy_of
from services.casework.effects.emails import EmailCopy, put_copy
from services.casework.effects.orders import order_document
from services.casework.effects.todos import AboutTodo, close_todos, move_todos, open_todo
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.dispatches import Dispatch, dispatches, on_occasion
from services.database.documents import Document
from services.database.history import Entry, EntryPlace, newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import (
    BEFORE_PUBLICATION,
    DispatchState,
    Notice,
    move_dispatch,
)
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.todos import Todo
from services.domain.workflow import Step

_WAITING = frozenset({DispatchState.BEING_MADE, DispatchState.TO_CONFIRM, DispatchState.TO_SEND})
_OF_ONE_RECIPIENT: Final = (Todo.SEND_BY_HAND, Todo.SEND_FOR_COLLECTION, Todo.RING_RECIPIENT)


@dataclass(frozen=True, slots=True)
class ToSend:
    """What is to be sent, under which step it is made, and the day that its email names.

    ``files`` are kept already, and go with what is made. ``also`` is made beside the notice's own
    documents. What is ``ordered`` already is sent in that version, and none is made. ``to`` names
    some of the notice's recipients, where it is not for all of them.
    """

    step: Step
    notice: Notice
    due: date | None = None
    files: tuple[Document, ...] = ()
    also: tuple[DocumentKind, ...] = ()
    ordered: tuple[tuple[DocumentKind, int], ...] = ()
    to: tuple[Recipient, ...] = ()


def order_dispatches(
    work: UnitOfWork, case: Case, entry: Entry | EntryPlace, asked: ToSend
) -> None:
    """Order the notice's documents as of the entry, and a dispatch of them to each recipient."""
    rule, part, ordered = asked.notice.rule, str(entry.number), dict(asked.ordered)
    documents = [
        {
            "kind": kind.value,
            "version": ordered.get(kind) or order_document(work, entry, asked.step, kind),
        }
        for kind in (*rule.kinds, *asked.also)
    ]
    files = [
        {"kind": one.kind.value, "version": one.version, "id": str(one.id), "sha256": one.sha256}
        for one in asked.files
    ]
    for recipient in asked.to or rule.recipients:
        work.session.add(
            Dispatch(
                tenant_id=case.tenant_id,
                case_id=case.id,
                notice=asked.notice,
                part=part,
                recipient=recipient,
                way=policy_of(case).way_of(rule.document_class, recipient),
                state=DispatchState.BEING_MADE,
                documents=[*documents, *files],
                ordered_at=work.now,
                due=asked.due,
            )
        )
    work.session.flush()


def tell_commissioning(
    work: UnitOfWork, case: Case, entry: Entry | EntryPlace, step: Step = Step.SUBMIT
) -> None:
    """Have the three bodies told of the decision on commissioning, with its grounds (GOV-16)."""
    order_dispatches(work, case, entry, ToSend(step, Notice.COMMISSIONING_DECIDED))


def _drop(work: UnitOfWork, case: Case, *notices: Notice) -> None:
    """Drop what waits to be sent of these notices: what they tell is decided anew."""
    for one in dispatches(work.session, case.id):
        if one.notice in notices and one.state in _WAITING:
            one.state, one.ended_on = move_dispatch(one.state, DispatchState.DROPPED), work.today
            work.session.add(one)
            close_dispatch_todos(work, case, one)
    work.session.flush()


def drop_text_before_publication(work: UnitOfWork, case: Case) -> None:
    """Drop what waits to be sent before publication: what is published is decided anew (K12)."""
    _drop(work, case, *BEFORE_PUBLICATION)


def drop_text_before_reissue(work: UnitOfWork, case: Case) -> None:
    """Drop what waits to be sent before a report is published again: that is decided anew (K12)."""
    _drop(work, case, Notice.REISSUE_PRE_SENT)


def order_submission(work: UnitOfWork, case: Case) -> None:
    """Order the record and the letter that are sent to the Panel, as decided now (RR-49, G5)."""
    drop_submission(work, case)
    last, place = last_day(work, case, ClockId.K10), newest_place(work.session, case.id)
    order_dispatches(work, case, place, ToSend(Step.SUBMIT, Notice.RAPID_REVIEW_SUBMITTED, last))


def drop_submission(work: UnitOfWork, case: Case) -> None:
    """Drop the rapid review that waits to be sent: it is decided anew, or sent by another lead.

    So is what waits to go for information alone, as not agreed.
    """
    _drop(work, case, Notice.RAPID_REVIEW_SUBMITTED, Notice.RAPID_REVIEW_UNAGREED)


def drop_rapid_review(work: UnitOfWork, case: Case) -> None:
    """Drop all that waits to be sent of a rapid review that is not owed any more, its lateness too.

    What has been sent stays on record.
    """
    drop_submission(work, case)
    _drop(work, case, Notice.LATENESS_FORECAST)


def order_decided_again(work: UnitOfWork, case: Case) -> None:
    """Order the record and the letter again, as decided again, for the Panel (GOV-14, RR-36)."""
    _drop(work, case, Notice.RAPID_REVIEW_DECIDED_AGAIN)
    place = newest_place(work.session, case.id)
    order_dispatches(work, case, place, ToSend(Step.SUBMIT, Notice.RAPID_REVIEW_DECIDED_AGAIN))


def move_dispatch_days(work: UnitOfWork, case: Case, clock: RunningClock, before: date) -> None:
    """Let what waits to be sent by the last day of a clock wait for the new one."""
    for one in dispatches(work.session, case.id):
        by = last_day_of(work, case, one)
        if clock.clock not in one.notice.rule.clocks or by is None:
            continue
        occasion = f"{one.notice}:{one.part}"
        move_todos(work, case, (Todo.CONFIRM_DISPATCH,), before, AboutTodo(occasion, by))
        move_todos(work, case, _OF_ONE_RECIPIENT, before, AboutTodo(one.subject, by))
        if one.state in _WAITING and one.due == before:
            one.due = clock.due
            work.session.add(one)
    work.session.flush()


def ask_to_confirm(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Ask the manager to read the documents of the occasion before they are attached."""
    by = last_day_of(work, case, dispatch)
    subject = f"{dispatch.notice}:{dispatch.part}"
    open_todo(work, case, Todo.CONFIRM_DISPATCH, last_day=by, subject=subject)


def ask_to_send(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Ask the manager to send the documents to this recipient, by the way that is usual here.

    The rapid review is asked for by its own acts, which record the submission (G5). What failed is
    sent by hand.
    """
    if dispatch.awaits_submission:
        return
    by = last_day_of(work, case, dispatch)
    is_collected = dispatch.is_collected and not dispatch.state.has_failed
    todo = Todo.SEND_FOR_COLLECTION if is_collected else Todo.SEND_BY_HAND
    open_todo(work, case, todo, last_day=by, subject=dispatch.subject)


def ask_to_ring(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Ask the manager to ring the recipient, or to choose another way (P7)."""
    by = last_day_of(work, case, dispatch)
    open_todo(work, case, Todo.RING_RECIPIENT, last_day=by, subject=dispatch.subject)


def close_dispatch_todos(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Close what was asked about the dispatch; the occasion's, once no other waits with it."""
    close_todos(work, case, *_OF_ONE_RECIPIENT, subject=dispatch.subject)
    beside = on_occasion(work.session, case.id, *dispatch.occasion)
    if not any(one.state is DispatchState.TO_CONFIRM for one in beside):
        subject = f"{dispatch.notice}:{dispatch.part}"
        close_todos(work, case, Todo.CONFIRM_DISPATCH, subject=subject)


def enqueue_dispatch(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Put the email that carries the documents into the outbox."""
    event = dispatch.notice.rule.email
    assert event is not None  # noqa: S101 - only a class that is attached comes this way
    _enqueue(work, case, dispatch, event, dispatch.part)


def enqueue_collection(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Put the email that carries a one-time address into the outbox.

    The address is made when the email is written, so no row ever holds it.
    """
    _enqueue(work, case, dispatch, EmailTrigger.DOCUMENTS_TO_COLLECT, str(dispatch.id))


def _enqueue(
    work: UnitOfWork, case: Case, dispatch: Dispatch, event: EmailTrigger, part: str
) -> None:
    dispatch.state = move_dispatch(dispatch.state, DispatchState.ON_ITS_WAY)
    work.session.add(dispatch)
    content: dict[str, object] = {"dispatch": str(dispatch.id)}
    if dispatch.due is not None:
        content["due"] = dispatch.due.isoformat()
    recipient = dispatch.recipient
    copy = EmailCopy(
        event=event, part=part, recipient=recipient, addressee=recipient.value, content=content
    )
    put_copy(work, case, copy)


def last_day_of(work: UnitOfWork, case: Case, dispatch: Dispatch) -> date | None:
    """Return the last day of the duty that the dispatch meets, if there is one.

    The text of an urgent redaction goes on the very day on which it went up.
    """
    if dispatch.notice is Notice.REPORT_REDACTED:
        return dispatch.due
    days = [last_day(work, case, clock) for clock in dispatch.notice.rule.clocks]
    return min((day for day in days if day is not None), default=None)
