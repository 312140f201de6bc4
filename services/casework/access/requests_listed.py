"""What agencies were asked for on every case that a person reads, and how each agency answers.

A request stands in one way: it was answered in time or late, by the last day that the agency has
now, it is awaited or overdue, or it is waited for no longer. Days late are days of the calendar.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, and_, case, func, literal, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery
from sqlmodel import col

from services.casework.access.actions_listed import overdue_by_agency
from services.casework.access.cases_asked import named_by, open_to_actor
from services.database.agency_requests import AgencyRequest, is_owed
from services.database.cases import Case
from services.database.paging import MANY, Paged, counted, page_of
from services.database.partnerships import Agency
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.escalation import OWED_AT
from services.domain.roles import Permission

ON_TIME, LATE, AWAITED = "on_time", "late", "awaited"
OVERDUE, NOT_WAITED = "overdue", "not_waited"
OUTSTANDING, NOT_IN_TIME = "outstanding", "not_in_time"
STANDINGS: Final[Mapping[str, frozenset[str]]] = {
    **{one: frozenset({one}) for one in (ON_TIME, LATE, AWAITED, OVERDUE, NOT_WAITED)},
    OUTSTANDING: frozenset({AWAITED, OVERDUE}),
    NOT_IN_TIME: frozenset({LATE, OVERDUE}),
}
"""How requests are asked for: as they stand, or two ways of it together."""

BY_DUE, BY_REFERENCE, BY_AGENCY, BY_DAYS = "due", "reference", "agency", "days"
BY_ASKED, BY_ACTIONS = "asked", "actions"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsWanted:
    """What the list is narrowed to and how it is ordered; what is empty narrows nothing.

    ``standing`` is a key of `STANDINGS`; ``reminded`` asks for those that were reminded of.
    """

    agencies: Collection[UUID] | None = None
    asked: Asked | None = None
    standing: str = ""
    reminded: bool = False
    reference: str = ""
    sort: str = BY_DUE
    is_down: bool = False
    number: int = 1
    many: int = MANY


@dataclass(frozen=True, slots=True)
class ListedRequest:
    """One request with its case, the agency, how it stands, and by how many days it is late."""

    case: Case
    request: AgencyRequest
    agency: str
    standing: str
    days_late: int


@dataclass(frozen=True, slots=True)
class RequestsListed:
    """One page of the requests that are wanted, and how many the person may read in all."""

    page: Paged[ListedRequest]
    total: int


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """How one agency answers: of so many requests, how many stand how, and what is overdue."""

    agency: Agency
    asked: int
    on_time: int
    late: int
    outstanding: int
    overdue: int
    days_late: int
    reminders: int
    actions_overdue: int


def requests_listed(work: UnitOfWork, wanted: RequestsWanted) -> RequestsListed:
    """Return one page of what agencies were asked for, to who reads whole cases."""
    work.actor.must(Permission.READ_CASE)
    standing, days = _standing(work.today), _days_late(work.today)
    question = (
        select(Case, AgencyRequest, col(Agency.name), standing, days)
        .select_from(AgencyRequest)
        .join(Case, col(Case.id) == col(AgencyRequest.case_id))
        .join(Agency, col(Agency.id) == col(AgencyRequest.agency_id))
        .where(open_to_actor(work))
    )
    total = counted(work.session, question)
    narrowed = question.where(*_narrowed(wanted, standing))
    by: dict[str, Any] = {
        BY_DUE: col(AgencyRequest.due),
        BY_REFERENCE: col(Case.reference),
        BY_AGENCY: func.lower(col(Agency.name)),
        BY_DAYS: days,
    }
    first = by[wanted.sort].desc() if wanted.is_down else by[wanted.sort].asc()
    order: list[Any] = [first, col(AgencyRequest.due), col(Case.reference), col(AgencyRequest.id)]
    found = page_of(work.session, narrowed, order, wanted.number, many=wanted.many)
    rows = [ListedRequest(*row) for row in found.rows]
    return RequestsListed(Paged(rows, found.matching, found.number, found.many), total)


def figures_of_agencies(work: UnitOfWork, wanted: RequestsWanted) -> Paged[AgencyFigures]:
    """Return a page of how the agencies answer that were asked for something, or own an action."""
    work.actor.must(Permission.READ_CASE)
    asked, actions = _counted(work, wanted), overdue_by_agency(work)
    figures = [_or_none(asked.c[name]) for name in _FIGURES]
    figures.append(_or_none(actions.c.actions))
    question = (
        select(Agency, *figures)
        .select_from(Agency)
        .outerjoin(asked, asked.c.agency_id == col(Agency.id))
        .outerjoin(actions, actions.c.agency_id == col(Agency.id))
        .where(or_(asked.c.agency_id.is_not(None), actions.c.agency_id.is_not(None)))
    )
    if wanted.agencies is not None:
        question = question.where(col(Agency.id).in_(wanted.agencies))
    by: dict[str, Any] = {
        BY_AGENCY: func.lower(col(Agency.name)),
        **{name: _or_none(asked.c[name]) for name in _FIGURES},
        BY_ACTIONS: _or_none(actions.c.actions),
    }
    first = by[wanted.sort].desc() if wanted.is_down else by[wanted.sort].asc()
    order: list[Any] = [first, func.lower(col(Agency.name)), col(Agency.id)]
    found = page_of(work.session, question, order, wanted.number, many=wanted.many)
    rows = [AgencyFigures(*row) for row in found.rows]
    return Paged(rows, found.matching, found.number, found.many)


_FIGURES: Final = ("asked", "on_time", "late", "outstanding", "overdue", "days", "reminders")


def _counted(work: UnitOfWork, wanted: RequestsWanted) -> Subquery:
    """Return the figures of each agency that was asked for something on a case that is open."""
    standing = _standing(work.today)

    def stands(code: str) -> ColumnElement[int]:
        return func.count().filter(standing.in_(STANDINGS[code])).label(code)

    question = (
        select(
            col(AgencyRequest.agency_id),
            func.count().label("asked"),
            *(stands(one) for one in (ON_TIME, LATE, OUTSTANDING, OVERDUE)),
            func.sum(_days_late(work.today)).label("days"),
            func.sum(col(AgencyRequest.times_chased)).label("reminders"),
        )
        .select_from(AgencyRequest)
        .join(Case, col(Case.id) == col(AgencyRequest.case_id))
        .where(open_to_actor(work))
    )
    if wanted.asked is not None:
        question = question.where(col(AgencyRequest.asked) == wanted.asked)
    return question.group_by(col(AgencyRequest.agency_id)).subquery()


def _or_none(figure: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(figure, 0)


def _standing(today: date) -> ColumnElement[str]:
    due, answered_on = col(AgencyRequest.due), col(AgencyRequest.answered_on)
    at_stage = or_(
        *(
            and_(col(AgencyRequest.asked) == asked, col(Case.stage).in_(stages))
            for asked, stages in OWED_AT.items()
        )
    )
    owed = and_(is_owed(), at_stage)
    came = and_(answered_on.is_not(None), col(AgencyRequest.answered) != Answered.EXCUSED)
    return case(
        (and_(owed, due < today), OVERDUE),
        (owed, AWAITED),
        (and_(came, answered_on <= due), ON_TIME),
        (came, LATE),
        else_=NOT_WAITED,
    )


def _days_late(today: date) -> ColumnElement[int]:
    due, standing = col(AgencyRequest.due), _standing(today)
    late: Any = col(AgencyRequest.answered_on) - due
    overdue: Any = literal(today, Date) - due
    return case((standing == LATE, late), (standing == OVERDUE, overdue), else_=0)


def _narrowed(wanted: RequestsWanted, standing: ColumnElement[str]) -> list[ColumnElement[bool]]:
    asked = [named_by(wanted.reference)] if wanted.reference else []
    if wanted.agencies is not None:
        asked.append(col(AgencyRequest.agency_id).in_(wanted.agencies))
    if wanted.asked is not None:
        asked.append(col(AgencyRequest.asked) == wanted.asked)
    if wanted.standing:
        asked.append(standing.in_(STANDINGS[wanted.standing]))
    if wanted.reminded:
        asked.append(col(AgencyRequest.times_chased) > 0)
    return asked
