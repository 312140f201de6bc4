"""Each person declares interests and agrees confidentiality before a case opens (LC-01, G7).

An interest that arises later is declared by whoever has the case open, and closes it to them.
"""

from pydantic import Field

from services.casework.access.cases import own_declaration
from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, KeepsConfidential, LongText, YesNo
from services.casework.effects import close_todos_of_person
from services.casework.effects.guest_access import end_access_through
from services.casework.effects.tellings import tell_chair_who_declared
from services.casework.steps.attendance.invitations import invite_on_declaring
from services.casework.steps.declaration_kept import (
    keep_arisen,
    keep_declaration,
    must_be_complete,
)
from services.casework.steps.local_review.reviewer_declared import reviewer_declared
from services.database.cases import Case
from services.database.decisions import declaration
from services.database.people import roles_held
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage


class Declare(Command):
    """Every person declares once on each case, before anything of it is shown (LC-01, G7)."""

    has_conflict: YesNo = Field(title="Do you have any conflict of interest in this case?")
    particulars: LongText | None = Field(default=None, title="If so, what is it?")
    keeps_confidential: KeepsConfidential


def declare(work: UnitOfWork, case_id: CaseId, command: Declare) -> Case:
    """Keep one person's declaration; a conflict closes the case to them and stays on record.

    A declaration is of the person: what follows is the same in whichever role they declare.
    """
    case = begin(work, case_id, DECLARE, command)
    if declaration(work.session, case.id, work.actor.person_id) is not None:
        raise AlreadyDone("You have declared already. An interest that arose since has its page.")
    must_be_complete(command)
    if command.has_conflict:
        end_access_through(work, case)  # before it closes the case to who declares it
        close_todos_of_person(work, case, work.actor.person_id)
    keep_declaration(work, case, command)
    entry = record_entry(work, case, DECLARE, command, subject=str(work.actor.person_id))
    if not command.has_conflict:
        invite_on_declaring(work, case, entry, work.actor.person_id)
        if Role.REVIEW_GROUP_CHAIR in roles_held(work.session, work.actor.person_id, work.today):
            tell_chair_who_declared(work, case)
    reviewer_declared(work, case, has_conflict=command.has_conflict)
    return case


DECLARE = Act(
    name="declare",
    command=Declare,
    perform=declare,
    permission=Permission.DECLARE,
    doing="declare",
    stages=frozenset(Stage),
    entry=EntryType.DECLARED,
    todo=Todo.DECLARE,
    is_listed=False,
    before_declaring=True,
    section=Section.INTERNAL,
)


class DeclareAgain(Command):
    """An interest that arose, or that you learnt of, after you declared (LC-01, LC-02).

    It closes the case to you at once. Whether you take part is then decided by somebody else: of
    the chair by the partners, of the business manager by the chair, of a partner and of the
    authority's decision maker by the lead of their own organisation (G7). To everybody else the
    case stays closed. That an interest has ended is not declared here: whoever puts the decision on
    record may decide again.
    """

    particulars: LongText = Field(
        title="What is the interest?",
        description="Say since when you have it or know of it. Who decides reads your words.",
    )


def declare_again(work: UnitOfWork, case_id: CaseId, command: DeclareAgain) -> Case:
    """Keep an interest that arose since the person declared; it closes the case to them (LC-02)."""
    case = begin(work, case_id, DECLARE_AGAIN, command)
    end_access_through(work, case)  # before it closes the case to who declares it
    close_todos_of_person(work, case, work.actor.person_id)
    keep_arisen(work, case, own_declaration(work, case), command.particulars)
    record_entry(work, case, DECLARE_AGAIN, command, subject=str(work.actor.person_id))
    reviewer_declared(work, case, has_conflict=True)
    return case


DECLARE_AGAIN = Act(
    name="declare_again",
    command=DeclareAgain,
    perform=declare_again,
    permission=Permission.DECLARE,
    doing="declare an interest that has arisen",
    stages=frozenset(Stage),
    entry=EntryType.INTEREST_AROSE,
    is_listed=False,
    section=Section.INTERNAL,
)
