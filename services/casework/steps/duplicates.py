"""A referral of an incident that another case carries is closed as its duplicate."""

from pydantic import Field

from services.casework.access.cases import cases_seen
from services.casework.act import Act, begin, latest_command, record_entry
from services.casework.commands import Command, LongText, ShortText
from services.casework.effects import cancel_clock, close_all_todos, start_clock
from services.database.cases import Case
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, move


class MarkDuplicate(Command):
    """A referral of an incident that another case of the partnership already carries."""

    duplicate_of: ShortText = Field(
        title="Reference of the case that carries the incident",
        description="For example NMR-2026-009. The duties go on there, and end here.",
    )
    reasons: LongText = Field(title="How do you know that it is the same incident?")


def mark_duplicate(work: UnitOfWork, case_id: CaseId, command: MarkDuplicate) -> Case:
    """Close a referral of an incident that another case carries; the duties go on there."""
    case = begin(work, case_id, MARK_DUPLICATE, command)
    # Two cases marked at the same moment, each as a duplicate of the other, would both be closed.
    lock_partnership(work.session)
    _must_carry_duties(case, _other_case(work, case, command))
    case.stage = move(case.stage, Stage.CLOSED)
    case.closed_at = work.now
    record_entry(work, case, MARK_DUPLICATE, command)
    cancel_clock(work, case, because=ClockEnding.CASE_CLOSED)
    close_all_todos(work, case)
    start_clock(work, case, ClockId.K15)
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


def _other_case(work: UnitOfWork, case: Case, command: MarkDuplicate) -> Case:
    """Return the case that carries the incident; one out of reach is answered like none."""
    seen = cases_seen(work, reference=command.duplicate_of).open
    named = [one for one in seen if one.reference.upper() == command.duplicate_of.upper()]
    if not named:
        raise AnswerRefused("duplicate_of", "There is no such case that you may open.")
    (other,) = named
    if other.id == case.id:
        raise AnswerRefused("duplicate_of", "Enter the reference of another case than this one.")
    work.session.refresh(other)
    marked = latest_command(work, other, EntryType.MARKED_DUPLICATE, MarkDuplicate)
    if marked is not None and other.stage is Stage.CLOSED:
        raise AnswerRefused(
            "duplicate_of", f"That case is itself a duplicate, of {marked.duplicate_of}."
        )
    return other


def _must_carry_duties(case: Case, other: Case) -> None:
    """Refuse where a duty that runs on this case would end without running on the other."""
    first_aware = case.aware_at is None or (other.aware_at and other.aware_at <= case.aware_at)
    same_death = (not case.is_looked_after_death or other.is_looked_after_death) and (
        not case.is_care_leaver_death or other.is_care_leaver_death
    )
    lacks_suspicion = case.suspects_abuse_of_child and not other.suspects_abuse_of_child
    if not first_aware or not same_death or lacks_suspicion:
        raise AnswerRefused(
            "duplicate_of",
            "A duty would be lost: that case has no awareness as early as this one, no suspicion "
            "of abuse, or no death in care. Record it there, or mark that case instead.",
        )
