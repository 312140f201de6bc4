"""Each person declares interests and agrees confidentiality before a case opens (LC-01, G7)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, KeepsConfidential, LongText, YesNo
from services.casework.effects import close_todos, open_todo
from services.casework.effects.guest_access import end_access_through
from services.casework.effects.tellings import tell_chair_who_declared
from services.casework.steps.attendance.circulation import ask_no_longer
from services.casework.steps.attendance.invitations import invite_on_declaring
from services.casework.steps.declaration_kept import keep_declaration, must_be_complete
from services.casework.steps.local_review.review_opening import open_review_if_ready, reviewer_of
from services.database.cases import Case
from services.database.decisions import declaration
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
    """Keep one person's declaration; a conflict closes the case to them and stays on record."""
    case = begin(work, case_id, DECLARE, command)
    if declaration(work.session, case.id, work.actor.person_id) is not None:
        raise AlreadyDone("You have declared already. Tell the business manager of any change.")
    must_be_complete(command)
    if command.has_conflict:
        end_access_through(work, case)  # before it closes the case to who declares it
    keep_declaration(work, case, command)
    entry = record_entry(work, case, DECLARE, command, subject=str(work.actor.person_id))
    if command.has_conflict:
        ask_no_longer(work, case, (work.actor.person_id,))
    else:
        invite_on_declaring(work, case, entry, work.actor.person_id)
        if work.actor.role is Role.REVIEW_GROUP_CHAIR:
            tell_chair_who_declared(work, case)
    if work.actor.role is Role.LEAD_REVIEWER:
        _reviewer_declared(work, case, has_conflict=command.has_conflict)
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


def _reviewer_declared(work: UnitOfWork, case: Case, *, has_conflict: bool) -> None:
    """Open the review, or have another reviewer appointed."""
    if reviewer_of(work, case) != work.actor.person_id:
        return
    close_todos(work, case, Todo.DECLARE)
    if has_conflict:
        open_todo(work, case, Todo.APPOINT_REVIEWER)
    elif case.stage is Stage.COMMISSIONING:
        open_review_if_ready(work, case)
