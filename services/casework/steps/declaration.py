"""Each person declares interests and agrees confidentiality before a case opens (LC-01, G7)."""

from typing import Protocol

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, YesNo
from services.casework.drafts import end_own_drafts
from services.casework.effects import close_todos, open_todo
from services.casework.effects.tellings import tell_chair_who_declared
from services.casework.steps.attendance.circulation import ask_no_longer
from services.casework.steps.attendance.invitations import invite_on_declaring
from services.casework.steps.local_review.review_opening import open_review_if_ready, reviewer_of
from services.database.cases import Case
from services.database.decisions import Declaration, declaration
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage


class Declare(Command):
    """Every person declares once on each case, before anything of it is shown (LC-01, G7)."""

    has_conflict: YesNo = Field(title="Do you have any conflict of interest in this case?")
    particulars: LongText | None = Field(default=None, title="If so, what is it?")
    keeps_confidential: YesNo = Field(title="Do you agree to keep the case confidential?")


class Declares(Protocol):
    """The answers of a declaration, on a form of its own or as the end of a referral."""

    @property
    def has_conflict(self) -> bool:
        """Tell whether the person declares a conflict."""

    @property
    def particulars(self) -> str | None:
        """Return what the conflict is."""

    @property
    def keeps_confidential(self) -> bool:
        """Tell whether the person agrees to keep the case confidential."""


def declare(work: UnitOfWork, case_id: CaseId, command: Declare) -> Case:
    """Keep one person's declaration; a conflict closes the case to them and stays on record."""
    case = begin(work, case_id, DECLARE, command)
    if declaration(work.session, case.id, work.actor.person_id) is not None:
        raise AlreadyDone("You have declared already. Tell the business manager of any change.")
    must_be_complete(command)
    keep_declaration(work, case, command)
    entry = record_entry(work, case, DECLARE, command, subject=str(work.actor.person_id))
    if command.has_conflict:
        ask_no_longer(work, case, (work.actor.person_id,))
    else:
        invite_on_declaring(work, case, entry)
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


def must_be_complete(command: Declares) -> None:
    """Refuse a conflict that is not named, and a person who would not keep the case confidential.

    Raises AnswerRefused beside the field.
    """
    if command.has_conflict and not command.particulars:
        raise AnswerRefused("particulars", "Enter what the conflict is.")
    if not command.keeps_confidential and not command.has_conflict:
        raise AnswerRefused(
            "keeps_confidential", "Agree to keep the case confidential to see it (LC-01)."
        )


def keep_declaration(work: UnitOfWork, case: Case, command: Declares) -> None:
    """Keep what the actor declares on the case, beside the entry of the act that says it.

    A conflict ends what they have begun to type on it.
    """
    work.session.add(
        Declaration(
            tenant_id=case.tenant_id,
            case_id=case.id,
            person_id=work.actor.person_id,
            has_conflict=command.has_conflict,
            particulars=command.particulars or "",
            keeps_confidential=command.keeps_confidential,
            at=work.now,
        )
    )
    work.session.flush()
    if command.has_conflict:
        end_own_drafts(work, case)


def _reviewer_declared(work: UnitOfWork, case: Case, *, has_conflict: bool) -> None:
    """Open the review, or have another reviewer appointed."""
    if reviewer_of(work, case) != work.actor.person_id:
        return
    close_todos(work, case, Todo.DECLARE)
    if has_conflict:
        open_todo(work, case, Todo.APPOINT_REVIEWER)
    elif case.stage is Stage.COMMISSIONING:
        open_review_if_ready(work, case)
