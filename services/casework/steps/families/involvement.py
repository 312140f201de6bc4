"""Whether each person of the family is invited, with what they need and why not (FAM-01)."""

from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    RelativeChoice,
    Rows,
    Under,
    named,
    part_of,
)
from services.casework.effects import order_for_relative
from services.casework.steps.families.approach import WHILE_REVIEWED, is_reviewed_locally
from services.casework.steps.families.decided import (
    DecidedRelative,
    NotBefore,
    PersonDecided,
    PersonSaid,
    decided_for_each,
    was_reached,
)
from services.casework.steps.families.relatives import (
    approach_on_record,
    relatives,
)
from services.casework.steps.families.waits import end_turn, kept_waits, waits_on_record
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.families import SupportNeed, TakesPart, WhyNotInvolved
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Step

NOT_THERE: Final = AnswerRefused("person", "Choose somebody of the family who is on record.")
_IF_NOT: Final = ("because", "reason", "in_report")


class RelativeNamed(Command):
    """Which person of the family it is about."""

    person: RelativeChoice = Field(title="Who is it about?")


class DecideInvolvement(PersonSaid, RelativeNamed):
    """Whether one person of the family is invited to take part in the review (FAM-01).

    All of it is said anew when something changes, such as when somebody who was invited does not
    wish to take part. What stood before stays in the timeline.
    """

    waits: Annotated[
        tuple[NotBefore, ...], Rows(2, "reason to wait"), Under("For what it waits")
    ] = Field(default=(), title="For which proceedings does speaking with them wait? (FAM-03)")


def decide_involvement(work: UnitOfWork, case_id: CaseId, command: DecideInvolvement) -> Case:
    """Keep what is decided for one person; a letter is made to whoever is invited (FAM-08)."""
    case = begin(work, case_id, DECIDE_INVOLVEMENT, command)
    found = named_relative(work, case, command.person)
    _must_have_a_coordinator(work, case, command)
    _must_say_why_not(command)
    _must_say_what_is_arranged(command)
    _must_say_for_what_it_waits(command)
    if command.because is WhyNotInvolved.OWN_CHOICE and not was_reached(work, case, found.person):
        raise AnswerRefused("because", "Record first that they were spoken to: then they chose.")
    kept = PersonDecided(
        **part_of(command, PersonSaid).model_dump(exclude={"waits"}),
        waits=kept_waits(work, case, command.waits),
        name=found.person.name,
        relations=found.person.relations,
    )
    entered = Entered(subject=str(found.person.id), kept=kept)
    entry = record_entry_as(work, case, DECIDE_INVOLVEMENT, command, entered)
    if found.entry is not None:
        carry_marks(work, case, found.entry, entry)
    end_turn(work, case, found.person.id)
    if command.takes_part is TakesPart.INVITED:
        letter = DocumentKind.FAMILY_LETTER
        order_for_relative(work, entry, Step.COMMISSION, letter, found.person.id)
    return case


def has_relatives(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a local review, and anybody of the family who may take part."""
    return is_reviewed_locally(work, case) and bool(relatives(work, case))


DECIDE_INVOLVEMENT = Act(
    name="decide_involvement",
    command=DecideInvolvement,
    which="person",
    perform=decide_involvement,
    permission=Permission.INVOLVE_FAMILY,
    doing="decide who of the family is invited",
    stages=WHILE_REVIEWED,
    entry=EntryType.INVOLVEMENT_DECIDED,
    kept=PersonDecided,
    is_offered=has_relatives,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def named_relative(work: UnitOfWork, case: Case, person: UUID) -> DecidedRelative:
    """Return the person whom a form names; raises AnswerRefused where there is no such person."""
    found = {one.person.id: one for one in decided_for_each(work, case)}
    named([one.person for one in found.values()], person, NOT_THERE)
    return found[person]


def relative_named(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id that names a person on forms; nothing if there is none such."""
    return next((of for one in decided_for_each(work, case) if str(one.person.id) == of), "")


def involvement_on_record(work: UnitOfWork, case: Case, of: str) -> Command | None:
    """Return what is on record of the person, to be put right; nothing where nobody is named."""
    one = next((one for one in decided_for_each(work, case) if str(one.person.id) == of), None)
    if one is None:
        return None
    if one.said is None:
        return RelativeNamed(person=one.person.id)
    said = part_of(one.said, PersonSaid).model_dump(exclude={"waits"})
    waits = waits_on_record(work, case, one.said.waits)
    return DecideInvolvement(person=one.person.id, **said, waits=waits)


def _must_have_a_coordinator(work: UnitOfWork, case: Case, said: PersonSaid) -> None:
    """Refuse an invitation before it is agreed who coordinates communication (FAM-05)."""
    if said.takes_part is TakesPart.INVITED and approach_on_record(work, case) is None:
        raise AnswerRefused(
            "takes_part",
            "Agree first how the family is approached: the letter names who coordinates it "
            "(FAM-05).",
        )


def _must_say_why_not(said: PersonSaid) -> None:
    """Refuse somebody who takes no part without the reason, here and for the report (FAM-01)."""
    if said.takes_part is TakesPart.INVITED:
        for field in _IF_NOT:
            if getattr(said, field):
                raise AnswerRefused(field, "Leave this out: they are invited.")
        return
    if said.because is None:
        raise AnswerRefused("because", "Say of which kind the reason is.")
    if said.reason is None:
        raise AnswerRefused("reason", "Give the strong reason: else they are invited (FAM-01).")
    if said.in_report is None:
        raise AnswerRefused("in_report", "Say how the report tells it (FAM-10).")


def _must_say_what_is_arranged(said: PersonSaid) -> None:
    """Refuse a need of which nobody said how it is met, and none beside one (FAM-02)."""
    if SupportNeed.NO_SUPPORT in said.needs:
        if len(said.needs) > 1:
            raise AnswerRefused("needs", "Select none, or what they need, and not both.")
    elif said.support is None:
        raise AnswerRefused("support", "Say what is arranged for it, and by whom (FAM-02).")


def _must_say_for_what_it_waits(said: DecideInvolvement) -> None:
    """Refuse a reason to wait that names no day, no event and no process (FAM-03)."""
    if any(one.until is None and one.event is None and one.process is None for one in said.waits):
        raise AnswerRefused(
            "waits", "Say until which day, event or end of proceedings it waits (FAM-03)."
        )
