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


def remembered(session: Session, key: Hashable, ask: Callable[[], Found]) -> Found:
    """Return what was asked before under the key in this unit of work, or ask now.

    Where something waits to be written it is asked anew, for asking writes it first.
    """
    if session.new or session.dirty or session.deleted:
        forget(session)
        return ask()
    kept: dict[Hashable, Any] = session.info.setdefault(_KEPT, {})
    if key not in kept:
        kept[key] = ask()
    found: Found = kept[key]
    return found


def forget(session: AnySession) -> None:
    """Remember nothing that was read so far."""
    session.info.pop(_KEPT, None)


@event.listens_for(AnySession, "after_flush")
def _when_written(session: AnySession, _context: object) -> None:
    forget(session)


@event.listens_for(AnySession, "after_soft_rollback")
def _when_undone(session: AnySession, _before: object) -> None:
    forget(session)


@event.listens_for(AnySession, "do_orm_execute")
def _when_changed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        forget(state.session)
