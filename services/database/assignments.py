"""What people must do next, and the questions asked of it."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, and_, not_, or_, text
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, col, select

from services.database.partnership_row import PartnershipRow, coded, moment, of_case
from services.domain.personal_todos import ALWAYS_PERSONAL, MARK, MAY_BE_PERSONAL
from services.domain.roles import Actor, Role, Seat, asked_as
from services.domain.todos import Todo
from services.domain.workflow import Step


class Assignment(PartnershipRow, table=True):
    """One thing a person in a role must do."""

    __tablename__ = "assignments"
    __table_args__ = (
        of_case(),
        Index(
            "one_open_assignment_of_a_kind",
            "tenant_id",
            "case_id",
            "todo",
            "subject",
            unique=True,
            postgresql_where=text("closed_at is null"),
        ),
        Index("assignments_of_a_case", "tenant_id", "case_id"),
        Index("open_assignments", "tenant_id", "role", postgresql_where=text("closed_at is null")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    step: Step = Field(sa_column=coded(Step))
    todo: Todo = Field(sa_column=coded(Todo))
    subject: str = ""
    role: Role = Field(sa_column=coded(Role))
    seat: Seat | None = Field(default=None, sa_column=coded(Seat, optional=True))
    authority: str = ""
    agency_id: UUID | None = None
    opened_at: datetime = Field(sa_column=moment())
    last_day: date | None = None
    closed_at: datetime | None = Field(default=None, sa_column=moment(optional=True))


def _for(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an assignment is this actor's to do."""
    of_one = and_(col(Assignment.todo).in_(MAY_BE_PERSONAL), col(Assignment.subject).contains(MARK))
    is_personal = or_(col(Assignment.todo).in_(ALWAYS_PERSONAL), of_one)
    of_role = and_(
        col(Assignment.role) == asked_as(actor.role),
        or_(col(Assignment.seat).is_(None), col(Assignment.seat) == actor.seat),
        or_(col(Assignment.authority) == "", col(Assignment.authority) == actor.authority),
        or_(col(Assignment.agency_id).is_(None), col(Assignment.agency_id) == actor.agency_id),
    )
    of_person = col(Assignment.subject).startswith(str(actor.person_id))
    return or_(and_(is_personal, of_person), and_(not_(is_personal), of_role))


def assignments_for(session: Session, actor: Actor) -> list[Assignment]:
    """Return what this actor must do, least time left first."""
    return list(
        session.exec(
            select(Assignment)
            .where(col(Assignment.closed_at).is_(None), _for(actor))
            .order_by(col(Assignment.last_day).nulls_last(), col(Assignment.id))
        )
    )


def closed_for(session: Session, actor: Actor, since: datetime) -> list[Assignment]:
    """Return what this actor was asked with a last day, and what was done or ended since then."""
    question = select(Assignment).where(
        col(Assignment.closed_at) >= since, col(Assignment.last_day).is_not(None), _for(actor)
    )
    return list(session.exec(question.order_by(col(Assignment.id))))


def open_of(session: Session, *todos: Todo) -> list[Assignment]:
    """Return the open assignments of these kinds in the whole partnership."""
    question = select(Assignment).where(
        col(Assignment.todo).in_(todos), col(Assignment.closed_at).is_(None)
    )
    return list(session.exec(question))


def open_assignments(session: Session, case_id: UUID | None = None) -> list[Assignment]:
    """Return what is still to be done, on one case or in the whole partnership."""
    question = select(Assignment).where(col(Assignment.closed_at).is_(None))
    if case_id is not None:
        question = question.where(Assignment.case_id == case_id)
    return list(
        session.exec(question.order_by(col(Assignment.last_day).nulls_last(), col(Assignment.id)))
    )


def closed_assignments(
    session: Session, case_id: UUID, todo: Todo, since: datetime
) -> list[Assignment]:
    """Return the case's assignments of this kind that were closed at that moment or after it."""
    question = select(Assignment).where(
        Assignment.case_id == case_id, Assignment.todo == todo, col(Assignment.closed_at) >= since
    )
    return list(session.exec(question))
