"""Which cases a person may know of and open, as conditions that the database is asked with.

A list is narrowed, ordered and cut to a page in the database, so that it costs the same for a few
cases and for many. What is answered for one case in hand stands in `cases.py`.
"""

from sqlalchemy import and_, not_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery
from sqlmodel import col, select

from services.casework.access.reach import Reach, reached_by
from services.database.cases import Case
from services.database.decisions import Declaration
from services.database.unit_of_work import UnitOfWork


def open_to_actor(work: UnitOfWork, reach: Reach | None = None) -> ColumnElement[bool]:
    """Return the condition that the case is within reach, and was declared on so that it opens.

    ``reach`` is what `reached_by` answered, where it was asked already.
    """
    newest = _newest_declared(work)
    opens = and_(newest.c.keeps_confidential, not_(newest.c.closes))
    opened = col(Case.id).in_(select(newest.c.case_id).where(opens))
    return and_((reach or reached_by(work)).asked, opened)


def to_be_declared_on(work: UnitOfWork, reach: Reach | None = None) -> ColumnElement[bool]:
    """Return the condition that the person may know of the case, and has yet to declare on it."""
    newest = _newest_declared(work)
    settled = newest.c.keeps_confidential | newest.c.closes
    declared = select(newest.c.case_id).where(settled)
    return and_((reach or reached_by(work)).asked, col(Case.id).not_in(declared))


def named_by(reference: str) -> ColumnElement[bool]:
    """Return the condition that the words are in the reference of the case, in any case."""
    return col(Case.reference).icontains(reference, autoescape=True)


def _newest_declared(work: UnitOfWork) -> Subquery:
    """Return what the person declared last on each case (LC-01)."""
    case_id, number = col(Declaration.case_id), col(Declaration.number)
    return (
        select(case_id, col(Declaration.keeps_confidential), col(Declaration.closes))
        .where(Declaration.person_id == work.actor.person_id)
        .ext(distinct_on(case_id))
        .order_by(case_id, number.desc())
        .subquery()
    )
