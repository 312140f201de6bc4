"""The cases on which a hold on a child death overview panel may have to be placed or released."""

from uuid import UUID

from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.database.cases import Case
from services.database.history import Entry
from services.domain.entry_types import EntryType
from services.domain.review_holds import HELD_AT


def cases_to_settle(session: Session) -> list[Case]:
    """Return the cases of a death under review, and those on which a hold stands by the record."""
    is_reviewed = and_(col(Case.is_death), col(Case.stage).in_(HELD_AT))
    question = select(Case).where(or_(is_reviewed, col(Case.id).in_(_held())))
    return list(session.exec(question.order_by(col(Case.id))))


def _held() -> SelectOfScalar[UUID]:
    """Ask for the cases whose newest placing no release follows."""
    later = select(Entry).subquery()
    released = (
        select(later.c.id)
        .where(later.c.case_id == col(Entry.case_id), later.c.number > col(Entry.number))
        .where(later.c.entry_type == EntryType.HOLD_RELEASED)
    )
    placed = select(col(Entry.case_id)).where(Entry.entry_type == EntryType.HOLD_PLACED)
    return placed.where(~released.exists())
