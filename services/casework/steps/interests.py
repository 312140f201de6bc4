"""An interest that somebody declared is decided: they take part in the case, or do not (G7)."""

from uuid import UUID

from services.casework.act import Act, begin, record_entry
from services.casework.effects import close_todos, close_todos_of_person
from services.casework.effects.tellings import tell_chair_who_declared, tell_who_declared
from services.casework.steps.attendance.circulation import circulate_anew
from services.casework.steps.attendance.invitations import invite_on_declaring
from services.casework.steps.interest_decided import (
    DecideOnInterest,
    declared_interest,
    interests_before,
    must_be_decided_by,
    must_be_managed,
)
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.decisions import settle_interest
from services.database.history import Entry
from services.database.people import people_of, roles_held
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NotPermitted
from services.domain.identifiers import CaseId
from services.domain.interests import must_be_asked
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage


def decide_on_interest(work: UnitOfWork, case_id: CaseId, command: DecideOnInterest) -> Case:
    """Open the case to the person whose interest is managed, or keep it closed to them (G7)."""
    case = begin(work, case_id, DECIDE_ON_INTEREST, command)
    declared = declared_interest(work, case, command.person)
    held = roles_held(work.session, command.person, work.today)
    decides = must_be_asked(work.actor.role, held)
    must_be_decided_by(work, decides, command)
    if command.takes_part:
        must_be_managed(declared, command)
    if not settle_interest(work.session, declared, closes=not command.takes_part):
        raise NotPermitted("Nobody decides on an interest of their own (G7).")
    subject = str(command.person)
    entry = record_entry(work, case, DECIDE_ON_INTEREST, command, subject=subject)
    close_todos(work, case, Todo.DECIDE_ON_INTEREST, subject=subject)
    if command.takes_part:
        _let_in(work, case, entry, is_chair=Role.REVIEW_GROUP_CHAIR in held)
    else:
        close_todos_of_person(work, case, command.person)
    for person in people_of(work.session, {command.person}):
        tell_who_declared(work, case, person.email, str(entry.number))
    return case


DECIDE_ON_INTEREST = Act(
    name="decide_on_interest",
    command=DecideOnInterest,
    which="person",
    perform=decide_on_interest,
    permission=Permission.DECIDE_ON_INTEREST,
    doing="decide on a declared interest",
    stages=frozenset(Stage),
    entry=EntryType.INTEREST_DECIDED,
    todo=Todo.DECIDE_ON_INTEREST,
    is_offered=lambda work, case: any(True for _one in interests_before(work, case)),
    section=Section.INTERNAL,
)


def _let_in(work: UnitOfWork, case: Case, entry: Entry, *, is_chair: bool) -> None:
    """Send them what others were sent who declared: the invitation, the record, the decision."""
    person_id = UUID(entry.subject)
    invite_on_declaring(work, case, entry, person_id)
    if person_id in named_attendees(work.session, case.id):
        circulate_anew(work, case, entry, person_id)
    if is_chair:
        tell_chair_who_declared(work, case)
