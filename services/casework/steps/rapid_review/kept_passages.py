"""What was found in the record and stays in it, with the reason (RR-23 to RR-26, G4)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Kind, LongText, named
from services.casework.steps.rapid_review.reconsidering import (
    DECIDED_AT,
    must_be_open_to_change,
    take_back,
)
from services.casework.steps.rapid_review.record_found import (
    ask_about,
    findings_in,
    kept_findings,
    unsettled,
)
from services.casework.steps.rapid_review.record_writing import WriteRecord, record_on_file
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.plain_text import without_rules
from services.domain.record_checks.findings import MustNotHold, RecordFinding
from services.domain.roles import Permission
from services.domain.todos import Todo


class KeepPassage(Command):
    """A passage that the checks ask about is changed in the record, or kept with a reason here.

    The reason is on record, stands in the paper for the Panel, and is read by who signs.
    """

    passage: Annotated[UUID, Kind.PROPOSAL] = Field(title="What is kept in the record?")
    reasons: LongText = Field(
        title="Why is it kept?",
        description="Of events of years back: their relevance to this incident (RR-24).",
    )


class PassageKept(Command):
    """What is kept of it: where it stands and not its words, which the record alone holds."""

    part: str = Field(title="Part of the record")
    what: MustNotHold = Field(title="What it was taken for")
    reasons: LongText = Field(title="Why it is kept")


def keep_passage(work: UnitOfWork, case_id: CaseId, command: KeepPassage) -> Case:
    """Keep what was found as it stands; other words in its place are asked about anew."""
    case = begin(work, case_id, KEEP_PASSAGE, command)
    must_be_open_to_change(work, case)
    record = record_on_file(work, case)
    waiting = unsettled(work, case, record) if record is not None else ()
    refusal = AnswerRefused("passage", "Choose a passage that is asked about in this version.")
    found = named(waiting, command.passage, refusal)
    kept = PassageKept(part=title_of(found.part), what=found.what, reasons=command.reasons)
    entered = Entered(subject=str(found.id), kept=kept)
    record_entry_as(work, case, KEEP_PASSAGE, command, entered)
    if record is not None:
        ask_about(work, case, record)
    take_back(work, case)
    return case


KEEP_PASSAGE = Act(
    name="keep_passage",
    command=KeepPassage,
    which="passage",
    perform=keep_passage,
    permission=Permission.WRITE_RAPID_REVIEW,
    doing="keep a passage of the record",
    stages=DECIDED_AT,
    entry=EntryType.PASSAGE_KEPT,
    kept=PassageKept,
    todo=Todo.SETTLE_RECORD,
    clock=ClockId.K8,
    shows=(EntryType.RECORD_WRITTEN,),
    is_listed=False,
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
)


def title_of(part: str) -> str:
    """Return what a part of the record is called, without the codes of rules."""
    return without_rules(WriteRecord.model_fields[part].title or part)


def passages_to_settle(work: UnitOfWork, case: Case) -> tuple[RecordFinding, ...]:
    """Return what is found in the newest version and not kept, as far as the actor reads it."""
    record = record_on_file(work, case)
    return unsettled(work, case, record) if record is not None else ()


def kept_in(work: UnitOfWork, case: Case, record: WriteRecord) -> frozenset[str]:
    """Return the ids of what is kept with a reason and still stands in this version."""
    there = {str(one.id) for one in findings_in(work, case, record)}
    return frozenset(there & kept_findings(work, case))


def still_kept(work: UnitOfWork, case: Case) -> frozenset[str]:
    """Return the ids of what is kept and stands in the newest version, if the actor reads it."""
    record = record_on_file(work, case)
    return kept_in(work, case, record) if record is not None else frozenset()
