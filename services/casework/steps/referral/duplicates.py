"""A case of an incident that another case carries is closed as its duplicate."""

from pydantic import Field

from services.casework.access.cases import cases_seen
from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import Command, LongText, ShortText
from services.casework.effects import (
    cancel_clock,
    close_all_todos,
    close_todos,
    last_day,
    open_todo,
    place_order,
    resume_clocks,
    resume_todos,
    start_clock,
)
from services.casework.steps.attendance.meeting_cancellation import call_off
from services.casework.steps.joined_cases import marked_by
from services.casework.steps.referral.duplicates_joined import (
    GiveBackOrder,
    TakeInOrder,
)
from services.casework.steps.referral.joining_conditions import (
    MAY_BE_DUPLICATES,
    may_be_joined,
    must_be_joinable,
    must_carry_duties,
)
from services.database.cases import Case
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import BEFORE_REFERRAL, Stage, Step, move
from services.domain.working_days import london_date


class MarkDuplicate(Command):
    """A referral of an incident that another case of the partnership already carries."""

    duplicate_of: ShortText = Field(
        title="Reference of the case that carries the incident",
        description="For example NMR-2026-009. The duties go on there, and end here.",
    )
    reasons: LongText = Field(title="How do you know that it is the same incident?")


class MarkedDuplicate(MarkDuplicate):
    """What is kept of it: where the case stood too, so that a wrong join is undone."""

    stood_at: Stage = Field(title="Where did this case stand?")


class UndoDuplicate(Command):
    """The case is another incident after all: it and the case it was joined to go on apart."""

    reasons: LongText = Field(title="How do you know that it is another incident?")


def mark_duplicate(work: UnitOfWork, case_id: CaseId, command: MarkDuplicate) -> Case:
    """Close a case of an incident that another case carries; the duties go on there.

    Where both were notified, the earlier notification governs the review that goes on (K10).
    """
    case = begin(work, case_id, MARK_DUPLICATE, command)
    must_be_joinable(work, case)
    # Two cases marked at the same moment, each as a duplicate of the other, would both be closed.
    lock_partnership(work.session)
    other = _other_case(work, case, command)
    must_carry_duties(work, case, other)
    kept = MarkedDuplicate(**command.model_dump(), stood_at=case.stage)
    case.stage = move(case.stage, Stage.CLOSED)
    case.closed_at = work.now
    entry = record_entry_as(work, case, MARK_DUPLICATE, command, Entered(kept=kept))
    call_off(work, case)
    cancel_clock(work, case, because=ClockEnding.CASE_CLOSED)
    close_all_todos(work, case)
    start_clock(work, case, ClockId.K15)
    order = TakeInOrder(duplicate_id=case.id, entry_id=entry.id)
    place_order(work, CaseId(other.id), Step.NOTIFY, order)
    return case


MARK_DUPLICATE = Act(
    name="mark_duplicate",
    command=MarkDuplicate,
    perform=mark_duplicate,
    permission=Permission.RUN_LEARNING,
    doing="mark it as a duplicate",
    stages=MAY_BE_DUPLICATES,
    is_offered=may_be_joined,
    entry=EntryType.MARKED_DUPLICATE,
    kept=MarkedDuplicate,
    shows=THE_REFERRAL,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def undo_duplicate(work: UnitOfWork, case_id: CaseId, command: UndoDuplicate) -> Case:
    """Open a case again that was marked in error: its clocks and todos go on as they stood."""
    case = begin(work, case_id, UNDO_DUPLICATE, command)
    lock_partnership(work.session)
    marked = marked_by(work, case)
    if marked is None:
        raise StepNotOpen("This case is not closed as a duplicate.")
    kept = MarkedDuplicate.model_validate(marked.command)
    other = _named(work, kept.duplicate_of)
    case.stage, case.closed_at = kept.stood_at, None  # back, and not on: no move of the guidance
    record_entry(work, case, UNDO_DUPLICATE, command)
    cancel_clock(work, case, ClockId.K15, because=ClockEnding.CASE_REOPENED)
    resume_clocks(work, case, london_date(marked.at))
    resume_todos(work, case, marked.at)
    _ask_for_meeting_again(work, case)
    order = GiveBackOrder(duplicate_id=case.id, entry_id=marked.id)
    place_order(work, CaseId(other.id), Step.NOTIFY, order)
    return case


UNDO_DUPLICATE = Act(
    name="undo_duplicate",
    command=UndoDuplicate,
    perform=undo_duplicate,
    permission=Permission.RUN_LEARNING,
    doing="open a case that was marked as a duplicate",
    stages=frozenset({Stage.CLOSED}),
    is_offered=lambda work, case: marked_by(work, case) is not None,
    entry=EntryType.DUPLICATE_UNDONE,
    shows=(EntryType.MARKED_DUPLICATE,),
    section=Section.INTERNAL,
    holds_family_data=True,
)


def _ask_for_meeting_again(work: UnitOfWork, case: Case) -> None:
    """Have the meeting set again that was called off with the case (K7)."""
    if case.meeting_at is None and case.stage is Stage.RAPID_REVIEW:
        close_todos(work, case, Todo.HOLD_MEETING, Todo.NAME_ATTENDEES)
        open_todo(work, case, Todo.SET_MEETING, last_day=last_day(work, case, ClockId.K7))


def _other_case(work: UnitOfWork, case: Case, command: MarkDuplicate) -> Case:
    """Return the case that carries the incident; one out of reach is answered like none."""
    other = _named(work, command.duplicate_of)
    if other.id == case.id:
        raise AnswerRefused("duplicate_of", "Enter the reference of another case than this one.")
    work.session.refresh(other)
    if other.stage in BEFORE_REFERRAL:
        raise AnswerRefused(
            "duplicate_of", "That case is not referred yet, and carries no duty. Refer it first."
        )
    marked = marked_by(work, other)
    if marked is not None:
        carrying = marked.command["duplicate_of"]
        raise AnswerRefused("duplicate_of", f"That case is itself a duplicate, of {carrying}.")
    return other


def _named(work: UnitOfWork, reference: str) -> Case:
    seen = cases_seen(work, reference=reference).open
    named = [one for one in seen if one.reference.upper() == reference.upper()]
    if not named:
        raise AnswerRefused("duplicate_of", "There is no such case that you may open.")
    return named[0]
