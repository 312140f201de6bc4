"""How a case ends: closed after its learning (gate G11), or closed without a review."""

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_all_todos,
    enqueue_email,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.steps.after_publication.standing import must_have_settled_published
from services.casework.steps.agencies_told import tell_agencies
from services.casework.steps.close_said import CaseClosed, Close, CloseUnreviewed
from services.casework.steps.dispatches.dispatch_choice import must_all_be_sent
from services.casework.steps.embedding.plan_completed import (
    must_be_completed,
    must_have_seen_practice,
)
from services.casework.steps.notification.notification_clocks import (
    must_have_told_area,
    must_have_told_of_death,
)
from services.casework.steps.rapid_review.panel_queries import open_queries
from services.casework.steps.rapid_review.pending_items import awaited_kinds
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move


def close(work: UnitOfWork, case_id: CaseId, command: Close) -> Case:
    """Close the case at the Executive, on which all partners decided with the plan (EMB-05, G11).

    What is still awaited with the rapid review is followed up no more: the entry says of what kind
    it was (RR-35).
    """
    case = begin(work, case_id, CLOSE, command)
    must_be_completed(work, case)
    must_have_settled_published(work, case)
    must_have_told_of_death(work, case)
    must_all_be_sent(work, case)
    must_have_seen_practice(work, case)
    case.stage = move(case.stage, Stage.CLOSED)
    case.closed_at = work.now
    kept = CaseClosed(**command.model_dump(), still_awaited=awaited_kinds(work, case))
    entry = record_entry_as(work, case, CLOSE, command, Entered(kept=kept))
    cancel_clock(
        work,
        case,
        *(clock for clock in ClockId if clock not in {ClockId.K13, ClockId.K15}),
        because=ClockEnding.CASE_CLOSED,
    )
    close_all_todos(work, case)
    if open_queries(work, case):  # the Panel has its reply all the same (GOV-14)
        open_todo(work, case, Todo.REPLY_TO_PANEL)
    start_clock(work, case, ClockId.K15)
    order_document(work, entry, Step.EMBED, DocumentKind.ACTION_PLAN)
    enqueue_email(work, case, EmailTrigger.CASE_CLOSED)
    tell_agencies(work, case, EmailTrigger.AGENCIES_RELEASED, case.awareness)
    return case


CLOSE = Act(
    name="close",
    command=Close,
    perform=close,
    permission=Permission.CLOSE_CASE,
    doing="close the case",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.CASE_CLOSED,
    kept=CaseClosed,
    todo=Todo.CLOSE,
    shows=(EntryType.PLAN_PROPOSED, EntryType.ACTION_UPDATED, EntryType.ACTION_AUDITED),
    section=Section.INTERNAL,
)


def close_unreviewed(work: UnitOfWork, case_id: CaseId, command: CloseUnreviewed) -> Case:
    """Close a case that was not notified, or whose looked-after death was, with reasons."""
    case = begin(work, case_id, CLOSE_UNREVIEWED, command)
    must_have_told_of_death(work, case)
    must_have_told_area(work, case)
    case.stage = move(case.stage, Stage.CLOSED)
    case.closed_at = work.now
    entry = record_entry(work, case, CLOSE_UNREVIEWED, command)
    cancel_clock(work, case, because=ClockEnding.CASE_CLOSED)
    close_all_todos(work, case)
    start_clock(work, case, ClockId.K15)
    order_document(work, entry, Step.NOTIFY, DocumentKind.CLOSING_RECORD)
    told = EmailContext(part=str(case.awareness))
    enqueue_email(work, case, EmailTrigger.CLOSED_UNREVIEWED, told)
    tell_agencies(work, case, EmailTrigger.AGENCIES_RELEASED, case.awareness)
    return case


CLOSE_UNREVIEWED = Act(
    name="close_unreviewed",
    command=CloseUnreviewed,
    perform=close_unreviewed,
    permission=Permission.RUN_LEARNING,
    doing="close it without a review",
    stages=frozenset({Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH}),
    entry=EntryType.CLOSED_UNREVIEWED,
    todo=Todo.CLOSE_OR_REOPEN,
    shows=(
        EntryType.NOTIFY_DECIDED,
        EntryType.NOTIFICATION_WITHDRAWN,
        EntryType.REQUEST_CONSIDERED,
    ),
    section=Section.INTERNAL,
    holds_family_data=True,
)
