"""The local authority says when it became aware of the incident, or corrects it (NOT-03, K1)."""

from datetime import date, datetime

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Moment, ShortText
from services.casework.effects import close_todos, compute_due_date
from services.casework.steps.notification.notification_clocks import (
    clocks_of_awareness,
    move_clocks_of_awareness,
    start_notification_clocks,
)
from services.casework.steps.notification.notification_moments import must_be_possible
from services.casework.steps.notification.own_duty import BESIDE_REVIEW, must_be_owed, owed
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date, written

UNTIL_CLOSED = frozenset(Stage) - {Stage.CLOSED}


class RecordAwareness(Command):
    """When the local authority first became aware of the incident (K1 counts from it)."""

    aware_at: Moment = Field(
        title="When did the local authority become aware?",
        description="The first of its people counts, the out-of-hours team included.",
    )
    who: ShortText = Field(
        title="Who in the local authority became aware?",
        description="Their role and team, for example the emergency duty team.",
    )
    how: LongText = Field(title="How did it become aware?")
    safety: LongText = Field(
        title="What is done now to keep this child and other children safe?",
        description="The immediate action, by whom, and since when; or why none is needed.",
    )


class CorrectAwareness(Command):
    """What the local authority said of its awareness, corrected; the first date stays in sight."""

    aware_at: Moment = Field(title="When did the local authority become aware?")
    reason: LongText = Field(
        title="Why is it corrected?",
        description="The clocks are counted again from the corrected time (NOT-03).",
    )
    late_reason: LongText | None = Field(
        default=None,
        title="If the notification was late, why?",
        description="Asked where what was sent in time now stands as sent late.",
    )


def record_awareness(work: UnitOfWork, case_id: CaseId, command: RecordAwareness) -> Case:
    """Record when the local authority became aware; its clocks count from then.

    What a referral or new information said of it is replaced: only the authority says it (NOT-03).
    """
    case = begin(work, case_id, RECORD_AWARENESS, command)
    must_be_owed(work, case, Todo.RECORD_AWARENESS)
    if case.awareness_stated:
        raise RuleBroken("The local authority has said when it became aware. Correct it instead.")
    must_be_possible(work, case, "aware_at", command.aware_at)
    before = case.aware_at
    case.aware_at, case.awareness_stated = command.aware_at, True
    record_entry(work, case, RECORD_AWARENESS, command)
    close_todos(work, case, Todo.RECORD_AWARENESS)
    if before is not None:
        move_clocks_of_awareness(work, case, london_date(before))
    start_notification_clocks(work, case)
    return case


def correct_awareness(work: UnitOfWork, case_id: CaseId, command: CorrectAwareness) -> Case:
    """Correct when the local authority became aware, earlier or later, and count again.

    The first date of each clock stays in sight. A breach that appears is told by the next
    reminder; for what was already sent and now stands as late the reason is asked here.
    """
    case = begin(work, case_id, CORRECT_AWARENESS, command)
    if case.aware_at is None or not case.awareness_stated:
        raise RuleBroken("The local authority has not said when it became aware. Record it first.")
    if command.aware_at == case.aware_at:
        raise AnswerRefused("aware_at", "This is the time on record. Enter the corrected one.")
    must_be_possible(work, case, "aware_at", command.aware_at)
    _must_be_before_notice(case, command.aware_at)
    before = london_date(case.aware_at)
    case.aware_at = command.aware_at
    _must_explain_lateness(work, case, before, command)
    record_entry(work, case, CORRECT_AWARENESS, command)
    move_clocks_of_awareness(work, case, before)
    return case


RECORD_AWARENESS = Act(
    name="record_awareness",
    command=RecordAwareness,
    perform=record_awareness,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="record awareness",
    stages=BESIDE_REVIEW | {Stage.REFERRED},
    is_offered=owed(Todo.RECORD_AWARENESS),
    entry=EntryType.AWARENESS_RECORDED,
    todo=Todo.RECORD_AWARENESS,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
)

CORRECT_AWARENESS = Act(
    name="correct_awareness",
    command=CorrectAwareness,
    perform=correct_awareness,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="correct awareness",
    stages=UNTIL_CLOSED,
    entry=EntryType.AWARENESS_CORRECTED,
    is_offered=lambda _work, case: case.awareness_stated,
    shows=(EntryType.AWARENESS_RECORDED,),
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
)


def _must_be_before_notice(case: Case, aware_at: datetime) -> None:
    """Refuse an awareness after what the local authority sent because it was aware."""
    for sent_at in (case.notified_at, case.looked_after_notified_at):
        if sent_at is not None and aware_at > sent_at:
            raise AnswerRefused("aware_at", "Enter a time before the notification was sent.")


def _must_explain_lateness(
    work: UnitOfWork, case: Case, before: date, command: CorrectAwareness
) -> None:
    """Ask why what was sent in time by the first date was late by the corrected one.

    A step of the partnership's own is no notification: its lateness is not asked for here.
    """
    for clock in clocks_of_awareness(work, case, before):
        if clock.is_extra:
            continue
        due = compute_due_date(work, case, clock.clock, subject=clock.subject).due
        if _turns_late(clock, due) and not command.late_reason:
            raise AnswerRefused(
                "late_reason",
                f"Enter why it was late: by the corrected time it was due {written(due)}.",
            )


def _turns_late(clock: RunningClock, due: date) -> bool:
    return clock.met_on is not None and clock.met_on <= clock.due and clock.met_on > due
