"""What becomes of a case that is not reviewed: closed, marked as a duplicate, or reopened."""

from pydantic import Field
from sqlmodel import select

from services.casework.access.cases import cases_seen
from services.casework.act import Act, begin, latest_command, record_entry
from services.casework.commands import Command, LongText, Moment, ShortText
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_all_todos,
    close_todos,
    enqueue_email,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.steps.notification import must_be_possible
from services.casework.steps.notification_clocks import (
    must_have_told_of_death,
    start_local_clocks,
    start_notification_clocks,
)
from services.database.cases import Case
from services.database.partnership_row import locked
from services.database.partnerships import Partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move


class CloseUnreviewed(Command):
    """Why a case ends without a review, and what is learned all the same (rules.md 2.1 a, b)."""

    reasons: LongText = Field(title="Why does the case end here?")
    learning: LongText = Field(
        title="What local learning follows, if any?", description="It is not sent to the Panel."
    )


class MarkDuplicate(Command):
    """A referral of an incident that another case of the partnership already carries."""

    duplicate_of: ShortText = Field(
        title="Reference of the case that carries the incident",
        description="For example NMR-2026-009. The duties go on there, and end here.",
    )
    reasons: LongText = Field(title="How do you know that it is the same incident?")


class Reopen(Command):
    """New information that makes the local authority suspect abuse or neglect (2.1 c)."""

    information: LongText = Field(title="What is new?")
    aware_at: Moment = Field(
        title="When did the local authority learn of it?",
        description="A new five working days count from this; the first decision stays on record.",
    )


def close_unreviewed(work: UnitOfWork, case_id: CaseId, command: CloseUnreviewed) -> Case:
    """Close a case that was not notified, or whose looked-after death was, with reasons."""
    case = begin(work, case_id, CLOSE_UNREVIEWED, command)
    must_have_told_of_death(work, case)
    case.stage = move(case.stage, Stage.CLOSED)
    case.closed_at = work.now
    entry = record_entry(work, case, CLOSE_UNREVIEWED, command)
    cancel_clock(work, case, because=ClockEnding.CASE_CLOSED)
    close_all_todos(work, case)
    start_clock(work, case, ClockId.K15)
    order_document(work, entry, Step.NOTIFY, DocumentKind.CLOSING_RECORD)
    enqueue_email(work, case, EmailTrigger.CASE_CLOSED, EmailContext(part=str(case.awareness)))
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
    shows=(EntryType.NOTIFY_DECIDED,),
    section=Section.INTERNAL,
    holds_family_data=True,
)


def mark_duplicate(work: UnitOfWork, case_id: CaseId, command: MarkDuplicate) -> Case:
    """Close a referral of an incident that another case carries; the duties go on there."""
    case = begin(work, case_id, MARK_DUPLICATE, command)
    # Two cases marked at the same moment, each as a duplicate of the other, would both be closed.
    work.session.exec(locked(select(Partnership))).one()
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
    shows=(EntryType.REFERRED,),
    section=Section.INTERNAL,
    holds_family_data=True,
)


def reopen(work: UnitOfWork, case_id: CaseId, command: Reopen) -> Case:
    """Reopen an unnotified case: a new awareness, a new clock, the old decision kept."""
    case = begin(work, case_id, REOPEN, command)
    if case.stage is Stage.CLOSED and case.notified_at is not None:
        raise StepNotOpen("A reviewed case is not reopened; new information is added to it.")
    must_be_possible(work, case, "aware_at", command.aware_at)
    if case.aware_at is not None and command.aware_at < case.aware_at:
        raise AnswerRefused("aware_at", "This cannot be before the first awareness.")
    case.stage = move(case.stage, Stage.REFERRED)
    case.closed_at = None
    case.abuse_suspected = True
    case.awareness += 1
    case.aware_at = command.aware_at
    # [inf] The guidance names no new referral date; ours count afresh from the new information.
    case.referred_at = command.aware_at
    record_entry(work, case, REOPEN, command)
    _ask_again(work, case)
    return case


REOPEN = Act(
    name="reopen",
    command=Reopen,
    perform=reopen,
    permission=Permission.RUN_LEARNING,
    doing="reopen the case",
    stages=frozenset({Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH, Stage.CLOSED}),
    entry=EntryType.REOPENED,
    shows=(EntryType.NOTIFY_DECIDED,),
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
    if not first_aware or not same_death or (case.abuse_suspected and not other.abuse_suspected):
        raise AnswerRefused(
            "duplicate_of",
            "A duty would be lost: that case has no awareness as early as this one, no suspicion "
            "of abuse, or no death in care. Record it there, or mark that case instead.",
        )


def _ask_again(work: UnitOfWork, case: Case) -> None:
    cancel_clock(work, case, ClockId.K15, because=ClockEnding.CASE_REOPENED)
    close_todos(work, case, Todo.CLOSE_OR_REOPEN)
    start_notification_clocks(work, case)
    start_local_clocks(work, case)
    open_todo(work, case, Todo.GIVE_VIEW)
    enqueue_email(work, case, EmailTrigger.CASE_REOPENED, EmailContext(part=str(case.awareness)))
