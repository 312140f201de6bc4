"""Who is on duty at a moment, in the order in which they are called."""

from datetime import datetime

from sqlmodel import Session, col, select

from services.database.directory import Contact, DutyTurn
from services.database.directory_entries import contact_entries
from services.domain.duty import MAY_BE_ON_DUTY
from services.domain.working_days import london_date


def turns(session: Session, since: datetime) -> list[DutyTurn]:
    """Return the turns that end after the moment, by their places and beginnings."""
    question = (
        select(DutyTurn)
        .where(col(DutyTurn.until_at) > since)
        .order_by(col(DutyTurn.place), col(DutyTurn.from_at), col(DutyTurn.added_at))
    )
    return list(session.exec(question))


def on_duty(session: Session, at: datetime) -> list[Contact]:
    """Return who is on duty at the moment; a contact who has left the directory is on none."""
    now = {one.place: one for one in _at(session, at)}
    if not now:
        return []
    holding = {
        one.contact.id: one.contact
        for one in contact_entries(session, *MAY_BE_ON_DUTY)
        if one.holds(london_date(at))
    }
    called = dict.fromkeys(now[place].contact_id for place in sorted(now))
    return [holding[one] for one in called if one in holding]


def _at(session: Session, at: datetime) -> list[DutyTurn]:
    """Return the turns of the moment; of those in one place the newest comes last."""
    question = (
        select(DutyTurn)
        .where(col(DutyTurn.from_at) <= at, col(DutyTurn.until_at) > at)
        .order_by(col(DutyTurn.added_at), col(DutyTurn.id))
    )
    return list(session.exec(question))
