"""What is published or has a day, of the reviews that a person may know of, by page (PUB-29)."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery
from sqlmodel import col

from services.casework.access.cases_asked import named_by, open_to_actor
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.history import Entry
from services.database.paging import MANY, Paged, counted, page_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission

PLANNED, UP, DOUBTED = "planned", "up", "doubted"
DOWN, INSTEAD, KEPT = "down", "instead", "kept"
BY_DAY, BY_REFERENCE, BY_UNTIL = "day", "reference", "until"

_CHANGES: Final = (EntryType.PUBLISHED, EntryType.REPORT_TAKEN_DOWN, EntryType.REPORT_REISSUED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationsWanted:
    """What the list is narrowed to and how it is ordered, by codes; what is empty narrows nothing.

    ``standing`` is how it stands with what is published.
    """

    standing: str = ""
    reference: str = ""
    sort: str = BY_DAY
    is_down: bool = True
    number: int = 1
    many: int = MANY


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """A case whose report is published, or is to be: how that stands, and its year (K13)."""

    case: Case
    standing: str
    clock: RunningClock | None


@dataclass(frozen=True, slots=True)
class PublicationsListed:
    """One page of the publications that are wanted, and how many the person may know of in all."""

    page: Paged[ListedPublication]
    total: int


def publications_listed(work: UnitOfWork, wanted: PublicationsWanted) -> PublicationsListed:
    """Return one page of what is published or has a day, to who plans it or reads whole cases."""
    if not work.actor.may(Permission.READ_CASE):
        work.actor.must(Permission.PLAN_PUBLICATION)
    years, changed = _newest_years(), _newest_changes()
    standing = _standing(changed)
    question = (
        select(Case, standing, RunningClock)
        .select_from(Case)
        .outerjoin(years, years.c.case_id == col(Case.id))
        .outerjoin(RunningClock, col(RunningClock.id) == years.c.id)
        .outerjoin(changed, changed.c.case_id == col(Case.id))
        .where(
            open_to_actor(work),
            or_(col(Case.published_on).is_not(None), col(Case.publish_on).is_not(None)),
        )
    )
    total = counted(work.session, question)
    asked = [named_by(wanted.reference)] if wanted.reference else []
    asked += [standing == wanted.standing] if wanted.standing else []
    narrowed = question.where(*asked)
    found = page_of(work.session, narrowed, _order(wanted), wanted.number, many=wanted.many)
    rows = [ListedPublication(*row) for row in found.rows]
    return PublicationsListed(Paged(rows, found.matching, found.number, found.many), total)


def _newest_years() -> Subquery:
    """Return each case's newest time of being kept available (K13)."""
    case_id, clock_id = col(RunningClock.case_id), col(RunningClock.id)
    order = (case_id, col(RunningClock.anchored_on).desc(), clock_id)
    question = select(case_id, clock_id).where(col(RunningClock.clock) == ClockId.K13)
    return question.ext(distinct_on(case_id)).order_by(*order).subquery()


def _newest_changes() -> Subquery:
    """Return what was done last with each published report."""
    case_id, kind = col(Entry.case_id), col(Entry.entry_type)
    order = (case_id, col(Entry.number).desc())
    question = select(case_id, kind).where(kind.in_(_CHANGES))
    return question.ext(distinct_on(case_id)).order_by(*order).subquery()


def _standing(changed: Subquery) -> ColumnElement[str]:
    """Return how it stands: what is taken down is not looked for as a report any more."""
    runs = and_(col(RunningClock.met_on).is_(None), col(RunningClock.ended_on).is_(None))
    has_year = col(RunningClock.id).is_not(None)
    return case(
        (col(Case.published_on).is_(None), PLANNED),
        (changed.c.entry_type == EntryType.REPORT_TAKEN_DOWN, DOWN),
        (changed.c.entry_type.is_(None), INSTEAD),
        (and_(has_year, runs, col(RunningClock.unseen_since).is_not(None)), DOUBTED),
        (and_(has_year, runs), UP),
        else_=KEPT,
    )


def _order(wanted: PublicationsWanted) -> list[ColumnElement[Any]]:
    by: dict[str, Any] = {
        BY_DAY: func.coalesce(col(Case.published_on), col(Case.publish_on)),
        BY_REFERENCE: col(Case.reference),
        BY_UNTIL: col(RunningClock.due),
    }
    one = by[wanted.sort]
    first = (one.desc() if wanted.is_down else one.asc()).nulls_last()
    last: tuple[Any, ...] = (col(Case.reference), col(Case.id))
    return [first, *last]
