"""Each contact with a person of the family: who spoke with them, when, about what (FAM-08, FAM-09).

What is on record as a reason to wait is asked about where somebody was spoken to all the same: who
agreed to it. A contact that took place is kept, whatever was planned.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    ShortText,
    Under,
    part_of,
)
from services.casework.effects import close_todos
from services.casework.steps.families.approach import WHILE_REVIEWED
from services.casework.steps.families.decided import PersonDecided
from services.casework.steps.families.involvement import (
    RelativeNamed,
    has_relatives,
    named_relative,
    relative_named,
)
from services.casework.steps.families.waits import holds_back
from services.casework.steps.other_reviews.held_back import Heeded, must_heed
from services.casework.steps.other_reviews.process_names import over_since
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.families import (
    BesideEvent,
    ContactWay,
    FamilyMatter,
    FamilyPaper,
    TakesPart,
)
from services.domain.family import Relation
from services.domain.identifiers import CaseId
from services.domain.other_reviews import Constrained
from services.domain.roles import Permission
from services.domain.todos import Todo


class ContactSaid(Command):
    """One contact with one person of the family."""

    held_on: Day = Field(title="When?")
    way: ContactWay = Field(
        title="How?", description="Personally whenever possible, by who is best placed to."
    )
    by_whom: ShortText = Field(title="Who spoke with them?", description="Their name and post.")
    about: tuple[FamilyMatter, ...] = Field(
        title="What was it about?", description="Select all that are true.", min_length=1
    )
    given: Annotated[tuple[FamilyPaper, ...], NeededWhen("at the first contact")] = Field(
        default=(), title="What were they given to explain the review? (FAM-08)"
    )
    said: LongText = Field(title="What did they say or ask, and what were they told?")
    wishes: LongText | None = Field(
        default=None,
        title="What do they wish?",
        description="How they want to take part, what they want to be told and when, and what they "
        "wish for publication.",
    )
    beside_event: Annotated[
        BesideEvent | None,
        NeededWhen("if they gave their views"),
        Under("If they gave their views for the review"),
    ] = Field(
        default=None,
        title="Was it before the learning event? (FAM-09)",
        description="Ideally it is, so that what they say stands beside the view of practice.",
    )
    why_after: Annotated[LongText | None, NeededWhen("if it was after it")] = Field(
        default=None, title="Why not before it?"
    )
    agreed_by: Annotated[
        ShortText | None,
        NeededWhen("if it was to wait for other proceedings"),
        Under("If it was to wait"),
    ] = Field(default=None, title="Who agreed that they are spoken to now? (FAM-03)")
    heeded: Heeded = None


class RecordFamilyContact(ContactSaid, RelativeNamed):
    """A contact with one person of the family: by visit, by telephone, in writing (FAM-08)."""


class FamilyContactKept(ContactSaid):
    """What is kept of it: the person by name and relation."""

    name: str = Field(title="Who")
    relations: tuple[Relation, ...] = Field(default=(), title="Relation to the child")


def record_family_contact(work: UnitOfWork, case_id: CaseId, command: RecordFamilyContact) -> Case:
    """Keep one contact in the log of the person."""
    case = begin(work, case_id, RECORD_FAMILY_CONTACT, command)
    found = named_relative(work, case, command.person)
    if found.said is None or found.entry is None:
        raise AnswerRefused("person", "Decide first whether they are invited (FAM-01).")
    if command.held_on > work.today:
        raise AnswerRefused("held_on", "Enter a day that is not in the future.")
    _must_explain_the_review(command)
    _must_be_beside_the_event(command, found.said)
    _must_be_agreed_if_early(command, found.said, over_since(work, case))
    if FamilyMatter.THEIR_VIEWS in command.about:
        must_heed(work, case, Constrained.ASKED, command.heeded)
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


def _must_explain_the_review(said: ContactSaid) -> None:
    """Refuse a first contact at which nothing was given that explains the review (FAM-08)."""
    if FamilyMatter.FIRST_CONTACT in said.about and not said.given:
        raise AnswerRefused("given", "Give the letter, the leaflet or both (FAM-08).")


def _must_be_beside_the_event(said: ContactSaid, decided: PersonDecided) -> None:
    """Refuse views of somebody who is not invited, or that do not say when they came (FAM-09)."""
    if FamilyMatter.THEIR_VIEWS not in said.about:
        return
    if decided.takes_part is TakesPart.NOT_INVITED:
        raise AnswerRefused("about", "They are not invited: decide on that anew first (FAM-01).")
    if said.beside_event is None:
        raise AnswerRefused("beside_event", "Say whether it was before the learning event.")
    if said.beside_event is BesideEvent.AFTER and said.why_after is None:
        raise AnswerRefused("why_after", "Say why it was not before the event (FAM-09).")


def _must_be_agreed_if_early(
    said: ContactSaid, decided: PersonDecided, over: Mapping[str, date]
) -> None:
    """Refuse a contact that was to wait, without who agreed to it (FAM-03)."""
    waits = [one for one in decided.waits if holds_back(one, said.held_on, over)]
    if waits and said.agreed_by is None:
        raise AnswerRefused(
            "agreed_by",
            "This was to wait: say who agreed to it, or change what it waits for (FAM-03).",
        )


def contact_begun(work: UnitOfWork, case: Case, of: str) -> RelativeNamed | None:
    """Return the person whom the form is opened for; nothing else of a contact is said twice."""
    known = relative_named(work, case, of)
    return RelativeNamed(person=UUID(known)) if known else None
