"""What a unit of work has read and would read again: remembered until it writes or locks a case.

A page asks for a case's part in a joint review, and for its signatures, many times over; each
question costs the database more with the policies than without them.
"""

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session

Found = TypeVar("Found")
_KEPT: Final = "remembered"
VIEWINGS: Final = "viewings"


def remembered(session: Session, key: Hashable, ask: Callable[[], Found]) -> Found:
    """Return what was asked before under the key in this unit of work, or ask now.

    Where something waits to be written it is asked anew, for asking writes it first.
    """
    if _changes_something(session):
        forget(session)
        return ask()
    kept: dict[Hashable, Any] = session.info.setdefault(_KEPT, {})
    if key not in kept:
        kept[key] = ask()
    found: Found = kept[key]
    return found


def _changes_something(session: AnySession) -> bool:
    """Tell whether more waits to be written than a look at the case: a page begins with one."""
    waiting = (*session.new, *session.dirty, *session.deleted)
    return any(row.__tablename__ != VIEWINGS for row in waiting)


def forget(session: AnySession) -> None:
    """Remember nothing that was read so far."""
    session.info.pop(_KEPT, None)


@event.listens_for(AnySession, "after_flush")
def _when_written(session: AnySession, _context: object) -> None:
    if _changes_something(session):
        forget(session)


@event.listens_for(AnySession, "after_soft_rollback")
def _when_undone(session: AnySession, _before: object) -> None:
    forget(session)


@event.listens_for(AnySession, "do_orm_execute")
def _when_changed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        forget(state.session)
