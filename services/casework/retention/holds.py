"""Legal holds: what may not be disposed of, whatever its age, until somebody releases it."""

from uuid import UUID

from pydantic import Field

from services.casework.audit import note_retention
from services.casework.commands import Command, LongText
from services.casework.form_keys import new_id
from services.database.cases import get_case
from services.database.retention import LegalHold, get_hold, hold_to_release
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RetentionEvent
from services.domain.errors import AlreadyDone
from services.domain.identifiers import CaseId
from services.domain.retention import HoldGround
from services.domain.roles import Permission


class PlaceHold(Command):
    """Why a record may not be disposed of."""

    ground: HoldGround = Field(title="What is the hold for?")
    reasons: LongText = Field(
        title="Which proceedings, and who asked?",
        description="It stays on record with the hold. Do not name a child.",
    )


class ReleaseHold(Command):
    """Why a hold ends."""

    reasons: LongText = Field(
        title="Why does the hold end?",
        description="For example that the inquest has ended and no appeal is possible.",
    )


def hold_case(work: UnitOfWork, case_id: UUID, command: PlaceHold) -> LegalHold:
    """Hold the record of one case, open or closed.

    The case is locked first, as by a disposal: the two wait for each other in one order.
    """
    work.actor.must(Permission.HOLD_RECORDS)
    case = get_case(work.session, CaseId(case_id), for_change=True)
    return _place(work, case.id, command)


def hold_partnership(work: UnitOfWork, command: PlaceHold) -> LegalHold:
    """Hold every record of the partnership, those of cases to come among them."""
    return _place(work, None, command)


def release_hold(work: UnitOfWork, hold_id: UUID, command: ReleaseHold) -> None:
    """End a hold; it stays in the history, with who placed and who released it."""
    work.actor.must(Permission.HOLD_RECORDS)
    get_hold(work.session, hold_id)
    hold = hold_to_release(work.session, hold_id)
    if hold is None:
        raise AlreadyDone("This hold has been released already.")
    hold.released_by = work.actor.person_id
    hold.released_at = work.now
    hold.released_because = command.reasons
    work.session.add(hold)
    work.session.flush()
    note_retention(work, RetentionEvent.HOLD_RELEASED, _told(hold))


def _place(work: UnitOfWork, case_id: UUID | None, command: PlaceHold) -> LegalHold:
    """Add the hold; the database lets it wait for a disposal that is under way."""
    work.actor.must(Permission.HOLD_RECORDS)
    hold = LegalHold(
        tenant_id=work.actor.partnership_id,
        id=new_id(work, LegalHold),
        case_id=case_id,
        ground=command.ground,
        reasons=command.reasons,
        placed_by=work.actor.person_id,
        placed_at=work.now,
    )
    work.session.add(hold)
    work.session.flush()
    note_retention(work, RetentionEvent.HOLD_PLACED, _told(hold))
    return hold


def _told(hold: LegalHold) -> dict[str, str | None]:
    case = str(hold.case_id) if hold.case_id else None
    return {"object": str(hold.id), "case": case, "ground": hold.ground.value}
