"""Gaps in what a local review could learn: listed, worked around, and settled (LC-18).

Who may not be met yet, or what does not come, stops no work. Before a report goes to the partners
each gap is filled, or it is said why the report stands without it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import (
    AgencyChoice,
    Command,
    Day,
    GapChoice,
    LongText,
    ShortText,
    named,
)
from services.casework.steps.local_review.terms_amended import terms_in_force
from services.casework.steps.local_review.terms_said import TermsKept
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.casework.steps.scoping.reports_settled import agencies_asked
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.information_gaps import GapEnding, KeyLineNumber
from services.domain.roles import Permission
from services.domain.workflow import Stage

WHILE_REVIEWED: Final = frozenset({Stage.COMMISSIONING, Stage.LOCAL_REVIEW})


class ListGap(Command):
    """What the review cannot learn for now; it does not stop the work (LC-18)."""

    missing: ShortText = Field(
        title="What is missing?",
        description="A conversation or a paper, by post and agency: no name of a practitioner.",
    )
    why: LongText = Field(
        title="Why can it not be had now?",
        description="Such as a witness whom the police ask not to be met before the trial.",
    )
    meanwhile: LongText = Field(
        title="How does the review go on without it?",
        description="Ways that do not touch anybody's individual action come first.",
    )
    expected_on: Day | None = Field(default=None, title="When may it be had, if that is known?")
    key_line: KeyLineNumber | None = Field(
        default=None,
        title="Which key line of enquiry does it leave open?",
        description="By its place in the terms of reference.",
    )
    agency: AgencyChoice | None = Field(
        default=None, title="Is it missing from what one agency sent? From which?"
    )


class SettleGap(Command):
    """A gap that is filled, or with which the report will stand (LC-18)."""

    gap: GapChoice = Field(title="Which gap?")
    ending: GapEnding = Field(title="How does it end?")
    words: LongText = Field(title="What was learnt, or why does the report stand without it?")


class GapSettled(Command):
    """What is kept of it: the gap by its words."""

    missing: str = Field(title="What was missing")
    ending: GapEnding = Field(title="How it ends")
    words: str = Field(title="What was learnt, or why the report stands without it")


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap that is open: its id, what is missing, until when, and the entry that says so."""

    id: UUID
    missing: str
    expected_on: date | None
    entry: Entry


def list_gap(work: UnitOfWork, case_id: CaseId, command: ListGap) -> Case:
    """Keep one more gap; the review goes on without it."""
    case = begin(work, case_id, LIST_GAP, command)
    if command.expected_on is not None and command.expected_on < work.today:
        raise AnswerRefused("expected_on", "Enter a day that is not in the past.")
    _must_be_a_key_line(work, case, command.key_line)
    if command.agency is not None and command.agency not in agencies_asked(work, case):
        raise AnswerRefused("agency", "That agency was not asked for a report to this review.")
    record_entry(work, case, LIST_GAP, command, subject=str(uuid4()))
    return case


LIST_GAP = Act(
    name="list_gap",
    command=ListGap,
    perform=list_gap,
    permission=Permission.JUDGE_REPORTS,
    doing="list a gap in what the review can learn",
    stages=WHILE_REVIEWED,
    entry=EntryType.GAP_LISTED,
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)


def _must_be_a_key_line(work: UnitOfWork, case: Case, key_line: KeyLineNumber | None) -> None:
    """Refuse a key line that the terms of reference do not have."""
    if key_line is None:
        return
    entry = terms_in_force(work, case)
    many = 0 if entry is None else len(TermsKept.model_validate(entry.command).key_lines)
    if key_line.place > many:
        raise AnswerRefused("key_line", f"The terms of reference have {many} key lines of enquiry.")


def settle_gap(work: UnitOfWork, case_id: CaseId, command: SettleGap) -> Case:
    """Keep how a gap ends; what a police mark hides of it stays hidden."""
    case = begin(work, case_id, SETTLE_GAP, command)
    gap = named(open_gaps(work, case), command.gap, AnswerRefused("gap", "Choose an open gap."))
    kept = GapSettled(missing=gap.missing, ending=command.ending, words=command.words)
    entered = Entered(subject=str(gap.id), kept=kept)
    entry = record_entry_as(work, case, SETTLE_GAP, command, entered)
    carry_marks(work, case, gap.entry, entry)
    return case


def has_open_gaps(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor reads of any gap that is open."""
    return bool(open_gaps(work, case))


SETTLE_GAP = Act(
    name="settle_gap",
    command=SettleGap,
    which="gap",
    perform=settle_gap,
    permission=Permission.JUDGE_REPORTS,
    doing="settle a gap in what the review can learn",
    stages=WHILE_REVIEWED,
    entry=EntryType.GAP_SETTLED,
    kept=GapSettled,
    is_offered=has_open_gaps,
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)


def open_gaps(work: UnitOfWork, case: Case) -> tuple[Gap, ...]:
    """Return the gaps that are open, as far as the actor reads them, oldest first."""
    ended = {one.subject for one in facts(work.session, case.id, EntryType.GAP_SETTLED)}
    listed = all_of(work.session, case.id, EntryType.GAP_LISTED)
    said = [(one, ListGap.model_validate(one.command)) for one in listed]
    return tuple(
        Gap(UUID(entry.subject), gap.missing, gap.expected_on, entry)
        for entry, gap in said
        if entry.subject not in ended
    )


def must_leave_no_gap_open(work: UnitOfWork, case: Case) -> None:
    """Refuse to put a report to the partners while a gap is open, whoever reads of it (LC-18)."""
    listed = {one.subject for one in facts(work.session, case.id, EntryType.GAP_LISTED)}
    ended = {one.subject for one in facts(work.session, case.id, EntryType.GAP_SETTLED)}
    if listed - ended:
        raise RuleBroken(
            "A gap in what the review could learn is still open (LC-18): fill it, or record why "
            "the report stands without it."
        )
