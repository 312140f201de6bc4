"""Who is let in at a one-time address: somebody who brings it, and the code that goes with it.

The one thing that is asked across partnerships is whose dispatch an address leads to; all else is
asked of that partnership's rows, and of this dispatch alone. Whatever is wrong, the answer is
nothing: an address that never was, one that has run out, was taken back or is locked, and a wrong
code, are told apart in the audit and not at the door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from services.casework.audit import note_collection
from services.casework.effects.dispatches import ask_to_ring
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database import watch
from services.database.cases import Case, get_case
from services.database.collections import Collection, collection_of
from services.database.dispatches import Dispatch, dispatch_of
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import CollectionEvent
from services.domain.collection import closes_on
from services.domain.dispatches import DispatchState
from services.identity.passwords import Passwords
from services.storage import Store


class DoorContext(TransactionContext, Protocol):
    """What the door needs of the process's neighbours."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings to the door: the hash of an address, and a code."""

    address_sha256: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A collection that is open now, locked with its case and its dispatch."""

    work: UnitOfWork
    case: Case
    dispatch: Dispatch
    collection: Collection

    @property
    def closes_on(self) -> date:
        """Return the last day on which it is open."""
        assert self.dispatch.sent_on is not None  # noqa: S101 - what may be collected was sent
        return closes_on(self.dispatch.sent_on, self.work.calendar)


@contextmanager
def door(context: DoorContext, brought: Brought, hashing: Passwords) -> Iterator[Opened | None]:
    """Open what the address leads to for one transaction, or nothing.

    The case is locked first, as acts lock it, so that many guesses at once gain nothing. A wrong
    code is counted, and the count is kept. An address that leads nowhere costs a check as well.
    """
    place = watch.collection_at(context.engine, brought.address_sha256)
    if place is None:
        hashing.is_right(brought.code, None)
        yield None
        return
    with as_keyline(context, place.partnership_id) as work:
        case = get_case(work.session, place.case_id, for_change=True)
        dispatch = dispatch_of(work.session, case.id, str(place.dispatch_id))
        opened = Opened(work, case, dispatch, collection_of(work.session, dispatch))
        yield opened if _is_right(opened, brought, hashing) else None


def _is_right(opened: Opened, brought: Brought, hashing: Passwords) -> bool:
    """Tell whether the code opens the collection now; one that is closed counts no code."""
    collection = opened.collection
    is_open = _is_open(opened) and collection.address_sha256 == brought.address_sha256
    is_right = hashing.is_right(brought.code, collection.code_hash if is_open else None)
    if is_open and not is_right:
        _count_wrong(opened)
    return is_right


def _is_open(opened: Opened) -> bool:
    may_be_collected = opened.dispatch.state.may_be_collected and opened.collection.takes_codes
    return may_be_collected and opened.work.today <= opened.closes_on


def _count_wrong(opened: Opened) -> None:
    """Count a wrong code; the last one locks the address until another code is given."""
    collection = opened.collection
    collection.wrong_codes += 1
    opened.work.session.add(collection)
    event = CollectionEvent.LOCKED if collection.is_locked else CollectionEvent.CODE_REFUSED
    note_collection(opened.work, opened.dispatch, event)
    if collection.is_locked and opened.dispatch.state is DispatchState.TO_COLLECT:
        ask_to_ring(opened.work, opened.case, opened.dispatch)
