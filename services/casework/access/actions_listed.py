"""The actions of every plan that a person may read, a page at a time (EMB-08, EMB-09)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVarTuple
from uuid import UUID

from sqlalchemy import String, case, cast, exists, false, func, select, true
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Select, Subquery
from sqlmodel import col

from services.casework.access.cases_asked import named_by, open_to_actor
from services.database.actions import Action
from services.database.cases import Case
from services.database.paging import MANY, Paged, page_of
from services.database.partnerships import Agency
from services.database.plan_words import newest_ratings, own_recommendations
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Followed, Progress
from services.domain.roles import Permission

Columns = TypeVarTuple("Columns")
NOT_RATED: Final = "none"
OWN, OF_REVIEW = "own", "review"
BY_DUE, BY_REFERENCE, BY_OWNER = "due", "reference", "owner"

_SETTLED: Final = {
    Progress.COMPLETE: Followed.COMPLETE,
    Progress.RISK_ACCEPTED: Followed.RISK_ACCEPTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsWanted:
    """What the list is narrowed to and how it is ordered; what is empty narrows nothing.

    ``agencies`` own the actions; with none of them nothing fits. ``source`` is whose idea it was.
    """

    agencies: Collection[UUID] | None = None
    standing: Followed | None = None
    rating: str = ""
    source: str = ""
    reference: str = ""
    sort: str = BY_DUE
    is_down: bool = False
    number: int = 1
    many: int = MANY


@dataclass(frozen=True, slots=True)
class ListedAction:
    """One action of the list, with its case."""

    case: Case
    action: Action


def actions_listed(work: UnitOfWork, wanted: ActionsWanted) -> Paged[ListedAction]:
    """Return one page of the actions of cases open to the person; an agency's people see theirs."""
    question = _readable(work, select(Case, Action)).join(
        Agency, col(Agency.id) == col(Action.agency_id)
    )
    narrowed = question.where(*_narrowed(work, wanted))
    found = page_of(work.session, narrowed, _order(wanted), wanted.number, many=wanted.many)
    rows = [ListedAction(*row) for row in found.rows]
    return Paged(rows, found.matching, found.number, found.many)


def action_counts(work: UnitOfWork) -> Mapping[tuple[UUID, Followed], int]:
    """Return how many actions of each agency stand how, of those that the person may read."""
    agency, standing = col(Action.agency_id), _standing(work.today)
    question = select(agency, standing, func.count())
    counted = _readable(work, question).group_by(agency, standing)
    return {(one, Followed(code)): many for one, code, many in work.session.execute(counted)}


def overdue_by_agency(work: UnitOfWork) -> Subquery:
    """Return how many actions are overdue of each agency, of those that the person may read."""
    question = _readable(work, select(col(Action.agency_id), func.count().label("actions")))
    overdue = question.where(_standing(work.today) == Followed.OVERDUE.value)
    return overdue.group_by(col(Action.agency_id)).subquery()


def _readable(work: UnitOfWork, question: Select[*Columns]) -> Select[*Columns]:
    """Return the question about actions, of those that the person may read."""
    mine: ColumnElement[bool] = true()
    if not work.actor.may(Permission.READ_CASE):
        agency = work.actor.agency_id
        mine = false() if agency is None else col(Action.agency_id) == agency
    return (
        question.select_from(Action)
        .join(Case, col(Case.id) == col(Action.case_id))
        .where(open_to_actor(work), mine)
    )


def _standing(today: date) -> ColumnElement[str]:
    """Return how an action stands, as `plan_standing.followed_on` says it, asked of the rows."""
    settled = [(col(Action.progress) == one, code.value) for one, code in _SETTLED.items()]
    overdue = (col(Action.last_day) < today, Followed.OVERDUE.value)
    return case(*settled, overdue, else_=Followed.OPEN.value)


def _narrowed(work: UnitOfWork, wanted: ActionsWanted) -> list[ColumnElement[bool]]:
    asked = [named_by(wanted.reference)] if wanted.reference else []
    if wanted.agencies is not None:
        asked.append(col(Action.agency_id).in_(wanted.agencies))
    if wanted.standing is not None:
        asked.append(_standing(work.today) == wanted.standing.value)
    if wanted.rating:
        asked.append(_rated(wanted.rating))
    if wanted.source:
        asked.append(_is_own() if wanted.source == OWN else ~_is_own())
    return asked


def _rated(rating: str) -> ColumnElement[bool]:
    newest = newest_ratings()
    of_action = exists().where(
        newest.c.case_id == col(Action.case_id), newest.c.number == col(Action.number)
    )
    return ~of_action if rating == NOT_RATED else of_action.where(newest.c.rating == rating)


def _is_own() -> ColumnElement[bool]:
    own = own_recommendations()
    return exists().where(
        own.c.case_id == col(Action.case_id),
        own.c.agency == cast(col(Action.agency_id), String),
        own.c.action == col(Action.action),
    )


def _order(wanted: ActionsWanted) -> list[ColumnElement[Any]]:
    """Return the order: by its last day what is open stands first; none is like another."""
    is_open: ColumnElement[Any] = (col(Action.progress) == Progress.OPEN).desc()
    known: dict[str, Any] = {
        BY_DUE: col(Action.last_day),
        BY_REFERENCE: col(Case.reference),
        BY_OWNER: func.lower(col(Agency.name)),
    }
    by = known[wanted.sort]
    first = [is_open] if wanted.sort == BY_DUE else []
    then: list[Any] = [is_open, col(Action.last_day)] if wanted.sort == BY_OWNER else []
    last: tuple[Any, ...] = (col(Case.reference), col(Action.number), col(Action.id))
    return [*first, by.desc() if wanted.is_down else by.asc(), *then, *last]
