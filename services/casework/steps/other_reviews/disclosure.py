"""What was agreed with police and prosecution, with a schedule of the review's material (LC-17).

The protocol of prosecution, police and local partnerships has disclosure among its aims: who
investigates is told which material there is. What a police mark hides from who makes the schedule
stands in none; what it hides from others hides the schedule from them.
"""

from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText, Rows, ShortText, part_of
from services.casework.effects import order_document
from services.casework.steps.police_marks.marks_carried import carry_marks_of
from services.database.cases import Case
from services.database.documents import Document, DocumentState, documents
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step
from services.domain.working_days import london_date

WHERE_REVIEWED: Final = frozenset(
    {Stage.COMMISSIONING, Stage.LOCAL_REVIEW, Stage.PUBLICATION, Stage.EMBEDDING}
)


class MaterialKeptBack(Command):
    """Material that is not disclosed, or not yet."""

    what: ShortText = Field(title="Which material?")
    why: LongText = Field(title="Why is it not disclosed, or until when?")


class ScheduleSaid(Command):
    """What was agreed about the review's material, and what of it is kept back."""

    agreed_with: ShortText = Field(
        title="With whom was it agreed, for police and prosecution?",
        description="By post, such as the senior investigating officer.",
    )
    agreed_on: Day = Field(title="When?")
    agreed: LongText = Field(
        title="What was agreed about scope, methods and disclosure? (LC-17)",
        description="Who may be asked before a trial, and what is shown to whom.",
    )
    kept_back: Annotated[tuple[MaterialKeptBack, ...], Rows(3, "material")] = Field(
        default=(), title="What is not disclosed, or not yet?"
    )


class ScheduleMaterial(ScheduleSaid):
    """The note of what was agreed with police and prosecution, and the schedule of material.

    Keyline lists every document of the case that you read, also one that holds legal advice: say of
    it that it is not disclosed. Make the schedule anew when more has come.
    """


class Material(Command):
    """One document of the case, as it stood when the schedule was made."""

    title: str = Field(title="Document")
    version: int = Field(title="Version")
    made_on: Day = Field(title="Made, or received")
    sha256: str = Field(title="SHA-256")


class MaterialScheduled(ScheduleSaid):
    """What is kept of it: each document as it stood."""

    material: Annotated[tuple[Material, ...], Rows(1, "document")] = Field(
        title="Material of the review"
    )


def schedule_material(work: UnitOfWork, case_id: CaseId, command: ScheduleMaterial) -> Case:
    """Keep what was agreed with the documents as they stand, and have the schedule made."""
    case = begin(work, case_id, SCHEDULE_MATERIAL, command)
    if command.agreed_on > work.today:
        raise AnswerRefused("agreed_on", "Enter a day that is not in the future.")
    # What waits for the scanner, or was refused by it, is nobody's to read.
    found = [one for one in documents(work.session, case.id) if one.standing is DocumentState.KEPT]
    kept = MaterialScheduled(
        **part_of(command, ScheduleSaid).model_dump(),
        material=tuple(_material(one) for one in reversed(found)),
    )
    entry = record_entry_as(work, case, SCHEDULE_MATERIAL, command, Entered(kept=kept))
    carry_marks_of(work, case, found, entry)
    order_document(work, entry, Step.COMMISSION, DocumentKind.DISCLOSURE_SCHEDULE)
    return case


SCHEDULE_MATERIAL = Act(
    name="schedule_material",
    command=ScheduleMaterial,
    perform=schedule_material,
    permission=Permission.RECORD_PROCESSES,
    doing="list the material of the review",
    stages=WHERE_REVIEWED,
    entry=EntryType.MATERIAL_SCHEDULED,
    kept=MaterialScheduled,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def _material(one: Document) -> Material:
    return Material(
        title=f"{one.shown_title}, {one.shown_form}",
        version=one.version,
        made_on=london_date(one.made_at),
        sha256=one.sha256,
    )
