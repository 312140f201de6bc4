"""Each contact with a person of the family: who spoke with them, when, about what (FAM-08, FAM-09).

What is on record as a reason to wait is asked about where somebody was spoken to all the same: who
agreed to it. A contact that took place is kept, whatever was planned.
"""

from uuid import UUID

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import part_of
from services.casework.effects import close_todos
from services.casework.steps.families.approach import WHILE_REVIEWED
from services.casework.steps.families.contact_said import (
    ContactSaid,
    FamilyContactKept,
    RecordFamilyContact,
    must_be_a_contact,
)
from services.casework.steps.families.involvement import (
    RelativeNamed,
    has_relatives,
    named_relative,
    relative_named,
)
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo


def record_family_contact(work: UnitOfWork, case_id: CaseId, command: RecordFamilyContact) -> Case:
    """Keep one contact in the log of the person."""
    case = begin(work, case_id, RECORD_FAMILY_CONTACT, command)
    found = named_relative(work, case, command.person)
    if found.said is None or found.entry is None:
        raise AnswerRefused("person", "Decide first whether they are invited (FAM-01).")
    must_be_a_contact(work, case, command, found.said)
    kept = FamilyContactKept(
        **part_of(command, ContactSaid).model_dump(),
        name=found.person.name,
        relations=found.person.relations,
    )
    entered = Entered(subject=str(found.person.id), kept=kept)
    entry = record_entry_as(work, case, RECORD_FAMILY_CONTACT, command, entered)
    carry_marks(work, case, found.entry, entry)
    close_todos(work, case, Todo.SPEAK_WITH_FAMILY, subject=str(found.person.id))
    return case


RECORD_FAMILY_CONTACT = Act(
    name="record_family_contact",
    command=RecordFamilyContact,
    which="person",
    perform=record_family_contact,
    permission=Permission.INVOLVE_FAMILY,
    doing="record a contact with the family",
    stages=WHILE_REVIEWED,
    entry=EntryType.FAMILY_CONTACTED,
    todo=Todo.SPEAK_WITH_FAMILY,
    kept=FamilyContactKept,
    is_offered=has_relatives,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def contact_begun(work: UnitOfWork, case: Case, of: str) -> RelativeNamed | None:
    """Return the person whom the form is opened for; nothing else of a contact is said twice."""
    known = relative_named(work, case, of)
    return RelativeNamed(person=UUID(known)) if known else None
