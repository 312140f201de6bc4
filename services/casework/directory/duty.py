"""Putting a contact of the directory on duty for a time, in a place of the roster (NOT-07)."""

from uuid import UUID, uuid4

from pydantic import Field

from services.casework.commands import Command, Moment
from services.casework.directory.entries import (
    begin_change,
    form_of,
    is_repeated,
    made_by,
    put_on_record,
)
from services.database.directory import DutyTurn
from services.database.directory_entries import get_contact
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import DirectoryEvent
from services.domain.duty import LONGEST_TURN, MAY_BE_ON_DUTY, PLACES
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.working_days import london_date


class PutOnDuty(Command):
    """From when until when a contact is on duty, and after whom they are called."""

    place: int = Field(
        title="In which place?",
        description="1 is called first, 2 if nobody has opened the case by then, and so on.",
        ge=1,
        le=PLACES,
    )
    from_at: Moment = Field(title="From when?")
    until_at: Moment = Field(title="Until when?")


def put_on_duty(work: UnitOfWork, contact_id: UUID, command: PutOnDuty) -> None:
    """Add a turn; it overrules an earlier one in its place where they overlap."""
    begin_change(work)
    form = form_of(command, contact_id)
    if is_repeated(work, form):
        return
    entry = get_contact(work.session, contact_id)
    if entry.contact.role not in MAY_BE_ON_DUTY:
        raise RuleBroken(
            "Put a registered notifier, the director or the out-of-hours team on duty."
        )
    if command.until_at <= command.from_at:
        raise AnswerRefused("until_at", "Enter a time after the one from which they are on duty.")
    if command.until_at - command.from_at > LONGEST_TURN:
        raise AnswerRefused("until_at", f"A turn is at most {LONGEST_TURN.days} days long.")
    if command.until_at <= work.now:
        raise AnswerRefused("until_at", "Enter a time that is not in the past.")
    if not entry.holds(london_date(max(command.from_at, work.now))):
        raise RuleBroken("This contact is not in force on that day.")
    turn = DutyTurn(
        **made_by(work),
        id=work.once or uuid4(),
        contact_id=contact_id,
        place=command.place,
        from_at=command.from_at,
        until_at=command.until_at,
    )
    put_on_record(work, turn, form, DirectoryEvent.PUT_ON_DUTY)
