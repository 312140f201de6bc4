"""The local reviews that a person may read of, a page at a time: how far each is, and its time."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, case, exists
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery
from sqlmodel import col, select

from services.casework.access.cases_asked import open_to_actor
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.history import Entry
from services.database.paging import MANY, Paged, counted, page_of
from services.database.reviewers import cases_reviewed_by
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.counting import add_months
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.workflow import Stage

COMMISSIONING, INFORMATION, EVENT_HELD = "commissioning", "information", "event_held"
DRAFTED, ASSURED, PUBLICATION = "drafted", "assured", "publication"
EMBEDDING, CLOSED, CARRIED_ELSEWHERE = "embedding", "closed", "carried_elsewhere"
OVERDUE, LAST_MONTH, LATER, DONE = "overdue", "last_month", "later", "done"
BY_TIME, BY_REFERENCE, BY_PHASE = "time", "reference", "phase"

_AT_STAGE: Final = {
    Stage.COMMISSIONING: COMMISSIONING,
    Stage.PUBLICATION: PUBLICATION,
    Stage.EMBEDDING: EMBEDDING,
    Stage.CLOSED: CLOSED,
}
# How far a review is while it is carried out: by the last of these that is on record.
_ON_RECORD: Final = {
    EntryType.QUALITY_ASSURED: ASSURED,
    EntryType.DRAFT_SUBMITTED: DRAFTED,
    EntryType.LEARNING_EVENT_HELD: EVENT_HELD,
}
PHASES: Final = (
    COMMISSIONING,
    INFORMATION,
    EVENT_HELD,
    DRAFTED,
    ASSURED,
    PUBLICATION,
    EMBEDDING,
    CARRIED_ELSEWHERE,
    CLOSED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsWanted:
    """What the list is narrowed to and how it is ordered, by codes; what is empty narrows nothing.

    ``time`` is how the last day for publication stands (K11).
    """

    phase: str = ""
    time: str = ""
    reviewer: UUID | None = None
    sort: str = BY_TIME
    is_down: bool = False
    number: int = 1
    many: int = MANY


@dataclass(frozen=True, slots=True)
class ListedReview:
    """A case with a local review, the clock to its publication (K11), and how far it is."""

    case: Case
    clock: RunningClock
    phase: str


@dataclass(frozen=True, slots=True)
class ReviewsListed:
    """One page of the reviews that are wanted, and how many the person may read of in all."""

    page: Paged[ListedReview]
    total: int


def reviews_listed(work: UnitOfWork, wanted: ReviewsWanted) -> ReviewsListed:
    """Return one page of the local reviews that the partners decided on (K11)."""
    last, phase = _last_days(), _phase()
    question = (
        select(Case, RunningClock, phase)
        .join(last, last.c.case_id == col(Case.id))
        .join(RunningClock, col(RunningClock.id) == last.c.id)
        .where(open_to_actor(work))
    )
    total = counted(work.session, question)
    narrowed = question.where(*_narrowed(work, wanted, phase))
    found = page_of(work.session, narrowed, _order(wanted, phase), wanted.number, many=wanted.many)
    rows = [ListedReview(*row) for row in found.rows]
    return ReviewsListed(Paged(rows, found.matching, found.number, found.many), total)


def _last_days() -> Subquery:
    """Return each case's clock to publication: the one that runs, or else the newest."""
    case_id, clock_id = col(RunningClock.case_id), col(RunningClock.id)
    runs = and_(col(RunningClock.met_on).is_(None), col(RunningClock.ended_on).is_(None))
    order = (case_id, runs.desc(), col(RunningClock.anchored_on).desc(), clock_id)
    question = select(case_id, clock_id).where(col(RunningClock.clock) == ClockId.K11)
    return question.ext(distinct_on(case_id)).order_by(*order).subquery()


def _phase() -> ColumnElement[str]:
    """Return how far the review is: by the stage of the case, and what is on record."""
    at_stage = [(col(Case.stage) == stage, code) for stage, code in _AT_STAGE.items()]
    elsewhere = (col(Case.stage) != Stage.LOCAL_REVIEW, CARRIED_ELSEWHERE)
    on_record = [(_has(kind), code) for kind, code in _ON_RECORD.items()]
    return case(*at_stage, elsewhere, *on_record, else_=INFORMATION)


def _has(kind: EntryType) -> ColumnElement[bool]:
    return exists().where(col(Entry.case_id) == col(Case.id), col(Entry.entry_type) == kind)


def _narrowed(
    work: UnitOfWork, wanted: ReviewsWanted, phase: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.phase:
        asked.append(phase == wanted.phase)
    if wanted.time:
        asked.append(_in_time(wanted.time, work.today))
    if wanted.reviewer is not None:
        asked.append(col(Case.id).in_(cases_reviewed_by(work.session, wanted.reviewer)))
    return asked


def _in_time(time: str, today: date) -> ColumnElement[bool]:
    due, month = col(RunningClock.due), add_months(today, 1)
    runs = and_(col(RunningClock.met_on).is_(None), col(RunningClock.ended_on).is_(None))
    return {
        OVERDUE: and_(runs, due < today),
        LAST_MONTH: and_(runs, due >= today, due <= month),
        LATER: and_(runs, due > month),
        DONE: col(RunningClock.met_on).is_not(None),
    }[time]


def _order(wanted: ReviewsWanted, phase: ColumnElement[str]) -> list[ColumnElement[Any]]:
    """Return the order: by time those that still run stand first; none is like another."""
    runs = and_(col(RunningClock.met_on).is_(None), col(RunningClock.ended_on).is_(None))
    by = {
        BY_TIME: col(RunningClock.due),
        BY_REFERENCE: col(Case.reference),
        BY_PHASE: case(*((phase == one, at) for at, one in enumerate(PHASES))),
    }[wanted.sort]
    first = [runs.desc()] if wanted.sort == BY_TIME else []
    return [*first, by.desc() if wanted.is_down else by.asc(), col(Case.id).asc()]
