"""Whose turn it is: the assignments that acts open and close."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from services.database.assignments import Assignment, open_assignments
from services.database.cases import Case
from services.database.drafts import delete_drafts_on
from services.database.reviewers import reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.personal_todos import person_asked
from services.domain.roles import Role, Seat
from services.domain.todos import TODO, Todo


@dataclass(frozen=True, slots=True)
class AboutTodo:
    """What an assignment is about, and by when."""

    subject: str
    last_day: date | None = None


def open_todo(
    work: UnitOfWork,
    case: Case,
    todo: Todo,
    *,
    last_day: date | None = None,
    subject: str = "",
) -> None:
    """Open an assignment; where the same one is open already, the earlier last day counts."""
    spec = TODO[todo]
    for party in work.partnership.parties if spec.each_party else (None,):
        key = f"{subject}{party.code if party else ''}"
        already = _open(work, case, todo, key)
        for one in already:
            one.last_day = min(filter(None, (one.last_day, last_day)), default=None)
            work.session.add(one)
        if not already:
            work.session.add(
                Assignment(
                    tenant_id=work.actor.partnership_id,
                    case_id=case.id,
                    step=spec.step,
                    todo=todo,
                    subject=key,
                    role=spec.role,
                    seat=party.seat if party else None,
                    authority=party.authority if party else "",
                    agency_id=UUID(subject) if subject and spec.role is Role.AGENCY_LEAD else None,
                    opened_at=work.now,
                    last_day=last_day,
                )
            )
    work.session.flush()


@dataclass(frozen=True, slots=True)
class AskedSeat:
    """Who is asked where it is not whom the todo is usually for: a role, a seat, or an agency."""

    role: Role
    seat: Seat | None
    authority: str = ""
    agency_id: UUID | None = None


def open_todo_of(
    work: UnitOfWork, case: Case, todo: Todo, whose: AskedSeat, about: AboutTodo
) -> None:
    """Open an assignment for a seat that the act chooses; one that is open already stays."""
    if _open(work, case, todo, about.subject):
        return
    work.session.add(
        Assignment(
            tenant_id=case.tenant_id,
            case_id=case.id,
            step=TODO[todo].step,
            todo=todo,
            subject=about.subject,
            role=whose.role,
            seat=whose.seat,
            authority=whose.authority,
            agency_id=whose.agency_id,
            opened_at=work.now,
            last_day=about.last_day,
        )
    )
    work.session.flush()


def ask_reviewers(
    work: UnitOfWork, case: Case, todo: Todo, *, last_day: date | None = None
) -> None:
    """Open an assignment for the case's reviewers; where it has none, for the group's chair."""
    if reviewers_now(work.session, case.id):
        open_todo(work, case, todo, last_day=last_day)
        return
    chair = AskedSeat(Role.REVIEW_GROUP_CHAIR, None)
    open_todo_of(work, case, todo, chair, AboutTodo("", last_day))


def move_todo(
    work: UnitOfWork, case: Case, todo: Todo, last_day: date | None, *, subject: str = ""
) -> None:
    """Give an open assignment another last day, earlier or later, or none."""
    for assignment in _open(work, case, todo, subject):
        assignment.last_day = last_day
        work.session.add(assignment)
    work.session.flush()


def move_todos(
    work: UnitOfWork, case: Case, todos: Collection[Todo], before: date, now: AboutTodo
) -> None:
    """Give another last day to those of these assignments that had the day before.

    With a subject, only what is about it is moved.
    """
    for todo in todos:
        for assignment in _open(work, case, todo, now.subject):
            if assignment.last_day == before:
                assignment.last_day = now.last_day
                work.session.add(assignment)
    work.session.flush()


def close_todos(work: UnitOfWork, case: Case, *todos: Todo, subject: str = "") -> None:
    """Close these assignments; with no subject, whoever they are for."""
    for todo in todos:
        for assignment in _open(work, case, todo, subject):
            assignment.closed_at = work.now
            work.session.add(assignment)
    work.session.flush()


def close_todos_of_person(work: UnitOfWork, case: Case, person_id: UUID) -> None:
    """Close what is asked of this one person by name: the case is closed to them."""
    for one in open_assignments(work.session, case.id):
        if person_asked(one.todo, one.subject) == str(person_id):
            one.closed_at = work.now
            work.session.add(one)
    work.session.flush()


def close_all_todos(work: UnitOfWork, case: Case) -> None:
    """Close every assignment of a case that has ended, and end what people had begun to type."""
    question = select(Assignment).where(
        Assignment.case_id == case.id, col(Assignment.closed_at).is_(None)
    )
    for assignment in work.session.exec(question):
        assignment.closed_at = work.now
        work.session.add(assignment)
    work.session.flush()
    delete_drafts_on(work.session, case.id)


def resume_todos(work: UnitOfWork, case: Case, closed_at: datetime) -> None:
    """Open the assignments again that were closed with the case at that moment, in error."""
    question = select(Assignment).where(
        Assignment.case_id == case.id, Assignment.closed_at == closed_at
    )
    for assignment in work.session.exec(question):
        assignment.closed_at = None
        work.session.add(assignment)
    work.session.flush()


def _open(work: UnitOfWork, case: Case, todo: Todo, subject: str) -> list[Assignment]:
    question = select(Assignment).where(
        Assignment.case_id == case.id,
        Assignment.todo == todo,
        col(Assignment.closed_at).is_(None),
    )
    if subject:
        question = question.where(Assignment.subject == subject)
    return list(work.session.exec(question))
