"""The cases on which a hold on a child death overview panel may have to be placed or released."""

from sqlmodel import Session, col, or_, select

from services.database.cases import Case
from services.database.history import Entry
from services.domain.entry_types import EntryType


def cases_to_settle(session: Session) -> list[Case]:
    """Return the cases of a death, and those on which a hold was placed before a correction."""
    placed = select(Entry.case_id).where(Entry.entry_type == EntryType.HOLD_PLACED)
    question = select(Case).where(or_(col(Case.is_death), col(Case.id).in_(placed)))
    return list(session.exec(question.order_by(col(Case.id))))
