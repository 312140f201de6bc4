"""What a person declares on a case, on a form of its own or as the end of another (LC-01, G7)."""

from typing import Protocol

from services.casework.drafts import end_own_drafts
from services.casework.effects import AboutTodo, AskedSeat, open_todo_of
from services.database.cases import Case
from services.database.decisions import Declaration
from services.database.people import roles_held
from services.database.unit_of_work import UnitOfWork
from services.domain.confidentiality import IN_FORCE
from services.domain.errors import AnswerRefused
from services.domain.interests import who_decides
from services.domain.todos import Todo


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

    An interest ends what they have begun to type on it, and who decides on it is asked (G7).
    """
    declared = Declaration(
        tenant_id=case.tenant_id,
        case_id=case.id,
        person_id=work.actor.person_id,
        has_conflict=command.has_conflict,
        closes=command.has_conflict,
        particulars=command.particulars or "",
        keeps_confidential=command.keeps_confidential,
        agreement=IN_FORCE.version if command.keeps_confidential else 0,
        at=work.now,
    )
    _keep(work, case, declared)


def keep_arisen(work: UnitOfWork, case: Case, before: Declaration, particulars: str) -> None:
    """Keep an interest that arose after the person declared; what they agreed to keep stays agreed.

    It closes the case to them until it is decided, as one that is declared at first does (G7).
    """
    declared = Declaration(
        tenant_id=case.tenant_id,
        case_id=case.id,
        person_id=before.person_id,
        number=before.number + 1,
        has_conflict=True,
        closes=True,
        particulars=particulars,
        keeps_confidential=before.keeps_confidential,
        agreement=before.agreement,
        at=work.now,
    )
    _keep(work, case, declared)


def _keep(work: UnitOfWork, case: Case, declared: Declaration) -> None:
    work.session.add(declared)
    work.session.flush()
    if declared.has_conflict:
        end_own_drafts(work, case)
        _ask_who_decides(work, case)


def _ask_who_decides(work: UnitOfWork, case: Case) -> None:
    """Ask for the decision whoever puts it on record; of other roles nobody is asked (LC-02)."""
    person_id = work.actor.person_id
    held = roles_held(work.session, person_id, work.today) | {work.actor.role}
    if (decides := who_decides(held)) is not None:
        whom, about = AskedSeat(decides.asked, None), AboutTodo(str(person_id))
        open_todo_of(work, case, Todo.DECIDE_ON_INTEREST, whom, about)
