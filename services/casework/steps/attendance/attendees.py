"""Who attends the rapid review meeting: each named in their own person (RR-42).

Being named is what lets a person read the pack and the record; an agency's role does not.
"""

from collections.abc import Iterable
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, PersonChoice
from services.casework.effects import EmailContext, close_todos, enqueue_to_people
from services.casework.steps.attendance.circulation import ask_no_longer, circulate_to
from services.casework.steps.attendance.invitations import fit_invitations
from services.casework.steps.attendance.who_may_attend import may_attend
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.decisions import declarations_on
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class NameAttendees(Command):
    """People with operational knowledge, each named in their own person (RR-42, RR-45).

    Each of them reads the pack and the record once they have declared; whoever is left out is
    taken off the list. After the meeting, name whoever attended.
    """

    people: tuple[PersonChoice, ...] = Field(title="Who attends?", min_length=1)


def name_attendees(work: UnitOfWork, case_id: CaseId, command: NameAttendees) -> Case:
    """Name everybody who attends; invitations and what they are asked follow the list."""
    case = begin(work, case_id, NAME_ATTENDEES, command)
    _must_be_free(work, case, command.people)
    before = set(named_attendees(work.session, case.id))
    entry = record_entry(work, case, NAME_ATTENDEES, command)
    close_todos(work, case, Todo.NAME_ATTENDEES)
    fit_invitations(work, case, entry)
    ask_no_longer(work, case, before - set(command.people))
    added = [one for one in dict.fromkeys(command.people) if one not in before]
    if case.pack_accepted_on is not None and case.met_on is None:
        told = EmailContext(part=str(entry.number))
        enqueue_to_people(work, case, EmailTrigger.PACK_SHARED, told, added)
    circulate_to(work, case, entry, added)
    return case


NAME_ATTENDEES = Act(
    name="name_attendees",
    command=NameAttendees,
    perform=name_attendees,
    permission=Permission.RUN_MEETING,
    doing="name who attends the meeting",
    stages=frozenset({Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW}),
    entry=EntryType.ATTENDEES_NAMED,
    todo=Todo.NAME_ATTENDEES,
    section=Section.INTERNAL,
)


def named_on_record(work: UnitOfWork, case: Case) -> NameAttendees | None:
    """Return the list as it stands, for the form to open with; nothing before the first."""
    named = named_attendees(work.session, case.id)
    return NameAttendees(people=named) if named else None


def _must_be_free(work: UnitOfWork, case: Case, people: Iterable[UUID]) -> None:
    """Refuse who does not serve here today, and who declared a conflict in the case (LC-02)."""
    known = may_attend(work, case)
    declared = declarations_on(work.session, case.id)
    for one in people:
        if one not in known:
            raise AnswerRefused("people", "Choose people who serve the partnership or an agency.")
        if one in declared and declared[one].closes:
            raise AnswerRefused("people", "One of them has declared a conflict in this case.")
