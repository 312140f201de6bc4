"""What each agency was asked for, and what it answered."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import and_, exists, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.assignments import Assignment
from services.database.cases import Case
from services.database.partnership_row import PartnershipRow, coded, locked, of_agency, of_case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.errors import AnswerRefused, NotFound
from services.domain.escalation import ANSWERED_BY, OWED, Rung
from services.domain.labels import label
from services.domain.todos import Todo


class AgencyRequest(PartnershipRow, table=True):
    """One request to one agency on one case (RR-39, LC-29).

    ``due`` is the last day that the agency has now, ``first_due`` the one first given, however
    often a later one was. ``rung`` is how far up its silence was taken, and ``rung_due`` the day
    said then: the next step is asked for after it.
    """

    __tablename__ = "agency_requests"
    __table_args__ = (
        of_case(),
        of_agency(),
        UniqueConstraint("tenant_id", "case_id", "asked", "agency_id", name="one_request_a_kind"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    agency_id: UUID
    asked: Asked = Field(sa_column=coded(Asked))
    answered: Answered = Field(sa_column=coded(Answered))
    sent_on: date
    due: date
    first_due: date
    rung: Rung | None = Field(default=None, sa_column=coded(Rung, optional=True))
    rung_due: date | None = None
    times_chased: int = 0
    answered_on: date | None = None
    version: int = 0
    records_secured: bool = False
    holds_no_records: bool = False
    representative: str = ""
    reasons: str = ""


def ask_agency(work: UnitOfWork, case: Case, asked: Asked, agency_id: UUID, due: date) -> None:
    """Keep that the agency is asked; where it was asked before, the answer is open again.

    Another partnership's agency is not found, nor one that another case lists. One whose address
    stands on one person's word is not asked: raises AnswerRefused.
    """
    agency = agency_on(work.session, case.id, agency_id)
    if not agency.is_reached:
        raise AnswerRefused(
            "agencies", f"{agency.name}: a second person confirms its address first."
        )
    made = requests(work.session, case.id, asked)
    request = next((one for one in made if one.agency_id == agency_id), None)
    if request is None:
        request = AgencyRequest(
            tenant_id=case.tenant_id,
            case_id=case.id,
            agency_id=agency_id,
            asked=asked,
            answered=Answered.ASKED,
            sent_on=work.today,
            due=due,
            first_due=due,
        )
    request.answered = Answered.ASKED
    request.answered_on = None
    request.sent_on = work.today
    request.due = request.first_due = due
    request.rung = request.rung_due = None
    request.reasons = ""
    work.session.add(request)
    work.session.flush()


def requests(session: Session, case_id: UUID, asked: Asked) -> list[AgencyRequest]:
    """Return every request of this kind on the case."""
    return list(
        session.exec(
            select(AgencyRequest)
            .where(AgencyRequest.case_id == case_id, AgencyRequest.asked == asked)
            .order_by(col(AgencyRequest.due), col(AgencyRequest.id))
        )
    )


def unanswered(session: Session, case_id: UUID | None = None) -> list[AgencyRequest]:
    """Return the requests to which the agency owes an answer: of one case, or of the partnership.

    It owes none while it is not asked: one that was told to stand down is asked anew first (RR-41).
    """
    question = select(AgencyRequest).where(is_owed())
    if case_id is not None:
        question = question.where(AgencyRequest.case_id == case_id)
    return list(session.exec(question.order_by(col(AgencyRequest.due), col(AgencyRequest.id))))


def unconfirmed(session: Session, case_id: UUID) -> list[AgencyRequest]:
    """Return the requests whose answer was entered for the agency, which is asked to confirm it."""
    entered = col(AgencyRequest.answered) == Answered.UNCONFIRMED
    question = select(AgencyRequest).where(
        AgencyRequest.case_id == case_id, entered, _is_asked_to(Todo.CONFIRM_RETURN)
    )
    return list(session.exec(question.order_by(col(AgencyRequest.due), col(AgencyRequest.id))))


def is_owed() -> ColumnElement[bool]:
    """Return the condition that the agency owes an answer to the request, and is asked for it."""
    return or_(*map(_is_owed, OWED))


def _is_owed(asked: Asked) -> ColumnElement[bool]:
    """Return the condition that an answer of this kind has not come, and is asked for."""
    standing = col(AgencyRequest.answered).in_(OWED[asked])
    is_asked_for = _is_asked_to(ANSWERED_BY[asked])
    return and_(col(AgencyRequest.asked) == asked, standing, is_asked_for)


def _is_asked_to(todo: Todo) -> ColumnElement[bool]:
    return exists().where(
        col(Assignment.case_id) == col(AgencyRequest.case_id),
        col(Assignment.agency_id) == col(AgencyRequest.agency_id),
        col(Assignment.todo) == todo,
        col(Assignment.closed_at).is_(None),
    )


def get_request(session: Session, case_id: UUID, asked: Asked, agency_id: UUID) -> AgencyRequest:
    """Return the request to the agency; one that was never made is not found."""
    question = select(AgencyRequest).where(
        AgencyRequest.case_id == case_id,
        AgencyRequest.asked == asked,
        AgencyRequest.agency_id == agency_id,
    )
    found = session.exec(locked(question)).one_or_none()
    if found is None:
        raise NotFound(f"That agency was not asked for a {label(asked)} on this case.")
    return found
