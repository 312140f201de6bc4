"""Gate G2: the local authority decides whether to notify, after the views of the others."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, YesNo
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_todos,
    enqueue_email,
    last_day,
    mark_met,
    open_todo,
    order_document,
)
from services.casework.joint.standing_aside import stand_aside_if_joining
from services.casework.steps.notification.notification_clocks import (
    must_have_told_area,
    stand_down,
    start_local_clocks,
    start_notification_clocks,
)
from services.casework.steps.notification.own_duty import (
    BESIDE_REVIEW,
    TO_DECIDE,
    must_be_owed,
    must_be_own_duty,
    must_concern_a_child,
    owed,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId
from services.domain.parties import party_of
from services.domain.roles import Permission
from services.domain.sign_off import Position
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move


class GiveView(Command):
    """A partner's or the scrutineer's view on notifying (NOT-11, NOT-12)."""

    position: Position = Field(title="Do you agree that the Panel should be notified?")
    reasons: LongText = Field(title="Your reasons")


class DecideToNotify(Command):
    """The local authority's decision, which is its alone (NOT-13)."""

    notify: YesNo = Field(title="Will the local authority notify the Panel?")
    reasons: LongText = Field(
        title="Reasons",
        description="Against the definition: abuse or neglect known or suspected, and death or "
        "serious harm. Say how you weighed what was discussed with agencies (NOT-10), and any view "
        "that differs from yours.",
    )
    family_told: YesNo = Field(title="Will the family be told of the notification? (NOT-17)")
    family_reasons: LongText = Field(title="How, or why not?")


def give_view(work: UnitOfWork, case_id: CaseId, command: GiveView) -> Case:
    """Keep one person's view on notifying; the clock runs on meanwhile (NOT-11, NOT-12)."""
    case = begin(work, case_id, GIVE_VIEW, command)
    must_be_owed(work, case, *TO_DECIDE)
    party = party_of(work.actor)
    record_entry(work, case, GIVE_VIEW, command, subject=party.code if party else work.actor.role)
    if party is not None:
        close_todos(work, case, Todo.GIVE_VIEW, subject=party.code)
        if command.position is Position.DISAGREES:
            about = EmailContext(part=f"view:{party.code}")
            enqueue_email(work, case, EmailTrigger.DISAGREEMENT_TOLD, about)
    return case


GIVE_VIEW = Act(
    name="give_view",
    command=GiveView,
    perform=give_view,
    permission=Permission.GIVE_VIEW,
    doing="give a view on notifying",
    stages=BESIDE_REVIEW | {Stage.REFERRED},
    is_offered=owed(*TO_DECIDE),
    entry=EntryType.VIEW_GIVEN,
    todo=Todo.GIVE_VIEW,
    clock=ClockId.K1,
    shows=THE_REFERRAL,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def decide_to_notify(work: UnitOfWork, case_id: CaseId, command: DecideToNotify) -> Case:
    """Record the local authority's decision, whatever the others said (NOT-13)."""
    case = begin(work, case_id, DECIDE_TO_NOTIFY, command)
    must_be_owed(work, case, *TO_DECIDE)
    if not case.awareness_stated:
        raise RuleBroken(
            "Record when the local authority became aware first: the limit counts from it (K1)."
        )
    if command.notify:
        must_concern_a_child(case, "notify")
        must_be_own_duty(case, "notify")
    else:
        must_have_told_area(work, case)
    is_beside = case.stage in BESIDE_REVIEW
    if not is_beside:
        decided = Stage.TO_BE_NOTIFIED if command.notify else Stage.NOT_NOTIFIED
        case.stage = move(case.stage, decided)
    entry = record_entry(work, case, DECIDE_TO_NOTIFY, command)
    if command.notify and not case.abuse_suspected:
        _suspect(work, case)
    close_todos(work, case, Todo.DECIDE_TO_NOTIFY, Todo.GIVE_VIEW)
    if command.notify:
        open_todo(work, case, Todo.RECORD_NOTIFICATION, last_day=last_day(work, case, ClockId.K1))
    else:
        _stand_down(work, case, is_beside=is_beside)
        stand_aside_if_joining(work, case)
        order_document(work, entry, Step.NOTIFY, DocumentKind.DECISION_NOT_TO_NOTIFY)
    return case


DECIDE_TO_NOTIFY = Act(
    name="decide_to_notify",
    command=DecideToNotify,
    perform=decide_to_notify,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="decide whether to notify",
    stages=BESIDE_REVIEW | {Stage.REFERRED},
    is_offered=owed(*TO_DECIDE),
    entry=EntryType.NOTIFY_DECIDED,
    todo=Todo.DECIDE_TO_NOTIFY,
    clock=ClockId.K1,
    shows=(
        *THE_REFERRAL,
        EntryType.NOTIFICATION_WITHDRAWN,
        EntryType.DISCUSSION_RECORDED,
        EntryType.VIEW_GIVEN,
        EntryType.EXTRA_STEP_RECORDED,
    ),
    section=Section.INTERNAL,
    holds_family_data=True,
)


def _suspect(work: UnitOfWork, case: Case) -> None:
    """Start what a suspicion starts: to decide to notify is to suspect abuse (NOT-01)."""
    case.abuse_suspected = True
    start_notification_clocks(work, case)
    if case.stage not in BESIDE_REVIEW:
        start_local_clocks(work, case)


def _stand_down(work: UnitOfWork, case: Case, *, is_beside: bool) -> None:
    """End what a notification would have started; the first decision stays on record.

    The partners are told of the event all the same, so that K2 is met (NOT-04), and the agencies
    that no review follows. A review that another area's notification opened goes on.
    """
    told = EmailContext(part=str(case.awareness))
    enqueue_email(work, case, EmailTrigger.NOT_NOTIFIED, told)
    mark_met(work, case, ClockId.K2)
    if is_beside:
        cancel_clock(work, case, ClockId.K1, because=ClockEnding.NOT_NOTIFIED)
        return
    stand_down(work, case)
    open_todo(work, case, Todo.CLOSE_OR_REOPEN)
