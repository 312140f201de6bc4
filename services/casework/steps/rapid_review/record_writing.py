"""Gate G4: the record of the rapid review, in each of its versions (RR-07 to RR-22, RR-54)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText
from services.casework.effects import close_todos
from services.casework.steps.attendance.circulation import circulate
from services.casework.steps.rapid_review.reconsidering import (
    DECIDED_AT,
    must_be_open_to_change,
    take_back,
)
from services.casework.steps.rapid_review.record_found import ask_about
from services.database.cases import Case
from services.database.history import last_entry, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo


class WriteRecord(Command):
    """The minimum record and the issues to consider (RR-07 to RR-22).

    Leave out internal referral forms, lengthy chronologies and events of years back whose relevance
    is not stated, verbatim minutes and embedded documents. The text is checked for them: what is
    found is asked about beside its question, and is changed or kept with a reason.
    """

    child: LongText = Field(title="The child: date of birth, gender, ethnicity, disability (RR-07)")
    family: LongText = Field(
        title="Family structure and background (RR-08)",
        description="All children, parents and significant adults, with ages and known needs.",
    )
    safeguarding: LongText = Field(title="Immediate safeguarding arrangements (RR-09)")
    facts: LongText = Field(title="Concise facts and context (RR-10)")
    learning: LongText = Field(title="Immediate learning, and how it will be shared (RR-12)")
    agencies: LongText = Field(
        title="Agencies involved, and why any expected one is left out (RR-13)"
    )
    lived_experience: LongText = Field(title="The child's lived experience and voice (RR-14)")
    identity: LongText = Field(title="Race, culture, faith and ethnicity (RR-15)")
    health: LongText = Field(title="Disability, health and identity (RR-16)")
    risks: LongText = Field(title="Risk factors present or absent (RR-17)")
    national_reviews: LongText = Field(title="Relevant national reviews (RR-18)")
    national_significance: LongText = Field(title="National significance, and why (RR-19)")
    reasons_for_review: LongText = Field(title="Reasons for an LCSPR, and its scope (RR-20)")
    good_practice: LongText = Field(title="Good practice to share (RR-21)")
    agency_actions: LongText = Field(title="Actions for agencies and the partnership (RR-22)")


def write_record(work: UnitOfWork, case_id: CaseId, command: WriteRecord) -> Case:
    """Write the rapid review's record, or a later version, for those who attended (RR-54)."""
    case = begin(work, case_id, WRITE_RECORD, command)
    must_be_open_to_change(work, case)
    entry = record_entry(work, case, WRITE_RECORD, command)
    close_todos(work, case, Todo.WRITE_RECORD)
    ask_about(work, case, command)
    take_back(work, case)
    circulate(work, case, entry)
    return case


WRITE_RECORD = Act(
    name="write_record",
    command=WriteRecord,
    perform=write_record,
    permission=Permission.WRITE_RAPID_REVIEW,
    doing="write the record",
    stages=DECIDED_AT,
    entry=EntryType.RECORD_WRITTEN,
    todo=Todo.WRITE_RECORD,
    clock=ClockId.K8,
    shows=(EntryType.MEETING_HELD,),
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
)


def record_on_file(work: UnitOfWork, case: Case) -> WriteRecord | None:
    """Return the newest version of the record, where there is one and the actor reads it."""
    newest = last_fact(work.session, case.id, EntryType.RECORD_WRITTEN)
    read = last_entry(work.session, case.id, EntryType.RECORD_WRITTEN)
    if newest is None or read is None or read.id != newest.id:
        return None
    return WriteRecord.model_validate(read.command)
