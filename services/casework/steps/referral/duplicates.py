"""A referral of an incident that another case carries is closed as its duplicate."""

from uuid import UUID

from pydantic import Field

from services.casework.access.cases import cases_seen
from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, ShortText
from services.casework.effects import (
    cancel_clock,
    close_all_todos,
    place_order,
    resume_clocks,
    resume_todos,
    start_clock,
)
from services.casework.steps.attendance.meeting_cancellation import call_off
from services.casework.steps.referral.duplicates_joined import (
    DuplicateTakenIn,
    GiveBackOrder,
    TakeInOrder,
)
from services.database.cases import Case, list_cases
from services.database.history import Entry, all_of, facts, last_entry
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import BEFORE_REFERRAL, Stage, Step, move
from services.domain.working_days import london_date


class MarkDuplicate(Command):
    """A referral of an incident that another case of the partnership already carries."""

    duplicate_of: ShortText = Field(
        title="Reference of the case that carries the incident",
        description="For example NMR-2026-009. The duties go on there, and end here.",
    )
    reasons: LongText = Field(title="How do you know that it is the same incident?")


class UndoDuplicate(Command):
    """The case is another incident after all: it and the case it was joined to go on apart."""

    reasons: LongText = Field(title="How do you know that it is another incident?")


def mark_duplicate(work: UnitOfWork, case_id: CaseId, command: MarkDuplicate) -> Case:
    """Close a referral of an incident that another case carries; the duties go on there."""
    case = begin(work, case_id, MARK_DUPLICATE, command)
    # Two cases marked at the same moment, each as a duplicate of the other, would both be closed.
    lock_partnership(work.session)
    other = _other_case(work, case, command)
    _must_carry_duties(case, other)
    case.stage = move(case.stage, Stage.CLOSED)
    case.closed_at = work.now
    entry = record_entry(work, case, MARK_DUPLICATE, command)
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
    stages=frozenset({Stage.REFERRED}),
    entry=EntryType.MARKED_DUPLICATE,
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
    kept = MarkDuplicate.model_validate(marked.command)
    other = _named(work, kept.duplicate_of)
    case.stage = move(case.stage, Stage.REFERRED)
    case.closed_at = None
    record_entry(work, case, UNDO_DUPLICATE, command)
    cancel_clock(work, case, ClockId.K15, because=ClockEnding.CASE_REOPENED)
    resume_clocks(work, case, london_date(marked.at))
    resume_todos(work, case, marked.at)
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


def marked_by(work: UnitOfWork, case: Case) -> Entry | None:
    """Return the entry by which the case stands closed as a duplicate, if it does."""
    marked = last_entry(work.session, case.id, EntryType.MARKED_DUPLICATE)
    since = facts(work.session, case.id, EntryType.REOPENED, EntryType.DUPLICATE_UNDONE)
    if marked is None or case.stage is not Stage.CLOSED:
        return None
    return None if any(one.number > marked.number for one in since) else marked


def carrying_case(work: UnitOfWork, case: Case) -> Case | None:
    """Return the case that carries the incident of a duplicate, whoever may open it."""
    marked = marked_by(work, case)
    if marked is None:
        return None
    reference = MarkDuplicate.model_validate(marked.command).duplicate_of.upper()
    found = list_cases(work.session, reference=reference)
    return next((one for one in found if one.reference.upper() == reference), None)


def duplicates_of(work: UnitOfWork, case: Case) -> list[Case]:
    """Return the cases that stand joined to this one: each referrer is told of the outcome."""
    taken_in = all_of(work.session, case.id, EntryType.DUPLICATE_TAKEN_IN)
    found: dict[UUID, Case] = {}
    for reference in {DuplicateTakenIn.model_validate(one.command).reference for one in taken_in}:
        for one in list_cases(work.session, reference=reference):
            carrying = carrying_case(work, one)
            if carrying is not None and carrying.id == case.id:
                found[one.id] = one
    return sorted(found.values(), key=lambda one: one.reference)


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
        carrying = MarkDuplicate.model_validate(marked.command).duplicate_of
        raise AnswerRefused("duplicate_of", f"That case is itself a duplicate, of {carrying}.")
    return other


def _named(work: UnitOfWork, reference: str) -> Case:
    seen = cases_seen(work, reference=reference).open
    named = [one for one in seen if one.reference.upper() == reference.upper()]
    if not named:
        raise AnswerRefused("duplicate_of", "There is no such case that you may open.")
    return named[0]


def _must_carry_duties(case: Case, other: Case) -> None:
    """Refuse where a duty that runs on this case would end without running on the other.

    The days go with it: the earliest referral, and the earliest awareness that was stated.
    """
    same_death = (not case.is_looked_after_death or other.is_looked_after_death) and (
        not case.is_care_leaver_death or other.is_care_leaver_death
    )
    lacks_suspicion = case.suspects_abuse_of_child and not other.suspects_abuse_of_child
    if not same_death or lacks_suspicion:
        raise AnswerRefused(
            "duplicate_of",
            "A duty would be lost: that case has no suspicion of abuse, or no death in care. "
            "Correct its referral first, or mark that case instead.",
        )
