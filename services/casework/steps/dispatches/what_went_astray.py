"""What can have gone to the wrong person: a dispatch, or a one-time address of a guest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from services.casework.steps.dispatches.address_astray import (
    address_astray,
    agency_of,
    close_mailbox,
    what_was_read,
)
from services.casework.steps.dispatches.dispatched import went_astray
from services.casework.steps.dispatches.wrong_recipient_conditions import (
    astray,
    what_was_opened,
    what_was_sent,
)
from services.database.cases import Case
from services.database.dispatches import dispatches
from services.database.guests import links_of
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import LEFT_HERE, Notice
from services.domain.recipients import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class WentAstray:
    """A dispatch, or a one-time address of a guest, that went to the wrong person.

    ``take_back`` closes what it opens and what it had met.
    """

    take_back: Callable[[], None]
    opened: tuple[str, ...]
    documents: tuple[str, ...] = ()
    notice: Notice | None = None
    recipient: Recipient | None = None
    agency: str = ""


def what_went_astray(work: UnitOfWork, case: Case, named: UUID, aware_at: datetime) -> WentAstray:
    """Return what a form names: an address that lets a guest in, or else a dispatch."""
    link = address_astray(work, case, named, aware_at)
    if link is not None:
        return WentAstray(
            take_back=partial(close_mailbox, work, case, link),
            opened=what_was_read(work, case, link),
            agency=agency_of(work, link),
        )
    dispatch = astray(work, case, named, aware_at)
    return WentAstray(
        take_back=partial(went_astray, work, case, dispatch),
        opened=what_was_opened(work, case, dispatch),
        documents=what_was_sent(dispatch),
        notice=dispatch.notice,
        recipient=dispatch.recipient,
    )


def has_left(work: UnitOfWork, case: Case) -> bool:
    """Tell whether anything of the case has left that can have gone to the wrong person."""
    sent = any(one.state in LEFT_HERE for one in dispatches(work.session, case.id))
    return sent or bool(links_of(work.session, case.id))
