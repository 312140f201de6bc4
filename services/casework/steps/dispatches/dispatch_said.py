"""What a person says of a dispatch: that they sent it by hand, or that a doubtful one arrived."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from services.casework.effects.dispatches import close_dispatch_todos
from services.casework.effects.tellings import count_email
from services.casework.steps.dispatches.dispatched import accepted, changed, refused
from services.database.cases import Case
from services.database.dispatches import Dispatch, dispatch_of
from services.database.outbox import OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState, Proof, move_dispatch
from services.domain.ways import Way

_SENT: Final = DispatchState.SENT
_SAME: Final = {"tenant_id", "case_id", "notice", "part", "recipient", "way", "documents", "due"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HowSent:
    """How a person sent documents, and what shows it."""

    on: date
    means: str
    address: str
    reference: str | None
    evidence: UUID | None


def sent_by_hand(work: UnitOfWork, case: Case, waiting: Dispatch, how: HowSent) -> None:
    """Count a dispatch that a person sent; one that failed stays as it is, and this is another."""
    if waiting.state.has_failed:
        dispatch = Dispatch(
            **waiting.model_dump(include=_SAME), id=uuid4(), ordered_at=work.now, state=_SENT
        )
    else:
        dispatch, waiting.state = waiting, move_dispatch(waiting.state, _SENT)
    dispatch.way, dispatch.proof = Way.BY_HAND, Proof.SAID_BY_A_PERSON
    dispatch.sent_on, dispatch.sent_by = how.on, work.actor.person_id
    dispatch.means, dispatch.address = how.means, how.address
    dispatch.reference, dispatch.evidence_id = how.reference or "", how.evidence
    work.session.add(dispatch)
    work.session.flush()
    close_dispatch_todos(work, case, dispatch)
    changed(work, case, dispatch)


def settle_held(work: UnitOfWork, case: Case, email: OutboxEmail, *, arrived: bool) -> None:
    """Count the dispatch that a held email carries once its recipient said that it arrived.

    What was told otherwise is a dispatch of its own, with its day, address and way; somebody here
    who was told otherwise was told.
    """
    if "dispatch" not in email.content:
        count_email(work, case, email)
        return
    dispatch = dispatch_of(work.session, case.id, email.content["dispatch"])
    if not arrived:
        refused(work, case, dispatch)
        return
    dispatch.address = email.address
    accepted(work, case, dispatch, Proof.SAID_BY_A_PERSON, dispatch.handed_on or work.today)
