"""The cases that a person opened last, by the record that is kept of every look."""

from typing import Final

from sqlmodel import col, func, select

from services.casework.access.cases import cases_seen
from services.database.cases import Case
from services.database.history import Viewing
from services.database.unit_of_work import UnitOfWork
from services.domain.viewings import Viewed

MOST: Final = 10
_LOOKED_BACK: Final = 30  # of these some may be closed to them since


def opened_last(work: UnitOfWork) -> list[Case]:
    """Return the ten cases that the actor opened last and may open now, the last one first."""
    question = select(Viewing.case_id).where(
        Viewing.person_id == work.actor.person_id, Viewing.what == Viewed.CASE
    )
    newest = question.group_by(col(Viewing.case_id)).order_by(func.max(Viewing.at).desc())
    ids = list(work.session.exec(newest.limit(_LOOKED_BACK)))
    seen = {case.id: case for case in cases_seen(work, among=ids).open}
    return [seen[one] for one in ids if one in seen][:MOST]
